// Any bytes as a file of safetensors: checkpoint_fuzz, begun from files of this format alone.
#include "hostile_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    grokreport::testing::read_hostile({reinterpret_cast<const char*>(data), size});
    return 0;
}
