// What the still and the film of readout-rotation have in common.
#pragma once

#include "drawing/plot.h"
#include "sections/readout/turns.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures::readout {

// Layout in pixels.
inline constexpr double rotation_player = 26; // below all: where a player lays its controls
inline constexpr double rotation_left = 48;
inline constexpr Size rotation_size{double_column_width, 248 + rotation_player};
inline constexpr double rotation_key = 9; // middle of the line above the panels

// The turn k n / p of a number, and the answer to a + b.
double rotation_turn(const TurnShown& shown, int n);
int rotation_answer(const TurnShown& shown, int b);

// At most so many values of b at equal steps around the circle of k, from b = 0 on.
std::vector<int> rotation_positions(const TurnShown& shown, int most);

struct RotationPanel {
    std::string_view name;
    std::string_view title;
    const Eigen::MatrixXd& points; // p x 2
    double left;
};
std::array<RotationPanel, 2> rotation_planes(const TurnShown& shown);

// Discs with their names, in the order in which they are drawn.
struct NamedDiscs {
    std::vector<std::vector<double>> rows;
    std::vector<std::string> names;

    void add_all(const TurnShown& shown, const Eigen::MatrixXd& points); // small
    void add_marked(double x, double y, std::string_view hex, int b);

  private:
    void add(double x, double y, double radius, std::string_view hex, int b);
};

// Adds the logits at one b over the turns of c, up to the full turn, where c = 0 comes again.
void add_wave(std::vector<std::vector<double>>& rows, const TurnShown& shown, int b);

// The frame of all panels, then place, axes and names of one.
void begin_rotation(Plot& plot);
void begin_rotation_plane(Plot& plot, const RotationPanel& panel);
void begin_rotation_waves(Plot& plot, const TurnShown& shown);

// The commands of Drawing::frames: b runs once around the circle of k.
std::string rotation_frames(const std::string& id, const TurnShown& shown);

} // namespace grokreport::figures::readout
