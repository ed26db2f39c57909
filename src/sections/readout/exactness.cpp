#include "sections/readout/exactness.h"

#include "base/error.h"
#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/thread_pool.h"
#include "base/words.h"
#include "claims/extremes.h"
#include "model/activations.h"
#include "model/textbook_gradient.h"
#include "model/weights.h"
#include "runs/paths.h"
#include "training/engine.h"
#include "training/parameter_tensors.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <optional>

namespace grokreport {

namespace {

using enum Relation;

constexpr double nearest_to_kink = 1e-6; // of the largest pre-activation of the neuron

// The files of the snapshots by epoch.
std::map<int, std::filesystem::path> snapshot_files(const TrainedRun& run) {
    std::map<int, std::filesystem::path> files;
    for (const int epoch : snapshot_epochs(run.config))
        files.emplace(epoch, run.folder / snapshot_file(epoch));
    if (run.memorised_epoch) files.emplace(*run.memorised_epoch, run.folder / memorised_file);
    return files;
}

// Sums of squares over one or more parameters.
struct Difference {
    double squares = 0, of_reference = 0;

    void add(std::span<const float> ours, const std::vector<double>& reference) {
        for (std::size_t i = 0; i < reference.size(); ++i) {
            squares += (ours[i] - reference[i]) * (ours[i] - reference[i]);
            of_reference += reference[i] * reference[i];
        }
    }
    // |ours - reference| / |reference|; where the reference is zero, 0 if ours is too and infinite otherwise.
    double relative() const {
        if (squares == 0) return 0;
        return of_reference == 0 ? std::numeric_limits<double>::infinity()
                                 : std::sqrt(squares / of_reference);
    }
};

// "blocks.0.mlp.W_in" of W_in and of b_in: an affine map is one parameter.
std::string map_of(std::string parameter) {
    if (const auto bias = parameter.rfind(".b_"); bias != std::string::npos) parameter[bias + 1] = 'W';
    return parameter;
}

struct LargestError {
    double error = 0;
    std::string parameter;
};
LargestError largest_error(const Parameters& ours, const TextbookGradient& reference) {
    std::map<std::string, Difference> differences;
    for (std::size_t i = 0; i < ours.specs().size(); ++i) {
        const ParameterSpec& spec = ours.specs()[i];
        differences[map_of(spec.name)].add(ours.values(spec), reference.tensors[i]);
    }
    LargestError largest;
    for (const auto& [parameter, difference] : differences) {
        const double error = difference.relative();
        if (std::isnan(error)) return {error, parameter};
        if (error >= largest.error) largest = {error, parameter};
    }
    return largest;
}

// The pairs without a pre-activation so near to zero that single precision decides its sign.
std::vector<Pair> away_from_kinks(const Weights& weights, std::span<const Pair> pairs) {
    const ForwardPass forward(weights, Variant::relu);
    Eigen::RowVectorXd largest = Eigen::RowVectorXd::Zero(weights.d_mlp());
    for_each_part(pairs, [&](std::span<const Pair> part) {
        largest = largest.cwiseMax(forward.hidden(part).pre.cwiseAbs().colwise().maxCoeff());
    });
    const Eigen::RowVectorXd least = nearest_to_kink * largest;
    std::vector<Pair> away;
    for_each_part(pairs, [&](std::span<const Pair> part) {
        const Eigen::MatrixXd pre = forward.hidden(part).pre.cwiseAbs();
        for (std::size_t i = 0; i < part.size(); ++i)
            if ((pre.row(static_cast<Eigen::Index>(i)).array() >= least.array()).all())
                away.push_back(part[i]);
    });
    return away;
}

Json json_of(const SnapshotError& at) {
    return {{"epoch", at.epoch},
            {"pairs_left_out", at.left_out},
            {"loss", finite_or_null(at.loss)},
            {"gradient", finite_or_null(at.gradient)},
            {"parameter", at.parameter},
            {"gradient_of_the_snapshot_before", finite_or_null(at.other_gradient)}};
}

} // namespace

ExactnessResults compare_with_textbook(const TrainedRun& run) {
    const Split split = split_pairs(run.config);
    ThreadPool pool(1);
    Parameters gradient(run.config);
    ExactnessResults results;
    std::optional<TextbookGradient> before;
    for (const auto& [epoch, file] : snapshot_files(run)) {
        const std::vector<Tensor> tensors = load_own_checkpoint(file);
        const Parameters parameters = to_parameters(tensors, run.config, file);
        const std::vector<Pair> pairs = away_from_kinks(to_weights(tensors, file), split.train);
        if (pairs.empty())
            throw Error(fmt::format("{}: every pair is at a kink of the ReLU", file.string()), retrain_mend);
        Engine engine(run.config, pairs, pool);
        const Evaluation ours = engine.loss_and_gradient(parameters, gradient);
        TextbookGradient textbook = textbook_gradient(run.config, pairs, parameters);
        const LargestError largest = largest_error(gradient, textbook);
        results.snapshots.push_back(
            {.epoch = epoch,
             .left_out = static_cast<int>(split.train.size() - pairs.size()),
             .loss = std::abs(ours.loss - textbook.loss) / textbook.loss,
             .gradient = largest.error,
             .parameter = largest.parameter,
             .other_gradient = before ? largest_error(gradient, *before).error : std::nan("")});
        before = std::move(textbook);
    }
    return results;
}

ClaimList<ExactnessResults> exactness_claims() {
    constexpr double gradient_bound = 1e-4, loss_bound = 1e-6;
    const auto measure = [](const ExactnessResults& results) -> Measurement {
        Json snapshots = Json::array();
        for (const SnapshotError& at : results.snapshots)
            snapshots.push_back(json_of(at));
        const std::span<const SnapshotError> with_one_before = std::span(results.snapshots).subspan(1);
        return {.values = {largest_of(results.snapshots, &SnapshotError::gradient),
                           largest_of(results.snapshots, &SnapshotError::loss)},
                .control = {least_of(with_one_before, &SnapshotError::other_gradient)},
                .details = {{"snapshots", snapshots}}};
    };
    return {
        {.definition =
             {.id = "engine.exact",
              .section = "9",
              .kind = Kind::ours,
              .statement = "The fast training of this report is the textbook one: loss and gradients are "
                           "those of the plain transformer.",
              .checks = {{"relative error of a gradient against automatic differentiation in double "
                          "precision, away from the kinks of the ReLU, largest over the maps of the model "
                          "and over the snapshots of this run",
                          at_most, gradient_bound, "", "what single precision leaves of long sums"},
                         {"relative error of the loss over the same pairs, largest over the snapshots",
                          at_most, loss_bound, "", "the loss itself is summed in double precision"}},
              .control = "the textbook's gradients at the snapshot before, least error over snapshots",
              .source = this_file()},
         .measure = measure}};
}

SectionOutput exactness_section(const TrainedRun& run) {
    const ExactnessResults results = compare_with_textbook(run);
    const SnapshotError& worst = *std::ranges::max_element(results.snapshots, {}, &SnapshotError::gradient);
    return {.measurements = measure_claims(exactness_claims(), std::optional(results), ""),
            .facts = {{"exact",
                       {{"n_snapshots", counted(results.snapshots.size())},
                        {"worst_map", worst.parameter},
                        {"worst_epoch", format_count(worst.epoch)},
                        {"loss", format_number(largest_of(results.snapshots, &SnapshotError::loss))}}}}};
}

} // namespace grokreport
