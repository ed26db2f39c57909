// Formulas typeset by KaTeX, and the cache of what it answered.
#include "base/files.h"
#include "base/hash.h"
#include "render/mathematics.h"
#include "runs/paths.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace grokreport;
using namespace grokreport::render;
using namespace grokreport::testing;

namespace fs = std::filesystem;

namespace {

// The cache with another answer than KaTeX's, sealed as the right one would be.
std::string with_answer(const std::string& cache, const std::string& answer) {
    const std::string asked = cache.substr(0, cache.find('\n') + 1);
    return asked + sha256_hex(answer) + "\n" + answer;
}

} // namespace

TEST_CASE("formulas that were typeset before are taken from the cache", "[render]") {
    const TemporaryFolder folder;
    const KatexFiles katex{fs::path(GROKREPORT_SOURCE_DIR) / "templates/mathematics.js", katex_folder,
                           folder / "formulas"};
    const std::vector<Formula> sum{{"a + b", false, "here"}}, product{{"a b", false, "here"}};
    const std::vector<std::string> html = typeset(sum, katex);
    REQUIRE(html.size() == 1);
    CHECK(html[0].find("<math") != html[0].npos);
    CHECK(typeset(sum, {katex.script, katex.folder, {}}) == html);

    const std::string cache = read_file(katex.cache), other = R"([{"html": "of the cache"}])";
    write_file(katex.cache, with_answer(cache, other));
    CHECK(typeset(sum, katex) == std::vector<std::string>{"of the cache"});
    CHECK(typeset(product, katex) != std::vector<std::string>{"of the cache"});

    SECTION("a damaged cache is none") {
        for (const std::string& damaged :
             {std::string(), cache.substr(0, 20), cache.substr(0, cache.size() - 1), cache + " "}) {
            write_file(katex.cache, damaged);
            CHECK(typeset(sum, katex) == html);
            CHECK(read_file(katex.cache) == cache);
        }
    }
    SECTION("another script typesets anew") {
        const fs::path script = folder / "mathematics.js";
        write_file(script, read_file(katex.script) + "\n");
        write_file(katex.cache, with_answer(cache, other));
        CHECK(typeset(sum, {script, katex.folder, katex.cache}) == html);
    }
}
