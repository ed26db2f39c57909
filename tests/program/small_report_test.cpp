// Makes the small report that the other entries of ctest share: cmake/tests.cmake.
#include "support/small_report.h"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace grokreport;
using namespace grokreport::testing;

TEST_CASE("a small report is written from nothing", "[small-report]") {
    const char* const shared = std::getenv("GROKREPORT_MAKE_SMALL_REPORT");
    const TemporaryFolder own;
    const std::filesystem::path folder = shared ? std::filesystem::path(shared) : own.path();
    std::filesystem::remove_all(folder);
    const ProcessResult made = run_small("report", folder);
    CAPTURE(made.errors);
    CHECK(made.exit_status == 0);
    CHECK(std::filesystem::exists(folder / "report/index.html"));
}
