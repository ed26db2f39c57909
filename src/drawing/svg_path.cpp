#include "drawing/svg_path.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace grokreport::figures {

namespace {

struct Point {
    double x, y; // pixels
};
// A place in tenths of a pixel: whole numbers, so that steps add up to it exactly.
struct Place {
    long x, y;
};
struct Polyline {
    std::vector<Point> points;
    bool is_closed = false;
};

long tenths(double pixels) {
    return std::lround(10 * pixels);
}
Place nearest_place(Point point) {
    return {tenths(point.x), tenths(point.y)};
}

std::string written(long value) {
    const long whole = std::labs(value) / 10, part = std::labs(value) % 10;
    std::string text = value < 0 ? "-" : "";
    if (whole != 0 || part == 0) text += std::to_string(whole);
    if (part != 0) text += fmt::format(".{}", part);
    return text;
}

// Adds a number to a list of numbers; a minus sign separates as well as a space.
void append(std::string& list, long value) {
    const std::string text = written(value);
    const bool needs_space = !list.empty() && std::isdigit(static_cast<unsigned char>(list.back())) != 0;
    if (needs_space && text[0] != '-') list += ' ';
    list += text;
}

// Reads numbers separated by spaces and commas.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text), at_(text_.c_str()) {}

    void skip() {
        while (*at_ == ' ' || *at_ == ',' || *at_ == '\n' || *at_ == '\t')
            ++at_;
    }
    bool at_end() {
        skip();
        return *at_ == '\0';
    }
    char letter() { return *at_++; }
    std::optional<Point> point() {
        const auto x = number(), y = number();
        if (!x || !y) return {};
        return Point{*x, *y};
    }

  private:
    std::optional<double> number() {
        skip();
        char* end = nullptr;
        const double value = std::strtod(at_, &end);
        if (end == at_) return {};
        at_ = end;
        return value;
    }

    std::string text_;
    const char* at_;
};

// nullopt for a command other than M, L and Z.
std::optional<std::vector<Polyline>> polylines_of(std::string_view data) {
    Reader reader(data);
    std::vector<Polyline> lines;
    while (!reader.at_end()) {
        const char command = reader.letter();
        if (command == 'Z') {
            if (lines.empty()) return {};
            lines.back().is_closed = true;
            continue;
        }
        if (command != 'M' && command != 'L') return {};
        const auto point = reader.point();
        if (!point || (command == 'L' && lines.empty())) return {};
        if (command == 'M') lines.emplace_back();
        lines.back().points.push_back(*point);
    }
    return lines;
}

// Of a point from a chord.
double distance(Point point, Point from, Point to) {
    const double dx = to.x - from.x, dy = to.y - from.y, px = point.x - from.x, py = point.y - from.y;
    const double length = dx * dx + dy * dy;
    const double along = length == 0 ? 0 : std::clamp((px * dx + py * dy) / length, 0.0, 1.0);
    return std::hypot(px - along * dx, py - along * dy);
}

// Douglas and Peucker, 1973: keep the point farthest from the chord, and go on at both of its sides.
std::vector<Place> thinned(const std::vector<Point>& points, double tolerance) {
    std::vector<bool> kept(points.size(), false);
    kept.front() = kept.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> chords{{0, points.size() - 1}};
    while (!chords.empty()) {
        const auto [first, last] = chords.back();
        chords.pop_back();
        std::size_t farthest = first;
        double most = tolerance;
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double off = distance(points[i], points[first], points[last]); off > most) {
                most = off;
                farthest = i;
            }
        if (farthest == first) continue;
        kept[farthest] = true;
        chords.emplace_back(first, farthest);
        chords.emplace_back(farthest, last);
    }
    std::vector<Place> left;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (kept[i]) left.push_back(nearest_place(points[i]));
    return left;
}

} // namespace

std::string short_number(double pixels) {
    return written(tenths(pixels));
}

std::string short_path(std::string_view data, double tolerance) {
    const auto lines = polylines_of(data);
    if (!lines) return std::string(data);
    std::string path;
    for (const Polyline& line : *lines) {
        if (line.points.size() < 2) continue; // a move that draws nothing
        const std::vector<Place> places = thinned(line.points, tolerance);
        path += 'M';
        append(path, places[0].x);
        append(path, places[0].y);
        path += 'l';
        for (std::size_t i = 1; i < places.size(); ++i) {
            append(path, places[i].x - places[i - 1].x);
            append(path, places[i].y - places[i - 1].y);
        }
        if (line.is_closed) path += 'z';
    }
    return path;
}

std::string short_points(std::string_view points) {
    Reader reader(points);
    std::string list;
    while (!reader.at_end()) {
        const auto point = reader.point();
        if (!point) return std::string(points);
        append(list, nearest_place(*point).x);
        append(list, nearest_place(*point).y);
    }
    return list;
}

} // namespace grokreport::figures
