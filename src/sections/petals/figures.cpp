#include "sections/petals/figures.h"

#include "base/base64.h"
#include "base/json.h"
#include "base/numbers.h"
#include "drawing/csv.h"
#include "drawing/curves.h"

#include <algorithm>
#include <cmath>

namespace grokreport::figures {

namespace {

// (X, 1) times an affine fit.
Eigen::MatrixXd carried(const Eigen::MatrixXd& X, const Eigen::MatrixXd& fit) {
    return (X * fit.topRows(2)).rowwise() + Eigen::RowVectorXd(fit.row(2));
}

std::string csv_of(const Petal& petal) {
    Csv csv({"b", "predicted_1", "predicted_2", "actual_1", "actual_2"});
    for (Eigen::Index b = 0; b < petal.actual.rows(); ++b)
        csv.row(b, petal.predicted(b, 0), petal.predicted(b, 1), petal.actual(b, 0), petal.actual(b, 1));
    return csv.text();
}

using PixelMap = Eigen::MatrixXd; // 3 x 2: (x, y, 1) times it is a place in pixels

// Rounded row by row, in the order of reading.
Json rounded_list(const Eigen::MatrixXd& values, double digits) {
    Json list = Json::array();
    for (Eigen::Index row = 0; row < values.rows(); ++row)
        for (Eigen::Index column = 0; column < values.cols(); ++column)
            list.push_back(std::round(values(row, column) * digits) / digits);
    return list;
}

void extend(Json& list, const Json& more) {
    list.insert(list.end(), more.begin(), more.end());
}

// The affine fit as it moves pixels, 3 x 2: found from where it takes three of them.
Eigen::MatrixXd in_pixels(const Eigen::MatrixXd& fit, const PixelMap& to_left, const PixelMap& to_right) {
    const double scale = to_left(0, 0);
    Eigen::MatrixXd pixels(3, 2); // one to the right, one down, none
    pixels << 1, 0, 0, 1, 0, 0;
    const Eigen::MatrixXd moved = pixels.rowwise() - to_left.row(2);
    Eigen::MatrixXd places(3, 2);
    places << moved.col(0) / scale, moved.col(1) / -scale;
    Eigen::MatrixXd taken = carried(carried(places, fit), to_right);
    taken.topRows(2).rowwise() -= Eigen::RowVectorXd(taken.row(2));
    return taken;
}

std::string bytes_of(const Eigen::MatrixXd& shares) {
    std::string bytes;
    for (Eigen::Index row = 0; row < shares.rows(); ++row)
        for (Eigen::Index column = 0; column < shares.cols(); ++column)
            bytes += static_cast<char>(std::lround(255 * std::clamp(shares(row, column), 0.0, 1.0)));
    return bytes;
}

std::string variations_of(const PetalFamily& family, int a, const PixelMap& to_left,
                          const PixelMap& to_right) {
    constexpr double tenths = 10, thousandths = 1000, fine = 1e5;
    Eigen::MatrixXd ellipse = family.ellipse * to_left.topRows(2); // directions do not move
    ellipse.row(0) += to_left.row(2);
    Json waves = Json::array(), fits = Json::array(), r2 = Json::array();
    for (std::size_t i = 0; i < family.waves.size(); ++i) {
        const AttentionWave& wave = family.waves[i];
        extend(waves, rounded_list(Eigen::RowVector3d(wave.mean, wave.amplitude * std::cos(wave.phase),
                                                      wave.amplitude * std::sin(wave.phase)),
                                   thousandths));
        extend(fits, rounded_list(in_pixels(family.to_actual[i], to_left, to_right), fine));
        r2.push_back(format_number(family.r2[i]));
    }
    return Json{{"p", family.x.rows()},
                {"a", a},
                {"f", family.pair.head.frequency},
                {"k", family.pair.circle},
                {"x", rounded_list(carried(family.x, to_left), tenths)},
                {"kept", rounded_list(carried(family.kept, to_right), tenths)},
                {"ellipse", rounded_list(ellipse, tenths)},
                {"waves", waves},
                {"fits", fits},
                {"r2", r2},
                {"attention", to_base64(bytes_of(family.to_a) + bytes_of(family.to_b))}}
        .dump();
}

// The points that a window has to show besides the panels.
CurvePanel reach_of(const PetalFamily& family) {
    return {.title = "", .note = "", .points = family.x, .line = family.kept.topRows(family.x.rows())};
}

} // namespace

Drawing petal(const std::string& id, const Petal& petal, int a, const PetalFamily* family) {
    const int k = petal.pair.circle;
    const Eigen::RowVectorXd x_a = petal.x_a;
    const std::vector<CurvePanel> panels{
        {.title = "predicted",
         .note = fmt::format("{{/:Italic f}} = {}, {{/:Italic k}} = {}", petal.pair.head.frequency, k),
         .points = petal.predicted,
         .k = k,
         .line = petal.curve,
         .marked = x_a},
        {.title = fmt::format("{{/:Italic z}} of head {}", petal.pair.head.head),
         .note = fmt::format("{{/:Italic R}}^2 = {}", format_number(petal.r2)),
         .points = petal.actual,
         .k = k,
         .line = carried(petal.curve, petal.to_actual),
         .marked = carried(x_a, petal.to_actual)}};
    const CurveGrid grid{.columns = 2, .x_name = "first axis of the plane", .y_name = "second axis"};
    if (family == nullptr) return draw_curves(id, panels, window_of(panels, false), grid, csv_of(petal));

    std::vector<CurvePanel> all = panels;
    all.push_back(reach_of(*family));
    const Window window = window_of(all, false);
    Drawing drawing = draw_curves(id, panels, window, grid, csv_of(petal));
    drawing.variations =
        variations_of(*family, a, pixels_of(window, grid, 0, 2), pixels_of(window, grid, 1, 2));
    return drawing;
}

} // namespace grokreport::figures
