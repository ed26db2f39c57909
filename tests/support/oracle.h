// Debian's python3-torch as an oracle that shares no code with ours.
#pragma once

#include "base/process.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport::testing {

constexpr auto oracle_limit = std::chrono::seconds(3600); // importing torch takes seconds on a busy machine

// Debian's own, the one that its python3-torch belongs to.
constexpr const char* python = "/usr/bin/python3";

// Without the library the oracle is silent on a laptop and an error in CI.
inline bool has_oracle(const std::string& library = "torch") {
    const std::string package = "python3-" + library;
    static std::map<std::string, bool> is_there; // importing torch takes seconds
    if (!is_there.contains(library))
        is_there[library] =
            run_process({python, "-c", "import " + library}, "", oracle_limit, "python3").exit_status == 0;
    if (is_there[library]) return true;
    if (std::getenv("CI")) FAIL(package << " is missing: apt-get install " << package);
    WARN("skipped: " << package << " is missing");
    return false;
}

// What tests/oracles/<script> prints when it is run with these arguments.
inline std::string ask_oracle(const std::string& script, const std::vector<std::string>& arguments) {
    std::vector<std::string> argv{python, std::string(GROKREPORT_SOURCE_DIR "/tests/oracles/") + script};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return run_checked(argv, "", oracle_limit);
}

} // namespace grokreport::testing
