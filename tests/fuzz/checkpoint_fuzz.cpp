// libFuzzer's way in (`make fuzz`), built by itself with the address and undefined-behaviour sanitizers.
#include "hostile_reading.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    grokreport::testing::read_hostile({reinterpret_cast<const char*>(data), size});
    return 0;
}
