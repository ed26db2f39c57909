// The claims as a JUnit report for CI systems: one test case for each claim, with the meaning of --strict.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace grokreport {

// document: claims.json. A verdict other than the expected one is a failure. A claim that was not run, and an
// observation of the post's own run that does not recur, is skipped, and the message says why. A claim that
// fails as expected is a success, and its output says so.
std::string junit_xml(const nlohmann::ordered_json& document);

} // namespace grokreport
