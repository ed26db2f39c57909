// The claims of a sweep, all seeds in one SQLite file. A seed is written as soon as it ends, as a whole, so
// that a kill loses at most the seeds that were being analysed.
//
// Two tables. seeds: one row a seed, with its document claims.json. claims: one row for each check of each
// claim of each seed, for whoever asks the file with SQL:
//     SELECT seed, value FROM claims WHERE claim = 'grok.accuracy' AND verdict = 'fail'
#pragma once

#include "base/database.h"
#include "claims/across_seeds.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

namespace grokreport {

struct StoredOutcome {
    // What it is the answer to, such as a hash of the settings and of the definitions.
    std::string asked;
    // A hash of the program and of the files that it was computed from, for as long as these are there.
    std::string computed_from;
    SeedOutcome outcome{};
};

class SweepStore {
  public:
    // Opens the file or creates it. Throws Error where it is no such file.
    explicit SweepStore(const std::filesystem::path& file);

    // Writes a seed that did not fail; an earlier row of the seed is replaced. May be called by several
    // threads.
    void put(const StoredOutcome& stored);

    // The row of a seed; nothing where there is none, or one that answers something else.
    std::optional<StoredOutcome> find(const std::string& asked, std::uint64_t seed);

  private:
    Database database_;
    std::mutex mutex_;
};

} // namespace grokreport
