// The claims as a JUnit report, which CI systems show: a test case a claim, of the same meaning as --strict.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace grokreport {

// document: claims.json. A claim that departs from its expectation is a failure, one that was not run is
// skipped; one that fails as expected is a success and says so.
std::string junit_xml(const nlohmann::ordered_json& document);

} // namespace grokreport
