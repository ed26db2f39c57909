// The Markdown templates of a folder.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace grokreport::render {

// The *.md of `folder`: numbered chapters first, then the appendices, both in the order of their names.
// Throws Error where there are none.
std::vector<std::filesystem::path> chapter_files(const std::filesystem::path& folder);

// The ids of the figures that the chapters of `folder` show, as they stand in the templates. Throws Error as
// chapter_files does.
std::set<std::string> figures_shown_in(const std::filesystem::path& folder);

} // namespace grokreport::render
