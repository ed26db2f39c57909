// A template's text with its name, and places in it as people and editors count them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace grokreport::render {

struct Source {
    std::string name; // "templates/04-grokking.md"
    std::string text; // UTF-8
};

// Throws Error when the file is missing or holds private-use characters (placeholders.h needs them).
Source read_source(const std::filesystem::path& file);

// "templates/04-grokking.md:12:7": line and column of a byte offset, counted from 1, columns in characters.
std::string place(const Source& source, std::size_t offset);

// Throws Error "<place>: <what>; <mend>".
[[noreturn]] void fail_at(const Source& source, std::size_t offset, const std::string& what,
                          const std::string& mend);

} // namespace grokreport::render
