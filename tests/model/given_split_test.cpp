// The split of a model of another program. tests/oracles/split_oracle.py shuffles with Python.
#include "base/files.h"
#include "base/python_random.h"
#include "model/given_split.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

TEST_CASE("Nanda's rule picks the pairs that Python picks", "[split]") {
    for (const auto& [p, fraction, seed] :
         {std::tuple{113, 0.3, std::uint64_t{0}}, std::tuple{113, 0.3, std::uint64_t{1}},
          std::tuple{7, 0.5, std::uint64_t{4294967296}},
          std::tuple{59, 0.4, std::uint64_t{18446744073709551615U}}}) {
        const auto expected = nlohmann::json::parse(grokreport::testing::ask_oracle(
            "split_oracle.py", {std::to_string(p), fmt::format("{}", fraction), std::to_string(seed)}));
        const Split split = nanda_split(p, fraction, seed);
        nlohmann::json found = nlohmann::json::array();
        for (const Pair& pair : split.train)
            found.push_back({pair.a, pair.b});
        CHECK(found == expected);
        CHECK(split.train.size() + split.test.size() == static_cast<std::size_t>(p * p));
    }
}

TEST_CASE("a file of pairs is a split", "[split]") {
    const TemporaryFolder folder;
    const auto read = [&](const std::string& text) {
        write_file(folder / "pairs.csv", text);
        return split_from_file(folder / "pairs.csv", 5);
    };
    CHECK(read("0,1\n4, 2\r\n").train == std::vector<Pair>{{0, 1}, {4, 2}});
    CHECK(read("0,1\n4,2\n").test.size() == 23);
    CHECK(read("a,b,set\n0,1,train\n1,1,test\n").train == std::vector<Pair>{{0, 1}});
    const Split ours = split_pairs(Config{.p = 5});
    CHECK(read(to_csv(ours)).train == ours.train);

    CHECK_THROWS_WITH(read("0,1\n5,0\n"), Contains("pairs.csv:2: '5' is no number from 0 to 4"));
    CHECK_THROWS_WITH(read("0,1\n0,1\n"), Contains("pairs.csv:2") && Contains("stands twice"));
    CHECK_THROWS_WITH(read("0,1,2\n"), Contains("neither train nor test"));
    CHECK_THROWS_WITH(read("0;1\n"), Contains("not two or three columns"));
    CHECK_THROWS_WITH(read("0,1x\n"), Contains("'1x'"));
    CHECK_THROWS_WITH(read("0,0,test\n"), Contains("0 of the 25 pairs"));
}
