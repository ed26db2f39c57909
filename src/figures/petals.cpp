#include "figures/petals.h"

#include "base/numbers.h"
#include "figures/csv.h"
#include "figures/curves.h"

namespace grokreport::figures {

namespace {

// (X, 1) fit.
Eigen::MatrixXd carried(const Eigen::MatrixXd& X, const Eigen::MatrixXd& fit) {
    return (X * fit.topRows(2)).rowwise() + Eigen::RowVectorXd(fit.row(2));
}

std::string csv_of(const Petal& petal) {
    Csv csv({"b", "predicted_1", "predicted_2", "actual_1", "actual_2"});
    for (Eigen::Index b = 0; b < petal.actual.rows(); ++b)
        csv.row(b, petal.predicted(b, 0), petal.predicted(b, 1), petal.actual(b, 0), petal.actual(b, 1));
    return csv.text();
}

} // namespace

Drawing petal(const std::string& id, const Petal& petal, int a) {
    const int k = petal.pair.circle;
    // x_a itself: the curve passes through it at b = a, whatever the attention
    const Eigen::RowVectorXd x_a = petal.predicted.row(a);
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
    return draw_curves(id, panels, window_of(panels, false),
                       {.columns = 2, .x_name = "first axis of the plane", .y_name = "second axis"},
                       csv_of(petal));
}

} // namespace grokreport::figures
