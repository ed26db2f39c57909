#include "drawing/svg.h"

#include "base/error.h"
#include "drawing/heat_image.h"
#include "drawing/style.h"
#include "drawing/svg_dots.h"
#include "drawing/svg_path.h"
#include "drawing/xml.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <sstream>

namespace grokreport::figures {

namespace {

using pugi::xml_attribute;
using pugi::xml_node;

constexpr double curve_tolerance = 0.04; // pixels: a hundredth of a millimetre
constexpr std::string_view image_prefix = "data:image/png;base64,";

std::vector<xml_node> descendants_of(xml_node node) {
    std::vector<xml_node> all;
    for (const xml_node child : node.children()) {
        all.push_back(child);
        std::ranges::copy(descendants_of(child), std::back_inserter(all));
    }
    return all;
}

std::string hex_colour(const std::string& value) {
    int red = 0, green = 0, blue = 0;
    if (std::sscanf(value.c_str(), "rgb(%d, %d, %d)", &red, &green, &blue) == 3)
        return fmt::format("#{:02x}{:02x}{:02x}", red, green, blue);
    return value == "black" ? std::string(colour("ink")) : value;
}

// Attributes that gnuplot repeats in every group. They stand once at the root, and all elements inherit them.
struct RootAttribute {
    const char* name;
    std::string value;
};
std::vector<RootAttribute> root_attributes() {
    return {{"font-family", std::string(font_family())},
            {"fill", "none"},
            {"stroke", "currentColor"},
            {"color", std::string(colour("ink"))},
            {"stroke-linecap", "round"},
            {"stroke-linejoin", "round"},
            {"xml:space", "preserve"}};
}

void scale_image(xml_node image, int factor) {
    const std::string_view link = image.attribute("xlink:href").value();
    if (!link.starts_with(image_prefix)) return;
    const std::string png = enlarged_png(link.substr(image_prefix.size()), factor);
    set(image, "xlink:href", std::string(image_prefix) + png);
}

// Shortens colours and numbers, and removes attributes without a visible effect.
void clean_attributes(xml_node node, bool keep_plots) {
    constexpr std::string_view plot_id = "gnuplot_plot_"; // before a number and the letter of the panel
    const std::string id = is(node, "g") ? node.attribute("id").value() : "";
    for (const char* name : {"class", "shape-rendering", "font-family", "xml:space"})
        node.remove_attribute(name);
    if (is(node, "g")) node.remove_attribute("id");
    if (keep_plots && id.starts_with(plot_id)) set(node, "class", "plot-" + id.substr(plot_id.size()));
    for (const xml_attribute attribute : node.attributes())
        set(node, attribute.name(), hex_colour(attribute.value()));
    if (const xml_attribute data = node.attribute("d"))
        set(node, "d", short_path(data.value(), curve_tolerance));
    if (const xml_attribute points = node.attribute("points"))
        set(node, "points", short_points(points.value()));
    if (is(node, "image")) {
        scale_image(node, 1); // a PNG with a palette is smaller
        set(node, "style", "image-rendering:pixelated");
    }
}

bool has_same_attributes(xml_node one, xml_node other) {
    const auto attributes_of = [](xml_node node) {
        std::string list;
        for (const xml_attribute attribute : node.attributes())
            list += fmt::format("{}={};", attribute.name(), attribute.value());
        return list;
    };
    return attributes_of(one) == attributes_of(other);
}

void move_children(xml_node from, xml_node to) {
    for (const xml_node child : children_of(from))
        to.append_move(child);
}

// Replaces `node` by its children.
void unwrap(xml_node node) {
    for (const xml_node child : children_of(node))
        node.parent().insert_move_before(child, node);
    node.parent().remove_child(node);
}

// <g transform fill ..><text><tspan>words</tspan></text></g> becomes <text transform fill ..>words</text>.
void simplify_text(xml_node group) {
    xml_node text = group.first_child();
    if (!is(text, "text") || text.next_sibling()) return;
    for (const xml_attribute attribute : group.attributes())
        set(text, attribute.name(), attribute.value());
    for (const xml_node part : children_of(text))
        if (is(part, "tspan") && !part.first_attribute()) unwrap(part);
    unwrap(group);
}

class SvgTidier {
  public:
    SvgTidier(xml_node root, const std::vector<std::string>& point_names, bool keep_plots)
        : root_(root), keep_plots_(keep_plots), n_names_(point_names.size()), dots_(point_names) {}

    void run() {
        for (const xml_node node : descendants_of(root_))
            clean_attributes(node, keep_plots_);
        tidy_children(root_);
        if (n_names_ > 0 && dots_.written() != n_names_)
            throw Error(fmt::format("{} points have names, and {} are drawn", n_names_, dots_.written()),
                        "name every point that the figure draws");
        remove_unused_definitions();
        for (const auto& [name, value] : root_attributes())
            set(root_, name, value);
    }

  private:
    void tidy_children(xml_node parent) {
        for (const xml_node node : children_of(parent)) {
            const bool is_invisible =
                node.type() == pugi::node_pcdata || is(node, "title") || is(node, "desc") ||
                (is(node, "rect") && node.attribute("fill").value() == std::string_view("none") &&
                 !is(parent, "defs") && !node.attribute("stroke"));
            if (is_invisible) {
                parent.remove_child(node);
            } else if (is(node, "g")) {
                tidy_group(node);
            }
        }
        dots_.write_children(parent);
        join_groups(parent);
    }

    void tidy_group(xml_node group) {
        for (const auto& [name, value] : root_attributes())
            if (group.attribute(name).value() == value) group.remove_attribute(name);
        tidy_children(group);
        if (!group.first_child()) {
            group.parent().remove_child(group);
        } else if (!group.first_attribute()) {
            unwrap(group);
        } else {
            simplify_text(group);
        }
    }

    // Neighbouring groups with equal attributes become one group.
    static void join_groups(xml_node parent) {
        for (const xml_node node : children_of(parent)) {
            const xml_node before = node.previous_sibling();
            if (!is(node, "g") || !is(before, "g") || !has_same_attributes(before, node)) continue;
            move_children(node, before);
            parent.remove_child(node);
        }
    }

    // A definition may refer to another one, so the loop ends only when a pass removes nothing.
    void remove_unused_definitions() {
        xml_node definitions = root_.child("defs");
        for (bool removed = true; removed;) {
            removed = false;
            std::ostringstream stream;
            root_.print(stream, "", pugi::format_raw);
            const std::string text = stream.str();
            for (const xml_node definition : children_of(definitions)) {
                const std::string id = definition.attribute("id").value();
                if (text.find("\"#" + id + "\"") != std::string::npos ||
                    text.find("(#" + id + ")") != std::string::npos)
                    continue;
                definitions.remove_child(definition);
                removed = true;
            }
        }
        if (!definitions.first_child()) root_.remove_child(definitions);
    }

    xml_node root_;
    bool keep_plots_;
    std::size_t n_names_;
    DotWriter dots_;
};

pugi::xml_document parse_svg(std::string_view svg) {
    pugi::xml_document document;
    const auto result =
        document.load_buffer(svg.data(), svg.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!result || !document.child("svg"))
        throw Error(
            fmt::format("gnuplot wrote no SVG: {}", result ? "there is no <svg>" : result.description()),
            "correct the script of this figure in src/sections");
    return document;
}

std::string print_svg(const pugi::xml_document& document) {
    std::ostringstream text;
    document.child("svg").print(text, "", pugi::format_raw);
    return text.str() + "\n";
}

} // namespace

std::string tidy_svg(std::string_view svg, const std::vector<std::string>& point_names, bool keep_plots) {
    const pugi::xml_document document = parse_svg(svg);
    SvgTidier(document.child("svg"), point_names, keep_plots).run();
    return print_svg(document);
}

std::string with_enlarged_images(const std::string& svg, int factor) {
    if (svg.find("<image") == svg.npos) return svg;
    const pugi::xml_document document = parse_svg(svg);
    for (const xml_node node : descendants_of(document.child("svg")))
        if (is(node, "image")) scale_image(node, factor);
    return print_svg(document);
}

} // namespace grokreport::figures
