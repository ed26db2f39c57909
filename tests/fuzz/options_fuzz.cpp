// Any words as a command line, one word a line. An Error is an answer.
#include "cli/command_line.h"
#include "hostile_reading.h"

#include <cstdint>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string input(reinterpret_cast<const char*>(data), size);
    std::vector<const char*> words{"grokreport"};
    for (std::size_t begin = 0; begin < input.size();) {
        const std::size_t end = std::min(input.find('\n', begin), input.size());
        words.push_back(input.data() + begin);
        if (end < input.size()) input[end] = '\0';
        begin = end + 1;
    }
    grokreport::testing::expect_an_answer(
        [&] { grokreport::parse_command_line(static_cast<int>(words.size()), words.data()); });
    return 0;
}
