#include "claims/junit.h"

#include "base/json.h"
#include "base/text.h"
#include "claims/claim.h"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <fmt/format.h>
#include <sstream>

namespace grokreport {

namespace {

using boost::property_tree::ptree;

enum class TestOutcome { success, failure, skipped };

TestOutcome outcome_of(const Json& claim) {
    if (claim.at("verdict") == to_string(Verdict::not_run) || told_verdict(claim) == not_recurring)
        return TestOutcome::skipped;
    return is_as_expected(claim) ? TestOutcome::success : TestOutcome::failure;
}

// The statement, then one line a check with value and bound.
std::string checks_text(const Json& claim) {
    std::string text = claim.at("statement").get<std::string>() + "\n";
    for (const Json& check : claim.at("checks"))
        text += fmt::format("{}: {} {} {} {}\n", check.at("metric").get<std::string>(),
                            check.at("value").dump(), check.at("relation").get<std::string>(),
                            check.at("bound").dump(), check.at("unit").get<std::string>());
    return text;
}

ptree test_case(const Json& claim) {
    ptree test;
    test.put("<xmlattr>.classname", "section " + claim.at("section").get<std::string>());
    test.put("<xmlattr>.name", claim.at("id").get<std::string>());
    const std::string verdict = claim.at("verdict"), reason = claim.at("reason");
    switch (outcome_of(claim)) {
    case TestOutcome::success:
        test.put("system-out", checks_text(claim) + (verdict == "pass" ? "" : verdict + ", as expected\n"));
        break;
    case TestOutcome::failure:
        test.put("failure", checks_text(claim));
        test.put("failure.<xmlattr>.type", verdict);
        test.put("failure.<xmlattr>.message", reason.empty() ? verdict + ", against expectation" : reason);
        break;
    case TestOutcome::skipped:
        test.put("skipped.<xmlattr>.message",
                 told_verdict(claim) == not_recurring
                     ? "an observation of the post's own run that does not recur here: " + reason
                     : reason);
        break;
    }
    return test;
}

} // namespace

std::string junit_xml(const Json& document) {
    const Json& claims = document.at("claims");
    int failures = 0, skipped = 0;
    ptree suite;
    const bool imported = document.at("seed").is_null();
    suite.put("<xmlattr>.name",
              imported ? "grokreport, model " + document.at("model").at("file").get<std::string>()
                       : fmt::format("grokreport, seed {}", document.at("seed").dump()));
    for (const Json& claim : claims) {
        failures += outcome_of(claim) == TestOutcome::failure ? 1 : 0;
        skipped += outcome_of(claim) == TestOutcome::skipped ? 1 : 0;
    }
    suite.put("<xmlattr>.tests", claims.size());
    suite.put("<xmlattr>.failures", failures);
    suite.put("<xmlattr>.skipped", skipped);
    for (const Json& claim : claims)
        suite.add_child("testcase", test_case(claim));
    ptree root;
    root.add_child("testsuites.testsuite", suite);
    std::ostringstream xml;
    boost::property_tree::write_xml(xml, root,
                                    boost::property_tree::xml_writer_make_settings<std::string>(' ', 1));
    return clean_text(xml.str()) + "\n";
}

} // namespace grokreport
