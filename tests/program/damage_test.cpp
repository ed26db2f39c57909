// Every file that a report keeps, damaged in turn: noticed, and either named or made again, never used.
#include "base/files.h"
#include "support/reliability.h"
#include "support/small_report.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>

using namespace grokreport;
using namespace grokreport::testing;

namespace fs = std::filesystem;

namespace {

enum class Damage { flipped_bit, cut, emptied };

std::string damaged(const std::string& bytes, Damage damage, std::mt19937& random) {
    if (bytes.empty() || damage == Damage::emptied) return "";
    const std::size_t place = std::uniform_int_distribution<std::size_t>(0, bytes.size() - 1)(random);
    if (damage == Damage::cut) return bytes.substr(0, place);
    std::string out = bytes;
    out[place] = static_cast<char>(out[place] ^ (1 << random() % 8));
    return out;
}

std::string what_it_is(const std::string& file) {
    if (file.starts_with("report/runs")) return "a file of a trained run";
    if (file.starts_with("report/results")) return "a stored result";
    if (file.starts_with("figures")) return "a file of a figure";
    return "a file of the report";
}

using Files = std::map<std::string, std::string>;

// Of the files of figures, which are many and alike, some; of all others, each.
std::vector<std::string> many_of(const Files& files) {
    std::vector<std::string> many;
    for (const auto& [file, hash] : files)
        if (!file.starts_with("figures") || file.starts_with("figures/seed-0/.stamps/c") ||
            file.find("/training-") != file.npos || file.find("/circles-we") != file.npos)
            many.push_back(file);
    return many;
}

// What an ordinary run tries.
std::vector<std::string> one_of_each_kind(const Files& files) {
    std::vector<std::string> chosen;
    for (const char* kind :
         {"epoch-00300.pt", "metrics.csv", "config.json", "results/seed-0.cache.json",
          "results/seed-0.formulas", "index.html", "training-10k.svg", ".stamps/circles-we"})
        chosen.push_back(
            std::ranges::find_if(files, [&](const auto& file) { return file.first.ends_with(kind); })->first);
    return chosen;
}

std::string name_of(Damage damage) {
    return damage == Damage::cut ? "cut" : damage == Damage::emptied ? "emptied" : "one bit flipped";
}

} // namespace

TEST_CASE("no damaged file is ever used", "[faults]") {
    const auto expected = files_of(finished_report());
    const TemporaryFolder output;
    fs::copy(finished_report(), output.path(), fs::copy_options::recursive);
    std::mt19937 random(113);
    int n = 0;
    for (const std::string& file : is_for_the_table() ? many_of(expected) : one_of_each_kind(expected)) {
        const Damage damage = std::array{Damage::flipped_bit, Damage::cut, Damage::emptied}[n++ % 3];
        const std::string bytes = read_file(output / file);
        write_file(output / file, damaged(bytes, damage, random));
        const ProcessResult result = run_small("report", output.path(), {"--threads", "1"});
        const bool is_named =
            result.exit_status == 1 && result.errors.find(fs::path(file).filename()) != std::string::npos;
        if (is_named) write_file(output / file, bytes);
        const auto different = differences(files_of(output.path()), expected);
        CAPTURE(file, name_of(damage), result.errors, different);
        const bool is_of_a_run = file.starts_with("report/runs");
        tried("Damaged", fmt::format("{}: {}", what_it_is(file), name_of(damage)),
              is_of_a_run ? "one line that names the file; what is there stays"
                          : "it is made again with the same bytes",
              (is_of_a_run ? is_named : result.exit_status == 0) && different.empty());
        if (!different.empty()) { // so that the next file is judged by itself
            fs::remove_all(output.path());
            fs::copy(finished_report(), output.path(), fs::copy_options::recursive);
        }
    }
}
