#include "figures/svg.h"

#include "figures/style.h"

#include <fmt/format.h>
#include <regex>

namespace grokreport::figures {

namespace {

std::string with_hex_colours(const std::string& svg) {
    static const std::regex rgb(R"(rgb\(\s*(\d+),\s*(\d+),\s*(\d+)\))");
    std::string out;
    auto rest = svg.cbegin();
    for (std::sregex_iterator match(svg.begin(), svg.end(), rgb), end; match != end; ++match) {
        out.append(rest, (*match)[0].first);
        out += fmt::format("#{:02x}{:02x}{:02x}", std::stoi((*match)[1]), std::stoi((*match)[2]),
                           std::stoi((*match)[3]));
        rest = (*match)[0].second;
    }
    return out.append(rest, svg.cend());
}

} // namespace

std::string tidy_svg(std::string_view svg) {
    static const std::regex words(R"(<(title|desc)>[^<]*</(title|desc)>\s*)");
    static const std::regex black(R"((['"])black(['"]))");
    static const std::regex crisp(R"(\s*shape-rendering='crispEdges')");
    static const std::regex text("<text>");
    static const std::regex image("<image ");
    static const std::regex empty_group(R"(<g\b[^>]*>\s*</g>\s*)");
    std::string out = with_hex_colours(std::string(svg));
    out = std::regex_replace(out, words, "");
    out = std::regex_replace(out, black, fmt::format("$1{}$2", colour("ink")));
    out = std::regex_replace(out, crisp, "");
    // A pixel is a pair of numbers; a blur between two would show what was not measured.
    out = std::regex_replace(out, image, "<image style='image-rendering:pixelated' ");
    out = std::regex_replace(out, text, "<text xml:space=\"preserve\">");
    // Removing a group may leave the one around it empty.
    for (std::string before; before != out;) {
        before = out;
        out = std::regex_replace(before, empty_group, "");
    }
    return out;
}

} // namespace grokreport::figures
