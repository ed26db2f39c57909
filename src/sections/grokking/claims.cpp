#include "sections/grokking/claims.h"

#include "base/json.h"
#include "base/undefined.h"
#include "sections/models.h"

#include <cmath>
#include <fmt/format.h>

namespace grokreport {

namespace {

using enum Relation;
using GrokkingClaim = MeasuredClaim<GrokkingResults>;

constexpr int latest_grokking = 8000; // epochs; a shorter run may grok later

Measurement not_measured(const std::string& reason) {
    return {.not_run = reason};
}
Measurement without_headline(const GrokkingResults& results) {
    return not_measured(too_few_epochs(headline_epoch, results.epochs));
}

bool may_still_grok(const GrokkingResults& results) {
    return !results.milestones.grokked_epoch && results.epochs < latest_grokking;
}
Measurement without_grokking(const GrokkingResults& results) {
    return not_measured(too_few_epochs(latest_grokking, results.epochs));
}

GrokkingClaim symmetric() {
    constexpr double symmetry_bound = 1e-5;
    const auto measure = [](const GrokkingResults& results) -> Measurement {
        return {.values = {results.asymmetry}};
    };
    return {.definition =
                {.id = "model.symmetric",
                 .section = "3",
                 .kind = Kind::ours,
                 .statement = "Without positions a and b are interchangeable.",
                 .checks = {{"largest difference between the logits of (a, b) and (b, a), over their spread",
                             at_most, symmetry_bound, "",
                             "rounding alone; the architecture cannot tell the two apart"}},
                 .source = this_file()},
            .measure = measure};
}

GrokkingClaim accurate() {
    constexpr double accuracy_bound = 1;
    const auto measure = [](const GrokkingResults& results) -> Measurement {
        if (!results.at_10k) return without_headline(results);
        return {.values = {results.at_10k->accuracy},
                .control = {results.untrained.accuracy},
                .details = {{"epoch", headline_epoch}, {"n_test", results.n_test}}};
    };
    return {.definition = {.id = "grok.accuracy",
                           .section = "4",
                           .headline = true,
                           .statement = "Test accuracy reaches 100 %.",
                           .checks = {{"share of held-out pairs answered rightly at 10,000 epochs", at_least,
                                       accuracy_bound, "", "the figure that the post gives"}},
                           .control = "the same model before training",
                           .figures = {"training-10k"},
                           .source = this_file()},
            .measure = measure};
}

GrokkingClaim accurate_on_unseen() {
    constexpr double accuracy_bound = 1;
    const auto measure = [](const GrokkingResults& results) -> Measurement {
        if (!results.at_10k) return without_headline(results);
        if (results.at_10k->n_unseen == 0)
            return not_measured("no pair is held out together with its mirror");
        if (!results.memorised)
            return not_measured("the control needs a memorising model, and none was reached");
        return {.values = {results.at_10k->accuracy_unseen},
                .control = {results.memorised->accuracy_unseen},
                .details = {{"epoch", headline_epoch},
                            {"n_unseen", results.at_10k->n_unseen},
                            {"memorised_epoch", *results.milestones.memorised_epoch},
                            {"memorising_accuracy_on_all_held_out", results.memorised->accuracy}}};
    };
    return {.definition =
                {.id = "grok.accuracy-unseen",
                 .section = "4",
                 .kind = Kind::ours,
                 .statement =
                     "The accuracy is not only symmetry: pairs whose mirror was held out too are answered.",
                 .checks =
                     {{"share answered rightly, at 10,000 epochs, of the held-out pairs (a, b) whose mirror "
                       "(b, a) is held out too",
                       at_least, accuracy_bound, "",
                       "the figure that the post gives, where no memorised mirror helps"}},
                 .control = "the memorising model: the first evaluated epoch with 100 % train accuracy",
                 .figures = {"training-10k"},
                 .source = this_file()},
            .measure = measure};
}

GrokkingClaim small_loss(const Config& config) {
    constexpr double loss_bound = 0.01; // nats
    const auto measure = [](const GrokkingResults& results) -> Measurement {
        if (!results.at_10k) return without_headline(results);
        return {.values = {results.at_10k->loss},
                .control = {results.untrained.loss},
                .details = {{"epoch", headline_epoch}}};
    };
    return {
        .definition = {.id = "grok.loss",
                       .section = "4",
                       .statement = "Test loss reaches 0.",
                       .checks = {{"mean test cross-entropy at 10,000 epochs", at_most, loss_bound, "nats",
                                   fmt::format("{:.1f} % of ln(p + 1), the loss of guessing",
                                               100 * loss_bound / std::log(config.d_vocab()))}},
                       .control = "the same model before training",
                       .figures = {"training-10k"},
                       .source = this_file()},
        .measure = measure};
}

GrokkingClaim groks_in_time() {
    constexpr double earliest = 2000, latest = 8000; // epochs
    const auto measure = [](const GrokkingResults& results) -> Measurement {
        if (may_still_grok(results)) return without_grokking(results);
        const auto epoch = results.milestones.grokked_epoch;
        const double value = epoch ? *epoch : undefined;
        return {.values = {value, value}};
    };
    return {.definition = {.id = "grok.epoch",
                           .section = "4",
                           .kind = Kind::observation,
                           .statement = "Test accuracy reaches 100 % at about 4,000 epochs.",
                           .checks = {{"first evaluated epoch with 100 % test accuracy", at_least, earliest,
                                       "epochs", "half of the post's figure"},
                                      {"first evaluated epoch with 100 % test accuracy", at_most, latest,
                                       "epochs", "twice the post's figure"}},
                           .figures = {"training-10k"},
                           .source = this_file()},
            .measure = measure};
}

GrokkingClaim delayed() {
    constexpr double delay_bound = 5; // times
    const auto measure = [](const GrokkingResults& results) -> Measurement {
        if (may_still_grok(results)) return without_grokking(results);
        const auto epoch_or_null = [](const std::optional<int>& epoch) {
            return epoch ? Json(*epoch) : Json(nullptr);
        };
        return {.values = {results.milestones.delay().value_or(undefined)},
                .details = {{"memorised_epoch", epoch_or_null(results.milestones.memorised_epoch)},
                            {"grokked_epoch", epoch_or_null(results.milestones.grokked_epoch)}}};
    };
    return {
        .definition =
            {.id = "grok.delayed",
             .section = "4",
             .statement = "The model memorises first and generalises much later.",
             .checks = {{"first evaluated epoch with 100 % test accuracy over the first with 100 % train "
                         "accuracy",
                         at_least, delay_bound, "", "a gap that no choice of evaluation epochs could make"}},
             .figures = {"training-10k"},
             .source = this_file()},
        .measure = measure};
}

GrokkingClaim norm_decays() {
    constexpr double decay_bound = 0.9; // of the sum of squares
    const auto measure = [](const GrokkingResults& results) -> Measurement {
        const TrainingMilestones& milestones = results.milestones;
        if (may_still_grok(results)) return without_grokking(results);
        if (!milestones.grokked_epoch) return {.values = {undefined}, .control = {undefined}};
        if (!milestones.norm_10000_later)
            return not_measured(too_few_epochs(*milestones.grokked_epoch + 10000, results.epochs));
        return {.values = {*milestones.norm_2000_later / *milestones.norm_at_grok},
                .control = {*milestones.norm_10000_later / *milestones.norm_8000_later},
                .details = {{"grokked_epoch", *milestones.grokked_epoch},
                            {"at_grok", *milestones.norm_at_grok},
                            {"2000_later", *milestones.norm_2000_later},
                            {"8000_later", *milestones.norm_8000_later},
                            {"10000_later", *milestones.norm_10000_later}}};
    };
    return {
        .definition = {.id = "grok.norm-decay",
                       .section = "4",
                       .statement =
                           "The sum of squares of W_E goes on falling after test accuracy has reached 100 %.",
                       .checks = {{"sum of squares of W_E 2,000 epochs after the first epoch with 100 % test "
                                   "accuracy, over its value at that epoch",
                                   less, decay_bound, "", "a fall that the eye sees in the figure"}},
                       .control = "the same ratio 8,000 epochs later, when the curve is flat",
                       .figures = {"training-10k", "training-20k"},
                       .source = this_file()},
        .measure = measure};
}

} // namespace

ClaimList<GrokkingResults> grokking_claims(const Config& config) {
    return {symmetric(),     accurate(), accurate_on_unseen(), small_loss(config),
            groks_in_time(), delayed(),  norm_decays()};
}

} // namespace grokreport
