#include "sections/decoder/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "claims/extremes.h"
#include "runs/lists.h"

#include <cmath>

namespace grokreport {

namespace {

constexpr std::size_t named_at_most = 4; // numbers in a sentence

Json circle_facts(const Circles& circles) {
    Json alone = Json::array();
    for (std::size_t i = 0; i < circles.frequencies.size(); ++i)
        alone.push_back({{"k", std::to_string(circles.frequencies[i])},
                         {"accuracy", format_percent(circles.alone[i].accuracy)},
                         {"ahead", format_number(circles.alone[i].ahead)},
                         {"kept", std::to_string(i + 1)},
                         {"together", format_percent(circles.together[i].accuracy)}});
    return list_of({{"k", ""}, {"accuracy", ""}, {"ahead", ""}, {"kept", ""}, {"together", ""}}, alone);
}

} // namespace

Json decoder_facts(const DecoderResults& shown) {
    const auto [mean, deviation] = mean_cosine(shown.elsewhere);
    const double without_key = mean_cosine(shown.elsewhere_without_key).mean;
    const CloseUp& close_up = shown.close_up;
    std::vector<int> named = close_up.ahead;
    if (named.size() > named_at_most) named.resize(named_at_most);
    return {{"c", std::to_string(close_up.c)},
            {"k", std::to_string(close_up.k)},
            {"some_ahead", !close_up.ahead.empty()},
            {"n_ahead", format_count(static_cast<std::int64_t>(close_up.ahead.size()))},
            {"one_ahead", close_up.ahead.size() == 1},
            {"more_than_named", close_up.ahead.size() > named_at_most},
            {"ahead", close_up.ahead.empty() ? "–" : listed(named)},
            {"cosine", format_number(least_of(shown.aligned, &Alignment::cosine))},
            {"elsewhere_mean", format_number(mean)},
            {"elsewhere_deviation", format_number(deviation)},
            {"elsewhere_largest", format_number(largest_of(shown.elsewhere, &Alignment::cosine))},
            {"elsewhere_without_key", format_number(without_key)},
            {"has_elsewhere", !shown.elsewhere.empty()},
            {"elsewhere_is_leakage", std::abs(without_key) < 0.5 * std::abs(mean)},
            {"best_alone", format_percent(largest_of(shown.circles.alone, &AnswerScore::accuracy))},
            {"least_ahead", format_number(least_of(shown.circles.alone, &AnswerScore::ahead))},
            {"all_together", format_percent(shown.circles.all_together())},
            {"intact", format_percent(shown.circles.intact.accuracy)},
            {"one_hertz", format_percent(shown.one_hertz_share)},
            {"circles", circle_facts(shown.circles)}};
}

} // namespace grokreport
