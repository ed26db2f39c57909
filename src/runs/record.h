// The record of a training: which program trained a run, when, and how long it took. It lies in the folder of
// the run.
#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace grokreport {

// An array with one object a session, in order. A run that was interrupted and resumed has several sessions.
//     first_epoch, last_epoch   where the session began, and the last epoch that it saved
//     started                   UTC: "2026-11-24T07:43:10Z"
//     seconds                   from the start to last_epoch
//     by                        provenance_of_numbers() of the program
// Null for a run of an older program, which wrote no record.
using TrainingRecord = nlohmann::ordered_json;

// Throws Error where the file is damaged.
TrainingRecord load_record(const std::filesystem::path& run_folder);

// Writes the record of the session that is running.
class RecordKeeper {
  public:
    // Appends a session of this program to those in the file.
    RecordKeeper(const std::filesystem::path& run_folder, int first_epoch);

    // Sets last_epoch and seconds of the session.
    void reached(int epoch);

  private:
    std::filesystem::path folder_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    TrainingRecord sessions_;
};

} // namespace grokreport
