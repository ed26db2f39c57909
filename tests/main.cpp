#define CATCH_CONFIG_RUNNER
#include "base/files.h"
#include "support/reliability.h"

#include <catch2/catch.hpp>
#include <cstdlib>

// GROKREPORT_RELIABILITY names the file that gets the table of the faults tried.
int main(int argc, char* argv[]) {
    const int failed = Catch::Session().run(argc, argv);
    if (const char* const file = std::getenv("GROKREPORT_RELIABILITY"))
        grokreport::write_file(file, grokreport::testing::reliability_table());
    return failed;
}
