#include "claims/junit.h"

#include "base/json.h"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <catch2/catch.hpp>
#include <sstream>

using namespace grokreport;

namespace {

Json judged_claim(const std::string& id, const std::string& verdict, const std::string& expected,
                  const std::string& kind = "law") {
    return {{"id", id},
            {"kind", kind},
            {"section", "5.1"},
            {"statement", "a < b & \"c\""},
            {"verdict", verdict},
            {"expected", expected},
            {"reason", verdict == "pass" ? "" : "0.7 is not > 0.9"},
            {"checks",
             {{{"metric", "purity"}, {"value", 0.7}, {"relation", ">"}, {"bound", 0.9}, {"unit", ""}}}}};
}

boost::property_tree::ptree parse_xml(const std::string& xml) {
    std::istringstream stream(xml);
    boost::property_tree::ptree tree;
    boost::property_tree::read_xml(stream, tree);
    return tree;
}

} // namespace

TEST_CASE("JUnit: failures are departures from what was expected", "[junit]") {
    const Json document = {
        {"seed", 3},
        {"claims",
         {judged_claim("a", "pass", "pass"), judged_claim("b", "fail", "pass"),
          judged_claim("c", "fail", "fail"), judged_claim("d", "pass", "fail"),
          judged_claim("e", "not-run", "pass"), judged_claim("f", "fail", "pass", "observation")}}};
    const auto tree = parse_xml(junit_xml(document));
    const auto& suite = tree.get_child("testsuites.testsuite");
    CHECK(suite.get<int>("<xmlattr>.tests") == 6);
    CHECK(suite.get<int>("<xmlattr>.failures") == 2);
    CHECK(suite.get<int>("<xmlattr>.skipped") == 2);
    int cases = 0;
    for (const auto& [name, test] : suite) {
        if (name != "testcase") continue;
        ++cases;
        const auto id = test.get<std::string>("<xmlattr>.name");
        CHECK((test.count("failure") == 1) == (id == "b" || id == "d"));
        CHECK((test.count("skipped") == 1) == (id == "e" || id == "f"));
        if (id == "f")
            CHECK(test.get<std::string>("skipped.<xmlattr>.message") ==
                  "an observation of the post's own run that does not recur here: 0.7 is not > 0.9");
        if (id == "b") {
            CHECK(test.get<std::string>("failure.<xmlattr>.message") == "0.7 is not > 0.9");
            CHECK(test.get<std::string>("failure").find("a < b & \"c\"") != std::string::npos);
        }
    }
    CHECK(cases == 6);
}
