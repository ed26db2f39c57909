// The text of a template with its name, and places in it as editors count them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace grokreport::render {

struct Source {
    std::string name; // "templates/04-grokking.md"
    std::string text; // UTF-8
};

// Throws Error where the file is missing or contains private-use characters, which placeholders.h needs.
Source read_source(const std::filesystem::path& file);

// "templates/04-grokking.md:12:7": line and column of a byte offset. Both begin at 1, and columns count
// characters.
std::string place(const Source& source, std::size_t offset);

// Throws Error "<place>: <what>; <mend>".
[[noreturn]] void fail_at(const Source& source, std::size_t offset, const std::string& what,
                          const std::string& mend);

} // namespace grokreport::render
