#include "base/median.h"
#include "base/numbers.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace grokreport;

TEST_CASE("counts are grouped by threes", "[numbers]") {
    CHECK(format_count(0) == "0");
    CHECK(format_count(999) == "999");
    CHECK(format_count(4325) == "4,325");
    CHECK(format_count(1234567) == "1,234,567");
    CHECK(format_count(-4325) == "\u22124,325");
}

TEST_CASE("numbers have the digits that they need and no more", "[numbers]") {
    CHECK(format_number(0.9) == "0.9");
    CHECK(format_number(0.90001) == "0.900");
    CHECK(format_number(71.849) == "71.8");
    CHECK(format_number(12345.67) == "12,346");
    CHECK(format_number(1.2e-6, 2) == "1.2\u00a0×\u00a010⁻⁶");
    CHECK(format_number(9.996e-6) == "1.00\u00a0×\u00a010⁻⁵");
    CHECK(format_number(2.5e7 + 0.5) == "2.50\u00a0×\u00a010⁷");
    CHECK(format_number(-0.25) == "\u22120.25");
    CHECK(format_number(std::numeric_limits<double>::quiet_NaN()) == "not finite");
}

TEST_CASE("the median is in the middle, or between the two in the middle", "[numbers]") {
    CHECK(std::isnan(median({})));
    CHECK(median({4}) == 4);
    CHECK(median({9, 1, 5}) == 5);
    CHECK(median({9, 1, 5, 2}) == 3.5);
}

TEST_CASE("only one is a hundred per cent", "[numbers]") {
    CHECK(format_percent(1) == "100\u00a0%");
    CHECK(format_percent(0.99996) == "99.996\u00a0%");
    CHECK(format_percent(1 - 1e-9).find("100") == std::string::npos);
    CHECK(format_percent(0.9998) == "99.98\u00a0%");
    CHECK(format_percent(0.3012) == "30.1\u00a0%");
    CHECK(format_percent(0.00004) == "0.004\u00a0%");
    CHECK(format_percent(0.00997) == "1\u00a0%");
    CHECK(format_percent(0) == "0\u00a0%");
    CHECK(format_percent(0.5) == "50\u00a0%");
}

TEST_CASE("a value never rounds onto a bound that it misses", "[numbers]") {
    CHECK(format_measured(0.99996, 1) == "0.99996");
    CHECK(format_measured(1, 1) == "1");
    CHECK(format_measured(0.9000001, 0.9) == "0.9000001");
    CHECK(format_measured(0.71234, 0.9) == "0.712");
}
