#include "sections/mlp/figures_zones.h"

#include "drawing/csv.h"
#include "drawing/diagram.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace grokreport::figures {

namespace {

constexpr int n_features = 6;
constexpr double zone_ring = 46;    // radius of the features, pixels
constexpr double zone_disc = 62;    // radius of what is shown of the plane
constexpr double narrow_zone = 0.8; // the border of a zone from the centre, in radii of the ring: -b over |w|
constexpr double wide_zone = -1.15;
constexpr int chosen_feature = 1; // the feature whose neuron is coloured

// Half the angle, in turns, under which a border at `distance` radii of the ring crosses the disc.
double half_angle(double distance) {
    return std::acos(distance * zone_ring / zone_disc) / (2 * std::numbers::pi);
}

double turn_of(int feature) {
    return static_cast<double>(feature) / n_features;
}

// The part of the disc where the neuron of a feature is positive: an arc and its chord.
std::vector<Point> zone(Point centre, int feature, double distance) {
    const double half = half_angle(distance);
    return arc(centre, zone_disc, turn_of(feature) - half, turn_of(feature) + half);
}

void draw_border(Diagram& diagram, const std::vector<Point>& edge, LineStyle style) {
    diagram.line(edge.front(), edge.back(), style);
}

void draw_zones(Diagram& diagram, Point centre, double distance, std::string_view sign,
                std::string_view says) {
    diagram.area(arc(centre, zone_disc, 0, 1), "grey-tint");
    diagram.area(zone(centre, chosen_feature, distance), "blue-tint");
    for (int feature = 0; feature < n_features; ++feature)
        if (feature != chosen_feature)
            draw_border(diagram, zone(centre, feature, distance), {"grey", hairline});
    draw_border(diagram, zone(centre, chosen_feature, distance), {"blue", curve_line});
    diagram.arrow({centre, on_circle(centre, 0.62 * zone_ring, turn_of(chosen_feature))},
                  {"blue", curve_line});
    for (int feature = 0; feature < n_features; ++feature) {
        const bool passes =
            std::cos(2 * std::numbers::pi * (turn_of(feature) - turn_of(chosen_feature))) > distance;
        diagram.dot(on_circle(centre, zone_ring, turn_of(feature)), 4, colour(passes ? "blue" : "muted"));
    }
    diagram.text({centre.x, centre.y + zone_disc + 18}, sign);
    diagram.text({centre.x, centre.y + zone_disc + 33}, says, {"muted", small_type_size});
}

// Layout of the shifted circle in pixels.
constexpr double circle_radius = 34;
constexpr double axis_before = 48; // of an axis on the negative side of a circle about the origin
constexpr double axis_after = 60;
constexpr double centre_offset = 1.45; // of the moved centre along both axes, in radii

std::vector<Point> folded_curve(Point origin, Point centre) {
    std::vector<Point> curve = arc(centre, circle_radius, 0, 1);
    for (Point& point : curve)
        point = {std::max(point.x, origin.x), std::min(point.y, origin.y)}; // pixels count downwards
    return curve;
}

void draw_neuron_axes(Diagram& diagram, Point origin, double before, double after) {
    diagram.area({origin,
                  {origin.x + after, origin.y},
                  {origin.x + after, origin.y - after},
                  {origin.x, origin.y - after}},
                 "green-tint");
    diagram.arrow({{origin.x - before, origin.y}, {origin.x + after, origin.y}}, {"muted", hairline});
    diagram.arrow({{origin.x, origin.y + before}, {origin.x, origin.y - after}}, {"muted", hairline});
    diagram.text({origin.x + after - 23, origin.y + 9}, "neuron 1", {"muted", small_type_size, Align::left});
    diagram.text({origin.x + 4, origin.y - after - 6}, "neuron 2", {"muted", small_type_size, Align::left});
}

void add_curve(Csv& csv, std::string_view what, Point origin, const std::vector<Point>& curve) {
    for (const Point& point : curve)
        csv.row(what, (point.x - origin.x) / circle_radius, (origin.y - point.y) / circle_radius);
}

} // namespace

Drawing superposition_zones(const std::string& id) {
    Diagram diagram(id, {column_width, 2 * zone_disc + 52});
    const Point first{column_width / 4, zone_disc + 6}, second{3 * column_width / 4, zone_disc + 6};
    draw_zones(diagram, first, narrow_zone, "{/:Italic b}_{/:Italic i} < 0",
               "one feature passes neuron {/:Italic i}");
    draw_zones(diagram, second, wide_zone, "{/:Italic b}_{/:Italic i} > 0", "all features pass, none is cut");
    Csv csv({"bias", "feature", "x", "y", "pre_activation"});
    for (const double distance : {narrow_zone, wide_zone})
        for (int feature = 0; feature < n_features; ++feature) {
            const double turn = 2 * std::numbers::pi * turn_of(feature);
            csv.row(-distance, feature, std::cos(turn), std::sin(turn),
                    std::cos(turn - 2 * std::numbers::pi * turn_of(chosen_feature)) - distance);
        }
    return std::move(diagram).finish(csv.text());
}

Drawing mlp_shift(const std::string& id) {
    constexpr double height = 150;
    Diagram diagram(id, {column_width, height});
    const Point about{60, 78};
    const Point origin{192, 120};
    const Point moved{origin.x + centre_offset * circle_radius, origin.y - centre_offset * circle_radius};
    draw_neuron_axes(diagram, about, axis_before, axis_after);
    draw_neuron_axes(diagram, origin, 14, 100);
    for (const auto& [from, centre] : {std::pair{about, about}, std::pair{origin, moved}}) {
        diagram.polyline(arc(centre, circle_radius, 0, 1), {"blue", curve_line, true});
        diagram.polyline(folded_curve(from, centre), {"orange", 2});
    }
    diagram.arrow({{124, 62}, {164, 62}}, {"ink", curve_line});
    diagram.text({144, 52}, "+ {/:Italic b}_{up}");
    diagram.text({8, height - 8}, "before the ReLU", {"blue", small_type_size, Align::left});
    diagram.text({96, height - 8}, "after it", {"orange", small_type_size, Align::left});
    Csv csv({"curve", "neuron_1", "neuron_2"});
    add_curve(csv, "before_relu_about_origin", about, arc(about, circle_radius, 0, 1));
    add_curve(csv, "after_relu_about_origin", about, folded_curve(about, about));
    add_curve(csv, "before_relu_moved", origin, arc(moved, circle_radius, 0, 1));
    add_curve(csv, "after_relu_moved", origin, folded_curve(origin, moved));
    return std::move(diagram).finish(csv.text());
}

} // namespace grokreport::figures
