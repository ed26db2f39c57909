#include "sections/task/figures_periodic_representation.h"

#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/csv.h"
#include "drawing/diagram.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace grokreport::figures {

namespace {

constexpr double formula_row = 12;
constexpr double large_radius = 88;
constexpr double small_radius = 52;
constexpr Point large_centre{column_width / 2, 134};
constexpr double small_row = 326;
constexpr double caption_gap = 27; // from a circle to the line that names its frequency

// One circle of the diagram, in pixels.
struct Circle {
    int frequency;
    Point centre;
    double radius;

    bool is_large() const { return radius == large_radius; }
};

// The numbers of the example.
struct Sum {
    int p;
    int a;
    int b;

    int result() const { return (a + b) % p; }
    // The angle of number t on a circle, in turns, from 0 up to 1.
    double turn(int t, int frequency) const {
        return static_cast<double>((static_cast<long long>(frequency) * t) % p) / p;
    }
};

std::vector<Circle> arranged(const std::vector<int>& frequencies) {
    std::vector<Circle> circles{{frequencies.front(), large_centre, large_radius}};
    const double share = column_width / static_cast<double>(std::max<std::size_t>(frequencies.size() - 1, 1));
    for (std::size_t i = 1; i < frequencies.size(); ++i)
        circles.push_back(
            {frequencies[i], {share * (static_cast<double>(i) - 0.5), small_row}, small_radius});
    return circles;
}

double distance_in_turns(double first, double second) {
    const double apart = std::abs(first - second);
    return std::min(apart, 1 - apart);
}

// The middle of an arc, or of the longer of the two pieces into which a spoke cuts it; in turns.
double free_middle(double from, double to, double spoke) {
    if (spoke <= from || spoke >= to) return (from + to) / 2;
    return spoke - from > to - spoke ? (from + spoke) / 2 : (spoke + to) / 2;
}

// The two rotations. Their radii differ, so that both are visible where they overlap.
void draw_rotations(Diagram& diagram, const Circle& circle, const Sum& sum) {
    const double turn_a = sum.turn(sum.a, circle.frequency);
    const double turn_b = sum.turn(sum.b, circle.frequency);
    const double inner = 0.42 * circle.radius;
    const double outer = 0.68 * circle.radius;
    const auto spoke = [&](double turn, LineStyle style) {
        diagram.line(circle.centre, on_circle(circle.centre, circle.radius, turn), style);
    };
    spoke(0, {"muted", hairline, true});
    spoke(turn_a, {"blue", hairline, true});
    spoke(turn_a + turn_b, {"green", thin_line});
    diagram.arrow(arc(circle.centre, inner, 0, turn_a), {"blue", curve_line});
    diagram.arrow(arc(circle.centre, outer, turn_a, turn_a + turn_b), {"orange", curve_line});
    if (!circle.is_large()) return;
    constexpr double beside = 10;
    diagram.text(on_circle(circle.centre, inner - beside, free_middle(0, turn_a, turn_a + turn_b - 1)),
                 "{/:Italic a}", {"blue"});
    diagram.text(on_circle(circle.centre, outer - beside, free_middle(turn_a, turn_a + turn_b, 1)),
                 "{/:Italic b}", {"orange"});
}

void draw_points(Diagram& diagram, const Circle& circle, const Sum& sum) {
    const double touching = std::sin(std::numbers::pi / sum.p) * circle.radius;
    const double radius = std::min(0.85 * touching, circle.is_large() ? 3.0 : 2.4);
    for (int t = 0; t < sum.p; ++t)
        diagram.dot(on_circle(circle.centre, circle.radius, sum.turn(t, circle.frequency)), radius,
                    phase_colour(static_cast<double>(t) / sum.p));
}

// A number just outside its point, in the direction of its spoke.
void write_number(Diagram& diagram, const Circle& circle, const Sum& sum, int t, TextStyle style) {
    const double turn = sum.turn(t, circle.frequency);
    const double gap = 8 + 0.25 * style.size * std::abs(std::cos(2 * std::numbers::pi * turn));
    diagram.text(on_circle(circle.centre, circle.radius + gap + style.size / 4, turn), std::to_string(t),
                 style);
}

// 0, a and the result as larger dots with their numbers. The large circle also has round numbers, as on the
// face of a clock, where they do not overlap with those.
void draw_numbers(Diagram& diagram, const Circle& circle, const Sum& sum) {
    struct Named {
        int number;
        std::string_view hue;
    };
    const std::vector<Named> named{{0, "muted"}, {sum.a, "blue"}, {sum.result(), "green"}};
    for (const auto& [number, hue] : named) {
        diagram.dot(on_circle(circle.centre, circle.radius, sum.turn(number, circle.frequency)),
                    circle.is_large() ? 4.5 : 3.5, colour(hue));
        write_number(diagram, circle, sum, number, {hue, circle.is_large() ? type_size : small_type_size});
    }
    if (!circle.is_large()) return;
    for (const Tick& tick : linear_ticks(sum.p - 1, std::min(sum.p, 12))) {
        const int number = static_cast<int>(tick.value);
        const bool free = std::none_of(named.begin(), named.end(), [&](const Named& other) {
            constexpr double room = 0.05; // turns that a number takes up
            return distance_in_turns(sum.turn(number, circle.frequency),
                                     sum.turn(other.number, circle.frequency)) < room;
        });
        if (free) write_number(diagram, circle, sum, number, {"muted", small_type_size});
    }
}

void draw_circle(Diagram& diagram, const Circle& circle, const Sum& sum) {
    diagram.polyline(arc(circle.centre, circle.radius, 0, 1), {"grid", thin_line});
    draw_rotations(diagram, circle, sum);
    draw_points(diagram, circle, sum);
    draw_numbers(diagram, circle, sum);
    diagram.text({circle.centre.x, circle.centre.y + circle.radius + caption_gap},
                 fmt::format("{{/:Italic k}} = {}", circle.frequency));
}

// The sum, each number in the colour of its rotation. gnuplot has one colour a label, so the three parts
// stand at fixed places with room for numbers of three digits.
void write_formula(Diagram& diagram, const Sum& sum) {
    const auto write = [&](double x, const std::string& markup, std::string_view hue) {
        diagram.text({x, formula_row}, markup, {hue, type_size, Align::left});
    };
    write(42, fmt::format("{{/:Italic a}} = {}", sum.a), "blue");
    write(98, fmt::format("{{/:Italic b}} = {}", sum.b), "orange");
    write(158, fmt::format("{{/:Italic a}} + {{/:Italic b}} = {} (mod {})", sum.result(), sum.p), "green");
}

// The least distance between 0, a and a + b, in turns, over all circles.
double least_distance(const Sum& sum, const std::vector<int>& frequencies) {
    double least = 1;
    for (const int k : frequencies) {
        const double a = sum.turn(sum.a, k);
        const double result = sum.turn(sum.result(), k);
        least = std::min(
            {least, distance_in_turns(0, a), distance_in_turns(0, result), distance_in_turns(a, result)});
    }
    return least;
}

// Of all sums that go once around, the one that is easiest to read on every circle: its points at least an
// eighth of a turn apart where p allows that, and then a and b as near as possible to 0.4 and 0.7 of p.
Sum example(int p, const std::vector<int>& frequencies) {
    constexpr double enough = 1.0 / 8;
    Sum best{p, p - 1, p - 1};
    double best_score = -HUGE_VAL;
    for (int a = 1; a < p; ++a)
        for (int b = p - a + 1; b < p; ++b) {
            const Sum sum{p, a, b};
            const double from_wish = std::hypot(a - 0.4 * p, b - 0.7 * p) / p;
            const double score = std::min(least_distance(sum, frequencies), enough) * 100 - from_wish;
            if (score > best_score) {
                best = sum;
                best_score = score;
            }
        }
    return best;
}

} // namespace

Drawing periodic_representation(const std::string& id, int p, Pair pair,
                                const std::vector<int>& frequencies) {
    const Sum sum{p, pair.a, pair.b};
    const std::vector<Circle> circles = arranged(frequencies);
    const Circle& lowest = circles.back();
    Diagram diagram(id, {column_width, lowest.centre.y + lowest.radius + caption_gap + 12});
    Csv csv({"frequency", "number", "angle_turns", "x", "y"});
    write_formula(diagram, sum);
    for (const Circle& circle : circles) {
        draw_circle(diagram, circle, sum);
        for (int t = 0; t < p; ++t) {
            const double turn = sum.turn(t, circle.frequency);
            const Point pixel = on_circle({}, 1, turn);
            csv.row(circle.frequency, t, turn, pixel.x, -pixel.y); // pixels count downwards
        }
    }
    return std::move(diagram).finish(csv.text());
}

std::vector<int> shown_circles(int p) {
    std::vector<int> frequencies;
    for (const int k : {1, 2, 5})
        if (k <= (p - 1) / 2) frequencies.push_back(k);
    return frequencies;
}

Pair legible_example(int p) {
    const Sum sum = example(p, shown_circles(p));
    return {sum.a, sum.b};
}

} // namespace grokreport::figures
