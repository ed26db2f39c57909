// What the tests try to break, counted as they try it: docs/reliability.md is made of these counts by
// `make reliability`.
#pragma once

#include <string>

namespace grokreport::testing {

// One fault was tried, in so many `places`, and had to end as `outcome` says; fails the test where it did
// not. `kind` is the heading of the table ("Killed"), `fault` and `outcome` a row of it.
void tried(const std::string& kind, const std::string& fault, const std::string& outcome, bool held,
           int places = 1);

// Whether this run makes the table (`make reliability`): an ordinary one tries what takes long less often.
bool is_for_the_table();

// The rows of all faults tried so far, in the order in which each was first tried, as Markdown.
std::string reliability_table();

} // namespace grokreport::testing
