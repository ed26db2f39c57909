#include "commands/claims.h"

#include "base/json.h"
#include "sections/sections.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

std::string check_text(const ClaimDefinition::Check& check) {
    std::string text =
        fmt::format("  check    {} {} {}", check.metric, to_string(check.relation), check.bound);
    if (!check.unit.empty()) text += " " + check.unit;
    if (!check.reason.empty()) text += ": " + check.reason;
    return text + "\n";
}

std::string claim_text(const ClaimDefinition& claim) {
    std::string text = fmt::format("{}  (section {}, {}{}, expected: {})\n  {}\n", claim.id, claim.section,
                                   to_string(claim.kind), claim.headline ? ", headline" : "",
                                   to_string(claim.expected), claim.statement);
    for (const ClaimDefinition::Check& check : claim.checks)
        text += check_text(check);
    if (!claim.control.empty()) text += fmt::format("  control  {}\n", claim.control);
    if (!claim.figures.empty()) text += fmt::format("  figures  {}\n", fmt::join(claim.figures, ", "));
    return text + fmt::format("  source   {}\n", claim.source);
}

} // namespace

std::string claims_text(const BoundTable& table) {
    std::string text;
    for (const ClaimDefinition& claim : table)
        text += (text.empty() ? "" : "\n") + claim_text(claim);
    return text;
}

Json claims_json(const BoundTable& table) {
    Json claims = Json::array();
    for (const ClaimDefinition& definition : table) {
        Json claim = to_json(Claim{.definition = definition, .measurement = {}, .reason = {}});
        for (const char* const measured : {"value", "details", "verdict", "reason"})
            claim.erase(measured);
        for (Json& check : claim["checks"])
            check.erase("value");
        if (!definition.control.empty()) claim["control"] = {{"description", definition.control}};
        claims.push_back(std::move(claim));
    }
    return claims;
}

void print_claims(const ClaimsRequest& request) {
    const BoundTable table = table_of_bounds(request.config);
    fmt::print("{}", request.json ? claims_json(table).dump(2) + "\n" : claims_text(table));
}

} // namespace grokreport
