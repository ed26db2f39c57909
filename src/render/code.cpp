#include "render/code.h"

#include "base/error.h"
#include "base/process.h"
#include "render/html.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace grokreport::render {

namespace {

constexpr std::chrono::seconds colouring_limit{60};
constexpr const char* python = "/usr/bin/python3"; // a python3 elsewhere in PATH may lack Debian's packages

} // namespace

std::vector<std::string> colour_code(std::span<const Code> blocks, const std::filesystem::path& script) {
    nlohmann::json request = nlohmann::json::array();
    for (const Code& block : blocks)
        if (!block.language.empty()) request.push_back({{"language", block.language}, {"text", block.text}});
    const nlohmann::json coloured =
        request.empty() ? request
                        : nlohmann::json::parse(run_checked({python, "-I", script.string()}, request.dump(),
                                                            colouring_limit, "python3-pygments"));
    std::vector<std::string> html;
    std::size_t next = 0; // index into `coloured`, which has no plain blocks
    for (const Code& block : blocks) {
        std::string inside = escape_html(block.text);
        if (!block.language.empty()) {
            const nlohmann::json& result = coloured.at(next++);
            if (result.contains("error"))
                throw Error(fmt::format("{}: code of unknown language '{}'", block.place, block.language),
                            "name one that Pygments knows, or none");
            inside = result.at("html");
        }
        // With tabindex the keyboard can scroll the block.
        html.push_back(fmt::format("<pre tabindex=\"0\"><code>{}</code></pre>\n", inside));
    }
    return html;
}

} // namespace grokreport::render
