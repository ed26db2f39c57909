#include "drawing/svg_dots.h"

#include "drawing/svg_path.h"
#include "drawing/xml.h"

#include <cstdio>
#include <fmt/format.h>
#include <optional>

namespace grokreport::figures {

namespace {

using pugi::xml_node;

// gnuplot's SVG terminal defines a disc of radius 1 with an outline; half of the outline lies outside of the
// disc.
constexpr std::string_view filled_disc = "#gpPt6";
constexpr double half_of_outline = 0.121;

// A filled disc that gnuplot places with a transform.
struct Disc {
    double x = 0, y = 0, radius = 0; // pixels
    std::string colour;
};

std::optional<Disc> disc_of(xml_node node) {
    Disc disc;
    if (!is(node, "use") || node.attribute("xlink:href").value() != filled_disc) return {};
    if (std::sscanf(node.attribute("transform").value(), "translate(%lf,%lf) scale(%lf)", &disc.x, &disc.y,
                    &disc.radius) != 3)
        return {};
    disc.radius *= 1 + half_of_outline;
    disc.colour = node.attribute("color").value();
    return disc;
}

} // namespace

void DotWriter::write_children(xml_node parent) {
    xml_node group, path;
    for (const xml_node node : children_of(parent)) {
        const auto disc = disc_of(node);
        if (!disc) {
            group = path = {};
            continue;
        }
        const std::string width = short_number(2 * disc->radius);
        if (!group || group.attribute("stroke-width").value() != width) {
            group = parent.insert_child_before("g", node);
            set(group, "stroke-width", width);
            path = {};
        }
        if (!path || !names_.empty() || path.attribute("stroke").value() != disc->colour) {
            path = group.append_child("path");
            set(path, "stroke", disc->colour);
        }
        set(path, "d",
            fmt::format("{}M{} {}h0", path.attribute("d").value(), short_number(disc->x),
                        short_number(disc->y)));
        if (written_ < names_.size()) path.append_child("title").text().set(names_[written_].c_str());
        ++written_;
        parent.remove_child(node);
    }
}

} // namespace grokreport::figures
