#include "sections/grokking/findings.h"

#include "base/json.h"
#include "base/numbers.h"
#include "sections/bounds.h"
#include "model/parameters.h"

#include <fmt/format.h>
#include <limits>

namespace grokreport {

namespace {

constexpr double not_reached = std::numeric_limits<double>::quiet_NaN();
constexpr int latest_grokking = 8000; // a run shorter than this may simply not have got there

const std::string nothing = "–"; // a fact that this run does not have; the text around it is not shown

Measurement not_run(const std::string& id, const std::string& reason) {
    return {.id = id, .not_run = reason};
}

std::string too_short(int epochs_needed, const Config& config) {
    return fmt::format("needs {} epochs; this run has {}", format_count(epochs_needed),
                       format_count(config.epochs));
}

std::string count_or_nothing(const std::optional<int>& epoch) {
    return epoch ? format_count(*epoch) : nothing;
}
std::string number_or_nothing(const std::optional<double>& value) {
    return value ? format_number(*value) : nothing;
}

Measurement accuracy_measurement(const GrokkingResults& results) {
    if (!results.at_10k) return not_run("grok.accuracy", too_short(headline_epoch, results.config));
    return {.id = "grok.accuracy",
            .values = {results.at_10k->accuracy},
            .control = {results.untrained.accuracy},
            .details = {{"epoch", headline_epoch}, {"n_test", results.n_test}}};
}

Measurement unseen_measurement(const GrokkingResults& results) {
    const std::string id = "grok.accuracy-unseen";
    if (!results.at_10k) return not_run(id, too_short(headline_epoch, results.config));
    if (results.at_10k->n_unseen == 0) return not_run(id, "no pair is held out together with its mirror");
    if (!results.memorised) return not_run(id, "the control needs a memorising model, and none was reached");
    return {.id = id,
            .values = {results.at_10k->accuracy_unseen},
            .control = {results.memorised->accuracy_unseen},
            .details = {{"epoch", headline_epoch},
                        {"n_unseen", results.at_10k->n_unseen},
                        {"memorised_epoch", *results.milestones.memorised_epoch},
                        {"memorising_accuracy_on_all_held_out", results.memorised->accuracy}}};
}

Measurement loss_measurement(const GrokkingResults& results) {
    if (!results.at_10k) return not_run("grok.loss", too_short(headline_epoch, results.config));
    return {.id = "grok.loss",
            .values = {results.at_10k->loss},
            .control = {results.untrained.loss},
            .details = {{"epoch", headline_epoch}}};
}

// A run that ends before the latest epoch that counts may still be on its way; a longer one has failed.
bool may_still_grok(const GrokkingResults& results) {
    return !results.milestones.grokked_epoch && results.config.epochs < latest_grokking;
}

Measurement epoch_measurement(const GrokkingResults& results) {
    if (may_still_grok(results)) return not_run("grok.epoch", too_short(latest_grokking, results.config));
    const double epoch = results.milestones.grokked_epoch.value_or(0);
    const double value = results.milestones.grokked_epoch ? epoch : not_reached;
    return {.id = "grok.epoch", .values = {value, value}};
}

Measurement delayed_measurement(const GrokkingResults& results) {
    if (may_still_grok(results)) return not_run("grok.delayed", too_short(latest_grokking, results.config));
    const auto grokked = results.milestones.grokked_epoch, memorised = results.milestones.memorised_epoch;
    const double ratio =
        grokked && memorised && *memorised > 0 ? static_cast<double>(*grokked) / *memorised : not_reached;
    return {.id = "grok.delayed",
            .values = {ratio},
            .details = {{"memorised_epoch", memorised ? Json(*memorised) : Json(nullptr)},
                        {"grokked_epoch", grokked ? Json(*grokked) : Json(nullptr)}}};
}

Measurement norm_measurement(const GrokkingResults& results) {
    const auto& milestones = results.milestones;
    if (may_still_grok(results))
        return not_run("grok.norm-decay", too_short(latest_grokking, results.config));
    if (milestones.grokked_epoch && !milestones.norm_10000_later)
        return not_run("grok.norm-decay", too_short(*milestones.grokked_epoch + 10000, results.config));
    if (!milestones.grokked_epoch)
        return {.id = "grok.norm-decay", .values = {not_reached}, .control = {not_reached}};
    return {.id = "grok.norm-decay",
            .values = {*milestones.norm_2000_later / *milestones.norm_at_grok},
            .control = {*milestones.norm_10000_later / *milestones.norm_8000_later},
            .details = {{"grokked_epoch", *milestones.grokked_epoch},
                        {"at_grok", *milestones.norm_at_grok},
                        {"2000_later", *milestones.norm_2000_later},
                        {"8000_later", *milestones.norm_8000_later},
                        {"10000_later", *milestones.norm_10000_later}}};
}

} // namespace

std::vector<Measurement> grokking_measurements(const GrokkingResults& results) {
    const Measurement symmetric{.id = "model.symmetric", .values = {results.asymmetry}};
    return {symmetric,
            accuracy_measurement(results),
            unseen_measurement(results),
            loss_measurement(results),
            epoch_measurement(results),
            delayed_measurement(results),
            norm_measurement(results)};
}

Json run_facts(const Config& config, const Split& split, Pair example) {
    return {{"seed", std::to_string(config.seed)},
            {"p", std::to_string(config.p)},
            {"p_minus_1", std::to_string(config.p - 1)},
            {"d_vocab", std::to_string(config.d_vocab())},
            {"equals_token", std::to_string(config.equals_token())},
            {"d_model", std::to_string(config.d_model)},
            {"n_heads", std::to_string(config.n_heads)},
            {"d_head", std::to_string(config.d_head)},
            {"d_mlp", std::to_string(config.d_mlp)},
            {"epochs", format_count(config.epochs)},
            {"train_fraction", format_percent(config.train_fraction)},
            {"learning_rate", format_number(config.learning_rate)},
            {"weight_decay", format_number(config.weight_decay)},
            {"n_pairs", format_count(config.p * config.p)},
            {"n_train", format_count(static_cast<std::int64_t>(split.train.size()))},
            {"n_test", format_count(static_cast<std::int64_t>(split.test.size()))},
            {"n_parameters", format_count(static_cast<std::int64_t>(Parameters(config).flat().size()))},
            {"example_a", std::to_string(example.a)},
            {"example_b", std::to_string(example.b)},
            {"example_sum", std::to_string(example.a + example.b)},
            {"example_c", std::to_string(answer(example, config.p))}};
}

Json grokking_facts(const GrokkingResults& results) {
    const auto& [config, milestones, shown_row, untrained, at_10k, train_loss_at_10k, memorised, asymmetry,
                 n_test] = results;
    const auto n_unseen = static_cast<double>(untrained.n_unseen);
    const auto grokked = milestones.grokked_epoch;
    return {
        {"memorised", milestones.memorised_epoch.has_value()},
        {"grokked", grokked.has_value()},
        {"has_10k", at_10k.has_value()},
        {"memorised_epoch", count_or_nothing(milestones.memorised_epoch)},
        {"grokked_epoch", count_or_nothing(grokked)},
        {"delay_factor", grokked && milestones.memorised_epoch.value_or(0) > 0
                             ? format_number(static_cast<double>(*grokked) / *milestones.memorised_epoch)
                             : nothing},
        {"test_accuracy_10k", at_10k ? format_percent(at_10k->accuracy) : nothing},
        {"test_loss_10k", at_10k ? format_number(at_10k->loss) : nothing},
        {"train_loss_10k", number_or_nothing(train_loss_at_10k)},
        {"accuracy_unseen", at_10k ? format_percent(at_10k->accuracy_unseen) : nothing},
        {"n_unseen", format_count(static_cast<std::int64_t>(untrained.n_unseen))},
        {"share_mirrored", format_percent(1 - n_unseen / static_cast<double>(n_test))},
        {"memorising_accuracy", memorised ? format_percent(memorised->accuracy) : nothing},
        {"memorising_accuracy_unseen", memorised ? format_percent(memorised->accuracy_unseen) : nothing},
        {"norm_at_grok", number_or_nothing(milestones.norm_at_grok)},
        {"norm_later", number_or_nothing(milestones.norm_2000_later)},
        {"shown_epoch", format_count(shown_row.epoch)},
        {"shown_test_loss", format_number(shown_row.test_loss)},
        {"shown_test_accuracy", format_percent(shown_row.test_accuracy)},
    };
}

std::vector<Measurement> linear_measurements(const LinearResults& results) {
    const auto& [config, linear, frozen] = results;
    if (linear.accuracy < sustained_level && config.epochs < sustained_within)
        return {not_run("linear.groks", too_short(sustained_within, config))};
    return {
        {.id = "linear.groks",
         .values = {linear.accuracy},
         .control = {frozen.accuracy},
         .details = {{"reached_epoch", linear.reached_epoch ? Json(*linear.reached_epoch) : Json(nullptr)},
                     {"best", linear.best},
                     {"final", linear.final},
                     {"ever_exactly_1", linear.ever_exact},
                     {"evaluations_after", linear.n_after},
                     {"of_them_below_the_level", linear.n_below_after},
                     {"least_after", linear.n_after > 0 ? Json(linear.least_after) : Json(nullptr)},
                     {"frozen_best", frozen.best}}}};
}

Json linear_facts(const LinearResults& results) {
    const auto& [config, linear, frozen] = results;
    return {{"epochs", format_count(std::min(config.epochs, sustained_within))},
            {"groks", linear.reached_epoch.has_value()},
            {"reached_epoch", count_or_nothing(linear.reached_epoch)},
            {"best_accuracy", format_percent(linear.best)},
            {"final_accuracy", format_percent(linear.final)},
            {"ever_exact", linear.ever_exact},
            {"falls_back", linear.n_below_after > 0},
            {"n_after", format_count(linear.n_after)},
            {"n_below_after", format_count(linear.n_below_after)},
            {"least_after", format_percent(linear.least_after)},
            {"frozen_best_accuracy", format_percent(frozen.best)}};
}

} // namespace grokreport
