#include "drawing/svg_path.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace grokreport::figures {

namespace {

struct Vertex {
    double x, y; // pixels
};
// Tenths of a pixel as whole numbers, so that the relative steps add up exactly.
struct RoundedVertex {
    long x, y;
};
struct Polyline {
    std::vector<Vertex> vertices;
    bool is_closed = false;
};

long tenths(double pixels) {
    return std::lround(10 * pixels);
}
RoundedVertex rounded(Vertex vertex) {
    return {tenths(vertex.x), tenths(vertex.y)};
}

std::string number_of_tenths(long value) {
    const long whole = std::labs(value) / 10, part = std::labs(value) % 10;
    std::string text = value < 0 ? "-" : "";
    if (whole != 0 || part == 0) text += std::to_string(whole);
    if (part != 0) text += fmt::format(".{}", part);
    return text;
}

// Adds a number to a list of numbers. A minus sign needs no space before it.
void append_number(std::string& list, long value) {
    const std::string text = number_of_tenths(value);
    const bool needs_space = !list.empty() && std::isdigit(static_cast<unsigned char>(list.back())) != 0;
    if (needs_space && text[0] != '-') list += ' ';
    list += text;
}

// Reads numbers separated by spaces and commas.
class NumberReader {
  public:
    explicit NumberReader(std::string_view text) : text_(text), at_(text_.c_str()) {}

    void skip() {
        while (*at_ == ' ' || *at_ == ',' || *at_ == '\n' || *at_ == '\t')
            ++at_;
    }
    bool at_end() {
        skip();
        return *at_ == '\0';
    }
    char letter() { return *at_++; }
    std::optional<Vertex> vertex() {
        const auto x = number(), y = number();
        if (!x || !y) return {};
        return Vertex{*x, *y};
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

// nullopt where there is a command other than M, L and Z.
std::optional<std::vector<Polyline>> polylines_of(std::string_view data) {
    NumberReader reader(data);
    std::vector<Polyline> lines;
    while (!reader.at_end()) {
        const char command = reader.letter();
        if (command == 'Z') {
            if (lines.empty()) return {};
            lines.back().is_closed = true;
            continue;
        }
        if (command != 'M' && command != 'L') return {};
        const auto vertex = reader.vertex();
        if (!vertex || (command == 'L' && lines.empty())) return {};
        if (command == 'M') lines.emplace_back();
        lines.back().vertices.push_back(*vertex);
    }
    return lines;
}

double distance_to_chord(Vertex vertex, Vertex from, Vertex to) {
    const double dx = to.x - from.x, dy = to.y - from.y, px = vertex.x - from.x, py = vertex.y - from.y;
    const double length = dx * dx + dy * dy;
    const double along = length == 0 ? 0 : std::clamp((px * dx + py * dy) / length, 0.0, 1.0);
    return std::hypot(px - along * dx, py - along * dy);
}

// Douglas and Peucker, 1973: the vertex farthest from a chord stays, and both sides of it are handled in the
// same way.
std::vector<RoundedVertex> simplified(const std::vector<Vertex>& vertices, double tolerance) {
    std::vector<bool> stays(vertices.size(), false);
    stays.front() = stays.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> chords{{0, vertices.size() - 1}};
    while (!chords.empty()) {
        const auto [first, last] = chords.back();
        chords.pop_back();
        std::size_t farthest = first;
        double most = tolerance;
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double distance = distance_to_chord(vertices[i], vertices[first], vertices[last]);
                distance > most) {
                most = distance;
                farthest = i;
            }
        if (farthest == first) continue;
        stays[farthest] = true;
        chords.emplace_back(first, farthest);
        chords.emplace_back(farthest, last);
    }
    std::vector<RoundedVertex> remaining;
    for (std::size_t i = 0; i < vertices.size(); ++i)
        if (stays[i]) remaining.push_back(rounded(vertices[i]));
    return remaining;
}

} // namespace

std::string short_number(double pixels) {
    return number_of_tenths(tenths(pixels));
}

std::string short_path(std::string_view data, double tolerance) {
    const auto lines = polylines_of(data);
    if (!lines) return std::string(data);
    std::string path;
    for (const Polyline& line : *lines) {
        if (line.vertices.size() < 2) continue; // a move that draws nothing
        const std::vector<RoundedVertex> vertices = simplified(line.vertices, tolerance);
        path += 'M';
        append_number(path, vertices[0].x);
        append_number(path, vertices[0].y);
        path += 'l';
        for (std::size_t i = 1; i < vertices.size(); ++i) {
            append_number(path, vertices[i].x - vertices[i - 1].x);
            append_number(path, vertices[i].y - vertices[i - 1].y);
        }
        if (line.is_closed) path += 'z';
    }
    return path;
}

std::string short_points(std::string_view points) {
    NumberReader reader(points);
    std::string list;
    while (!reader.at_end()) {
        const auto vertex = reader.vertex();
        if (!vertex) return std::string(points);
        append_number(list, rounded(*vertex).x);
        append_number(list, rounded(*vertex).y);
    }
    return list;
}

} // namespace grokreport::figures
