#include "sections/snapshots/facts.h"

#include "base/json.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "runs/lists.h"
#include "sections/imported/facts.h"

#include <algorithm>

namespace grokreport {

namespace {

Json row_of(const Snapshot& snapshot) {
    const auto count = [&](Verdict verdict) {
        return std::to_string(std::ranges::count_if(
            snapshot.claims, [&](const Claim& claim) { return told_verdict(claim) == to_string(verdict); }));
    };
    return {{"epoch", format_count(snapshot.place.epoch)},
            {"split_known", snapshot.train.n > 0},
            {"train", percent(snapshot.train.accuracy)},
            {"test", percent(snapshot.test.accuracy)},
            {"all", percent(snapshot.all.accuracy)},
            {"frequencies", listed(snapshot.key_frequencies)},
            {"passed", count(Verdict::pass)},
            {"failed", count(Verdict::fail)}};
}

Json describe(const Snapshot& snapshot) {
    Json verdicts = Json::object(), values = Json::object();
    for (const Claim& claim : snapshot.claims) {
        verdicts[claim.definition.id] = to_string(claim.verdict);
        Json measured = Json::array();
        for (const double value : claim.measurement.values)
            measured.push_back(finite_or_null(value));
        values[claim.definition.id] = measured;
    }
    return {{"epoch", snapshot.place.epoch},
            {"file", clean_text(snapshot.place.file.filename().string())},
            {"item", clean_text(snapshot.place.item)},
            {"train", describe_scores(snapshot.train)},
            {"test", describe_scores(snapshot.test)},
            {"all", describe_scores(snapshot.all)},
            {"key_frequencies", snapshot.key_frequencies},
            {"verdicts", verdicts},
            {"values", values}};
}

} // namespace

Json snapshot_facts(const std::vector<Snapshot>& snapshots) {
    Json rows = Json::array();
    for (const Snapshot& snapshot : snapshots)
        rows.push_back(row_of(snapshot));
    return {{"several", !snapshots.empty()},
            {"n", std::to_string(snapshots.size())},
            {"first", snapshots.empty() ? "" : format_count(snapshots.front().place.epoch)},
            {"last", snapshots.empty() ? "" : format_count(snapshots.back().place.epoch)},
            {"has_split", !snapshots.empty() && snapshots.front().train.n > 0},
            {"rows", list_of(row_of({}), rows)}};
}

Json describe_snapshots(const std::vector<Snapshot>& snapshots) {
    Json described = Json::array();
    for (const Snapshot& snapshot : snapshots)
        described.push_back(describe(snapshot));
    return described;
}

} // namespace grokreport
