#include "sections/grokking/facts.h"

#include "base/json.h"
#include "base/numbers.h"

namespace grokreport {

namespace {

// A fact that this run does not have. The template does not show the text around it.
const std::string missing_fact = "–";

std::string number_or_dash(const std::optional<double>& value) {
    return value ? format_number(*value) : missing_fact;
}
std::string percent_or_dash(const std::optional<HeldOut>& quality, double HeldOut::*share) {
    return quality ? format_percent((*quality).*share) : missing_fact;
}

} // namespace

std::string epoch_or_dash(const std::optional<int>& epoch) {
    return epoch ? format_count(*epoch) : missing_fact;
}

Json grokking_facts(const GrokkingResults& results) {
    const TrainingMilestones& milestones = results.milestones;
    const auto& at_10k = results.at_10k;
    const std::size_t n_unseen = results.untrained.n_unseen;
    const double share_unseen = static_cast<double>(n_unseen) / static_cast<double>(results.n_test);
    return {
        {"memorised", milestones.memorised_epoch.has_value()},
        {"grokked", milestones.grokked_epoch.has_value()},
        {"has_10k", at_10k.has_value()},
        {"memorised_epoch", epoch_or_dash(milestones.memorised_epoch)},
        {"grokked_epoch", epoch_or_dash(milestones.grokked_epoch)},
        {"delay_factor", number_or_dash(milestones.delay())},
        {"test_accuracy_10k", percent_or_dash(at_10k, &HeldOut::accuracy)},
        {"test_loss_10k", at_10k ? format_number(at_10k->loss) : missing_fact},
        {"train_loss_10k", number_or_dash(results.train_loss_at_10k)},
        {"accuracy_unseen", percent_or_dash(at_10k, &HeldOut::accuracy_unseen)},
        {"n_unseen", format_count(static_cast<std::int64_t>(n_unseen))},
        {"share_mirrored", format_percent(1 - share_unseen)},
        {"memorising_accuracy", percent_or_dash(results.memorised, &HeldOut::accuracy)},
        {"memorising_accuracy_unseen", percent_or_dash(results.memorised, &HeldOut::accuracy_unseen)},
        {"norm_at_grok", number_or_dash(milestones.norm_at_grok)},
        {"norm_later", number_or_dash(milestones.norm_2000_later)},
        {"shown_epoch", format_count(results.shown_row.epoch)},
        {"shown_test_loss", format_number(results.shown_row.test_loss)},
        {"shown_test_accuracy", format_percent(results.shown_row.test_accuracy)},
    };
}

} // namespace grokreport
