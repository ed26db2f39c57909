#include "base/kernel_file.h"

#include <fstream>
#include <sstream>

namespace grokreport {

std::optional<double> number_after(const std::string& name, const std::filesystem::path& file) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string first;
        double number = 0;
        if (words >> first >> number && first == name) return number;
    }
    return std::nullopt;
}

} // namespace grokreport
