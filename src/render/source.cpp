#include "render/source.h"

#include "base/error.h"
#include "base/files.h"
#include "render/placeholders.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport::render {

Source read_source(const std::filesystem::path& file) {
    Source source{file.string(), read_file(file)};
    const std::size_t private_use = find_private_use(source.text);
    if (private_use != std::string::npos)
        fail_at(source, private_use, "a private-use character, which the renderer needs for itself",
                "remove it");
    return source;
}

std::string place(const Source& source, std::size_t offset) {
    const std::string_view before = std::string_view(source.text).substr(0, offset);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t newline = before.rfind('\n');
    const std::string_view in_line = newline == std::string_view::npos ? before : before.substr(newline + 1);
    // Every character has exactly one byte that is not a continuation byte (10xxxxxx).
    const auto column = 1 + std::ranges::count_if(in_line, [](char byte) {
                            return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
                        });
    return fmt::format("{}:{}:{}", source.name, line, column);
}

void fail_at(const Source& source, std::size_t offset, const std::string& what, const std::string& mend) {
    throw Error(fmt::format("{}: {}", place(source, offset), what), mend);
}

} // namespace grokreport::render
