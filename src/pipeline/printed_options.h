// Options of grokreport as the report prints them in its commands.
#pragma once

#include "pipeline/study.h"

#include <filesystem>
#include <string>

namespace grokreport {

// `text` as one word of a shell command, quoted where it must be.
std::string shell_word(const std::string& text);

// The options that a command needs to mean this study: " --seed 1 --epochs 500". They are the settings that
// differ from their defaults, and --output where `root` is relative. Empty for the default study.
std::string departing_options(const Study& study, const std::filesystem::path& root);

} // namespace grokreport
