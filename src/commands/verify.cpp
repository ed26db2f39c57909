#include "commands/verify.h"

#include "base/error.h"
#include "base/json.h"
#include "pipeline/seed_report.h"
#include "runs/results_store.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

namespace {

void print_claim(const Json& claim) {
    fmt::print("{}: {}\n{}\n", claim["id"].get<std::string>(), claim["verdict"].get<std::string>(),
               claim["statement"].get<std::string>());
    for (const Json& check : claim["checks"])
        fmt::print("  {}\n    {} {} {} {}\n", check["metric"].get<std::string>(), check["value"].dump(),
                   check["relation"].get<std::string>(), check["bound"].dump(),
                   check["unit"].get<std::string>());
    if (!claim["control"].is_null())
        fmt::print("  control: {}\n    {}\n", claim["control"]["description"].get<std::string>(),
                   claim["control"]["value"].dump());
    if (const std::string reason = claim["reason"]; !reason.empty()) fmt::print("  {}\n", reason);
    fmt::print("  details: {}\n  computed in {}\n", claim["details"].dump(),
               claim["source"].get<std::string>());
}

} // namespace

bool verify_claim(const VerifyRequest& request) {
    const Results stored = stored_results(request.study.config, request.place.paths);
    const auto is_asked_for = [&](const Json& claim) { return claim["id"] == request.claim; };
    const auto before = std::ranges::find_if(stored.claims["claims"], is_asked_for);
    if (before == stored.claims["claims"].end())
        throw Error(fmt::format("there is no claim '{}'", request.claim),
                    "report/claims.json lists them all");

    const std::vector<Claim> claims = judge_seed(request.study, request.place);
    const auto asked_for =
        std::ranges::find(claims, request.claim, [](const Claim& claim) { return claim.definition.id; });
    if (asked_for == claims.end())
        throw Error(fmt::format("claim '{}' is no longer in the table of bounds", request.claim),
                    "run `grokreport report` to write report/claims.json anew");
    const Json now = to_json(*asked_for);
    print_claim(now);
    const bool is_same = now["verdict"] == (*before)["verdict"] && now["value"] == (*before)["value"];
    fmt::print("{}\n", is_same
                           ? "the same as in the report"
                           : fmt::format("NOT the same as in the report: {}, {}",
                                         (*before)["verdict"].get<std::string>(), (*before)["value"].dump()));
    return is_same;
}

} // namespace grokreport
