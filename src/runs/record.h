// Who trained a run, when, and how long it took: kept in the run's folder from its first moment on, so that a
// later report by another program can say so.
#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace grokreport {

// A run that was cut off and went on has several sessions, in their order; each says
//     first_epoch, last_epoch   where it began and how far it was when its work was last saved
//     started                   UTC: "2026-11-24T07:43:10Z"
//     seconds                   from there to last_epoch
//     by                        what computed it: provenance_of_numbers()
// An array of such objects; null for a run of a program that did not keep it.
using TrainingRecord = nlohmann::ordered_json;

// Throws Error where the file is damaged.
TrainingRecord load_record(const std::filesystem::path& run_folder);

// One session under way.
class RecordKeeper {
  public:
    // Appends a session of this program to what earlier ones left, and writes.
    RecordKeeper(const std::filesystem::path& run_folder, int first_epoch);

    // Writes how far the session is.
    void reached(int epoch);

  private:
    std::filesystem::path folder_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    TrainingRecord sessions_;
};

} // namespace grokreport
