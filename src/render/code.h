// Code blocks coloured by Pygments while the page is made, so that the page needs no script for it.
#pragma once

#include "render/inline_elements.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace grokreport::render {

// HTML of each block, <pre><code>, in one call of Debian's python3 with the script code.py. A block without a
// language is plain. Throws Error with the place of a block whose language Pygments does not know.
std::vector<std::string> colour_code(std::span<const Code> blocks, const std::filesystem::path& script);

} // namespace grokreport::render
