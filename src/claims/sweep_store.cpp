#include "claims/sweep_store.h"

#include "base/json.h"

namespace grokreport {

namespace {

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS seeds (
    seed TEXT PRIMARY KEY,      -- 64 bits without a sign are more than INTEGER holds
    asked TEXT NOT NULL,        -- what the row is the answer to
    computed_from TEXT NOT NULL,
    "commit" TEXT NOT NULL,     -- of the programs that trained the seed
    document TEXT NOT NULL      -- its claims.json
);
CREATE TABLE IF NOT EXISTS claims (
    seed TEXT NOT NULL REFERENCES seeds ON DELETE CASCADE,
    claim TEXT NOT NULL, "check" INTEGER NOT NULL,
    metric TEXT NOT NULL, value REAL, bound REAL, relation TEXT NOT NULL,
    control REAL, verdict TEXT NOT NULL,
    PRIMARY KEY (seed, claim, "check")
);
)";

std::optional<double> number_of(const Json& value) {
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

void put_claims(const Database& database, const std::string& seed, const Json& claims) {
    Statement insert = database.prepare("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const Json& claim : claims) {
        const std::string id = claim.at("id"), verdict = claim.at("verdict");
        const Json& control = claim.at("control");
        const Json controls =
            control.is_object() ? control.value("values", Json::array({control.at("value")})) : Json::array();
        std::int64_t number = 0;
        for (const Json& check : claim.at("checks")) {
            const auto at = static_cast<std::size_t>(number);
            const auto controlled = at < controls.size() ? number_of(controls[at]) : std::nullopt;
            insert.bind(seed).bind(id).bind(number++).bind(check.at("metric").get<std::string>());
            insert.bind(number_of(check.at("value"))).bind(number_of(check.at("bound")));
            insert.bind(check.at("relation").get<std::string>()).bind(controlled).bind(verdict);
            insert.run();
        }
    }
}

} // namespace

SweepStore::SweepStore(const std::filesystem::path& file) : database_(file) {
    database_.execute("PRAGMA foreign_keys = ON");
    database_.execute(schema);
}

void SweepStore::put(const StoredOutcome& stored) {
    const std::lock_guard lock(mutex_);
    const std::string seed = std::to_string(stored.outcome.seed);
    Transaction transaction(database_);
    database_.prepare("DELETE FROM seeds WHERE seed = ?").bind(seed).run();
    database_.prepare("INSERT INTO seeds VALUES (?, ?, ?, ?, ?)")
        .bind(seed)
        .bind(stored.asked)
        .bind(stored.computed_from)
        .bind(stored.outcome.commit)
        .bind(stored.outcome.document.dump())
        .run();
    put_claims(database_, seed, stored.outcome.document.at("claims"));
    transaction.commit();
}

std::optional<StoredOutcome> SweepStore::find(const std::string& asked, std::uint64_t seed) {
    const std::lock_guard lock(mutex_);
    Statement select = database_.prepare(
        "SELECT computed_from, document, \"commit\" FROM seeds WHERE seed = ? AND asked = ?");
    select.bind(std::to_string(seed)).bind(asked);
    if (!select.step()) return std::nullopt;
    return StoredOutcome{asked, select.text(0), {seed, Json::parse(select.text(1)), "", select.text(2)}};
}

} // namespace grokreport
