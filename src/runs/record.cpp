#include "runs/record.h"

#include "base/error.h"
#include "base/files.h"
#include "runs/paths.h"
#include "runs/provenance.h"

#include <cmath>
#include <fmt/chrono.h>

namespace grokreport {

namespace {

// Throws nlohmann::json::exception where a member that the page shows is missing or of another type.
void check_session(const nlohmann::ordered_json& session) {
    static_cast<void>(session.at("first_epoch").get<int>());
    static_cast<void>(session.at("last_epoch").get<int>());
    static_cast<void>(session.at("started").get<std::string>());
    static_cast<void>(session.at("seconds").get<double>());
    for (const auto& [name, value] : session.at("by").items())
        static_cast<void>(value.get<std::string>());
}

} // namespace

TrainingRecord load_record(const std::filesystem::path& run_folder) {
    const auto file = run_folder / record_file;
    if (!std::filesystem::exists(file)) return nullptr;
    try {
        TrainingRecord sessions = nlohmann::ordered_json::parse(read_file(file)).at("sessions");
        for (const auto& session : sessions)
            check_session(session);
        return sessions;
    } catch (const nlohmann::json::exception& broken) {
        throw Error(fmt::format("{} is damaged: {}", file.string(), broken.what()),
                    "delete it, and the report says that it was not recorded");
    }
}

RecordKeeper::RecordKeeper(const std::filesystem::path& run_folder, int first_epoch)
    : folder_(run_folder), sessions_(load_record(run_folder)) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (sessions_.is_null()) sessions_ = TrainingRecord::array();
    sessions_.push_back({{"first_epoch", first_epoch},
                         {"last_epoch", first_epoch},
                         {"started", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                                                 fmt::gmtime(std::chrono::system_clock::to_time_t(now)))},
                         {"seconds", 0.0},
                         {"by", provenance_of_numbers()}});
    reached(first_epoch);
}

void RecordKeeper::reached(int epoch) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin_;
    sessions_.back()["last_epoch"] = epoch;
    sessions_.back()["seconds"] = std::round(10 * elapsed.count()) / 10;
    write_file(folder_ / record_file, nlohmann::ordered_json{{"sessions", sessions_}}.dump(1) + "\n");
}

} // namespace grokreport
