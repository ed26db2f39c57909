#define CATCH_CONFIG_EXTERNAL_INTERFACES // listeners
#include "support/reliability.h"

#include "base/files.h"
#include "base/version.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <vector>

namespace grokreport::testing {

namespace {

struct Row {
    std::string kind, fault, outcome;
    int tries = 0, held = 0;
};

// One process runs all tests, one after the other.
std::vector<Row>& rows() {
    static std::vector<Row> all;
    return all;
}

// GROKREPORT_RELIABILITY names the file that gets the table of the faults tried.
struct TableWriter : Catch::TestEventListenerBase {
    using TestEventListenerBase::TestEventListenerBase;
    void testRunEnded(const Catch::TestRunStats&) override {
        if (const char* const file = std::getenv("GROKREPORT_RELIABILITY"))
            write_file(file, reliability_table());
    }
};
CATCH_REGISTER_LISTENER(TableWriter)

} // namespace

void tried(const std::string& kind, const std::string& fault, const std::string& outcome, bool held,
           int places) {
    auto row = std::ranges::find_if(rows(), [&](const Row& known) {
        return known.kind == kind && known.fault == fault && known.outcome == outcome;
    });
    if (row == rows().end()) row = rows().insert(row, {kind, fault, outcome});
    row->tries += places;
    row->held += held ? places : 0;
    INFO(kind << ": " << fault);
    CHECK(held);
}

bool is_for_the_table() {
    return std::getenv("GROKREPORT_RELIABILITY") != nullptr;
}

std::string reliability_table() {
    std::vector<std::string> kinds;
    for (const Row& row : rows())
        if (!std::ranges::count(kinds, row.kind)) kinds.push_back(row.kind);
    std::string table = fmt::format("\nAt commit {}.\n", commit());
    for (const std::string& kind : kinds) {
        table += fmt::format("\n### {}\n\n| What was done | What must happen | Tried | Happened |\n"
                             "| --- | --- | ---: | ---: |\n",
                             kind);
        for (const Row& row : rows())
            if (row.kind == kind)
                table += fmt::format("| {} | {} | {} | {} |\n", row.fault, row.outcome, row.tries, row.held);
    }
    return table;
}

} // namespace grokreport::testing
