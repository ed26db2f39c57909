#include "sections/decoder/findings.h"

#include "base/json.h"
#include "base/numbers.h"
#include "claims/extremes.h"
#include "base/frequencies_in_words.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace grokreport {

namespace {

constexpr std::size_t named_at_most = 4; // numbers in a sentence

struct MeanAndSpread {
    double mean = 0;
    double deviation = 0;
};
MeanAndSpread mean_and_spread(const std::vector<Alignment>& alignments) {
    double sum = 0, squares = 0;
    for (const Alignment& at : alignments) {
        sum += at.cosine;
        squares += at.cosine * at.cosine;
    }
    const auto n = static_cast<double>(alignments.size()); // NaN where there are none
    const double mean = sum / n;
    return {mean, std::sqrt(std::max(0.0, squares / n - mean * mean))};
}

Measurement alignment_measurement(const DecoderResults& results) {
    Json by_frequency = Json::object();
    for (const Alignment& at : results.aligned)
        by_frequency[std::to_string(at.k)] = at.cosine;
    const auto [mean, deviation] = mean_and_spread(results.elsewhere);
    return {.id = "decoder.aligned",
            .values = {least_of(results.aligned, &Alignment::cosine)},
            .control = {largest_of(results.elsewhere, &Alignment::cosine)},
            .details = {{"mean_cosine", by_frequency},
                        {"not_active_mean", mean},
                        {"not_active_standard_deviation", deviation},
                        {"not_active_least", least_of(results.elsewhere, &Alignment::cosine)},
                        {"not_active_largest", largest_of(results.elsewhere, &Alignment::cosine)},
                        {"not_active_count", results.elsewhere.size()},
                        {"not_active_mean_without_key_components",
                         mean_and_spread(results.elsewhere_without_key).mean}}};
}

double all_together(const Circles& circles) {
    return circles.together.empty() ? std::numeric_limits<double>::quiet_NaN()
                                    : circles.together.back().accuracy;
}

Measurement one_circle_measurement(const DecoderResults& results) {
    const Circles& circles = results.circles;
    Json by_frequency = Json::object();
    for (std::size_t i = 0; i < circles.frequencies.size(); ++i)
        by_frequency[std::to_string(circles.frequencies[i])] = {{"accuracy", circles.alone[i].accuracy},
                                                                {"answers_ahead", circles.alone[i].ahead}};
    return {.id = "decoder.one-circle-is-not-enough",
            .values = {largest_of(circles.alone, &AnswerScore::accuracy),
                       least_of(circles.alone, &AnswerScore::ahead), all_together(circles)},
            .control = {all_together(circles)},
            .details = {{"alone", by_frequency},
                        {"all_together", all_together(circles)},
                        {"intact", circles.intact.accuracy}}};
}

Json circle_facts(const Circles& circles) {
    Json alone = Json::array();
    for (std::size_t i = 0; i < circles.frequencies.size(); ++i)
        alone.push_back({{"k", std::to_string(circles.frequencies[i])},
                         {"accuracy", format_percent(circles.alone[i].accuracy)},
                         {"ahead", format_number(circles.alone[i].ahead)},
                         {"kept", std::to_string(i + 1)},
                         {"together", format_percent(circles.together[i].accuracy)}});
    return {{"prototype", {{"k", ""}, {"accuracy", ""}, {"ahead", ""}, {"kept", ""}, {"together", ""}}},
            {"items", alone}};
}

} // namespace

std::vector<Measurement> decoder_measurements(const std::optional<DecoderResults>& judged,
                                              const std::string& reason) {
    if (!judged)
        return {{.id = "decoder.aligned", .not_run = reason},
                {.id = "decoder.one-circle-is-not-enough", .not_run = reason},
                {.id = "decoder.no-one-hertz", .not_run = reason}};
    return {alignment_measurement(*judged),
            one_circle_measurement(*judged),
            {.id = "decoder.no-one-hertz", .values = {judged->one_hertz_share}}};
}

Json decoder_facts(const DecoderResults& shown) {
    const auto [mean, deviation] = mean_and_spread(shown.elsewhere);
    const double without_key = mean_and_spread(shown.elsewhere_without_key).mean;
    const CloseUp& close_up = shown.close_up;
    std::vector<int> named = close_up.ahead;
    if (named.size() > named_at_most) named.resize(named_at_most);
    return {{"c", std::to_string(close_up.c)},
            {"k", std::to_string(close_up.k)},
            {"some_ahead", !close_up.ahead.empty()},
            {"n_ahead", format_count(static_cast<std::int64_t>(close_up.ahead.size()))},
            {"one_ahead", close_up.ahead.size() == 1},
            {"more_than_named", close_up.ahead.size() > named_at_most},
            {"ahead", close_up.ahead.empty() ? "–" : list_in_words(named)},
            {"cosine", format_number(least_of(shown.aligned, &Alignment::cosine))},
            {"elsewhere_mean", format_number(mean)},
            {"elsewhere_deviation", format_number(deviation)},
            {"elsewhere_largest", format_number(largest_of(shown.elsewhere, &Alignment::cosine))},
            {"elsewhere_without_key", format_number(without_key)},
            {"has_elsewhere", !shown.elsewhere.empty()},
            {"elsewhere_is_leakage", std::abs(without_key) < 0.5 * std::abs(mean)},
            {"best_alone", format_percent(largest_of(shown.circles.alone, &AnswerScore::accuracy))},
            {"least_ahead", format_number(least_of(shown.circles.alone, &AnswerScore::ahead))},
            {"all_together", format_percent(all_together(shown.circles))},
            {"intact", format_percent(shown.circles.intact.accuracy)},
            {"one_hertz", format_percent(shown.one_hertz_share)},
            {"circles", circle_facts(shown.circles)}};
}

} // namespace grokreport
