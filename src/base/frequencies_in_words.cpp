#include "base/frequencies_in_words.h"

namespace grokreport {

std::string list_in_words(const std::vector<int>& numbers) {
    std::string words;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) words += i + 1 == numbers.size() ? " and " : ", ";
        words += std::to_string(numbers[i]);
    }
    return words;
}

} // namespace grokreport
