#include "drawing/film.h"
#include "sections/readout/figures_layout.h"
#include "sections/readout/figures_rotation_panels.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace grokreport::figures::readout {

namespace {

constexpr int rotation_most_positions = 125; // of b in the film: five seconds
constexpr int rotation_least_frames = 100;

} // namespace

// What the frames share stands in data blocks, and frame i shows the position j.
std::string rotation_frames(const std::string& id, const TurnShown& shown) {
    const std::vector<int> positions = rotation_positions(shown, rotation_most_positions);
    const auto n_positions = static_cast<int>(positions.size());
    const int n_frames = std::max(n_positions, rotation_least_frames / n_positions * n_positions);
    Plot film(id, rotation_size);
    film.line("{}", frames_terminal(rotation_size));
    std::vector<std::vector<double>> at, waves; // of pre x, y; of hidden x, y; of the answer turn, logit
    std::vector<std::string> numbers;
    for (const int b : positions) {
        const int c = rotation_answer(shown, b);
        at.push_back({shown.pre(b, 0), shown.pre(b, 1), shown.hidden(b, 0), shown.hidden(b, 1),
                      rotation_turn(shown, c), shown.logits(b, c)});
        add_wave(waves, shown, b);
        waves.push_back({std::nan(""), std::nan("")}); // ends the curve
        numbers.push_back(std::to_string(b));
    }
    film.data("at", at);
    film.data("waves", waves);
    for (const RotationPanel& panel : rotation_planes(shown)) {
        NamedDiscs discs;
        discs.add_all(shown, panel.points);
        film.data(std::string(panel.name), discs.rows);
    }
    film.line("numbers = '{}'", fmt::join(numbers, " "));
    begin_rotation(film);
    film.line("do for [i=0:{}] {{", n_frames - 1);
    film.line("set output sprintf('frame-%04d.png', i)\nj = i * {} / {}\nset multiplot", n_positions,
              n_frames);
    film.line("set label {} . word(numbers, j + 1) at screen {:.6f},{:.6f} left textcolor rgb '{}'",
              markup(fmt::format("{} + {{/:Italic b}}, {{/:Italic b}} = ", shown.a)),
              rotation_left / rotation_size.width, 1 - rotation_key / rotation_size.height, colour("ink"));
    int column = 1;
    for (const RotationPanel& panel : rotation_planes(shown)) {
        begin_rotation_plane(film, panel);
        film.line("plot ${0} {1}, $at every ::j::j using (0):(0):{2}:{3} with vectors nohead linewidth {4} "
                  "linecolor rgb '{5}', $at every ::j::j using {2}:{3} with points pointtype 7 pointsize 1 "
                  "linecolor "
                  "rgb '{5}'",
                  panel.name, with_discs, column, column + 1, curve_line, colour("ink"));
        film.line("unset label");
        column += 2;
    }
    begin_rotation_waves(film, shown);
    film.line("plot $waves every :::j::j using 1:2 with lines linewidth {0} linecolor rgb '{1}', "
              "$at every ::j::j using 5:6 with points pointtype 7 pointsize 1 linecolor rgb '{2}'",
              curve_line, colour("blue"), colour("ink"));
    film.line("unset label\nunset multiplot\nunset output\n}}");
    return std::move(film).finish("").script;
}

} // namespace grokreport::figures::readout
