// Any bytes as a file that a report reads. The first byte says which file.
#include "base/files.h"
#include "base/hash.h"
#include "claims/check_rows.h"
#include "claims/reference.h"
#include "commands/compare.h"
#include "hostile_reading.h"
#include "model/given_split.h"
#include "render/bibliography.h"
#include "render/claim_context.h"
#include "runs/metrics.h"
#include "runs/record.h"
#include "runs/results.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace {

using namespace grokreport;
namespace fs = std::filesystem;

// In memory, where the machine has such a folder.
const fs::path& folder() {
    static const fs::path made = [] {
        const fs::path base = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
        fs::path path = base / ("grokreport-fuzz-" + std::to_string(::getpid()));
        fs::create_directories(path);
        return path;
    }();
    return made;
}

fs::path stored(const std::string& name, const std::string& bytes) {
    const fs::path file = folder() / name;
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

// With the right checksum, so that the damage reaches the reader.
std::string sealed(const std::string& bytes) {
    const Json document = Json::parse(bytes, nullptr, false);
    if (document.is_discarded()) return bytes;
    return Json{{"sha256", sha256_hex(document.dump())}, {"results", document}}.dump();
}

// Two claims.json, and a robustness.json, which says how much the values differ between seeds.
void compare_stored(const std::string& bytes) {
    const Json documents = Json::parse(bytes, nullptr, false);
    if (!documents.is_array() || documents.size() != 3) return;
    const Paths paths{.root = folder(), .templates = fs::path(GROKREPORT_SOURCE_DIR) / "templates"};
    fs::create_directories(paths.report());
    stored("report/robustness.json", documents[2].dump());
    compare_runs({.before = stored("before.json", documents[0].dump()).string(),
                  .after = stored("after.json", documents[1].dump()).string(),
                  .paths = paths});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    testing::expect_an_answer([&] {
        switch (data[0]) {
        case 'r':
            load_results(stored("results.json", bytes));
            break;
        case 's':
            load_results(stored("results.json", sealed(bytes)));
            break;
        case 'b':
            render::Bibliography::read(stored("references.json", bytes));
            break;
        case 'p':
            split_from_file(stored("pairs.csv", bytes), 7);
            break;
        case 'm':
            metrics_from_csv(bytes, "metrics.csv");
            break;
        case 't':
            stored("training.json", bytes);
            load_record(folder());
            break;
        case 'c':
            if (const Json claim = Json::parse(bytes, nullptr, false); claim.is_object())
                render::describe_claim(claim);
            break;
        case 'v':
            check_rows_from_csv(bytes, "claims.csv");
            break;
        case 'k':
            read_calibrations(stored("calibration.csv", bytes));
            break;
        case 'd':
            compare_stored(bytes);
            break;
        default:
            break;
        }
    });
    return 0;
}
