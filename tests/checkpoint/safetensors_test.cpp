#include "base/error.h"
#include "base/files.h"
#include "checkpoint/counting_tensor.h"
#include "checkpoint/malformed.h"
#include "checkpoint/safetensors.h"
#include "checkpoint/state_dict.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::counting;

namespace {

// A file with this header and data, the size of the header as it is or as told.
std::string safe_file(const std::string& header, const std::string& data, std::uint64_t told = 0) {
    const std::uint64_t size = told != 0 ? told : header.size();
    std::string bytes(sizeof size, '\0');
    std::memcpy(bytes.data(), &size, sizeof size);
    return bytes + header + data;
}

std::vector<Tensor> read_all(const std::string& bytes) {
    return state_dict_of(bytes, "x.safetensors", [](std::string_view) { return true; }).tensors;
}

void check_refused_safe(const std::string& bytes, const std::string& reason) {
    CHECK_THROWS_WITH(read_all(bytes), Contains("x.safetensors: ") && Contains(reason));
}

std::string described(const std::string& shape, const std::string& offsets, const std::string& type = "F32") {
    return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

std::string one(const std::string& shape, const std::string& offsets, const std::string& type = "F32") {
    return R"({"x":)" + described(shape, offsets, type) + "}";
}

const std::string four(16, '\0'); // four numbers of 32 bits

} // namespace

TEST_CASE("safetensors are read as they were written", "[checkpoint][safetensors]") {
    const std::vector<Tensor> tensors{counting("a", {2, 3}), counting("scalar", {}), counting("none", {0, 4}),
                                      counting("z", {7}), counting("b", {2, 2, 2})};
    std::vector<Tensor> read = read_all(to_safetensors(tensors));
    CHECK(read.size() == tensors.size());
    for (const Tensor& tensor : tensors)
        CHECK(std::ranges::find(read, tensor) != read.end());
    CHECK(to_safetensors(tensors) == to_safetensors(tensors));
    CHECK_THROWS_WITH(to_safetensors({counting("a", {1}), counting("a", {1})}), Contains("twice"));
    CHECK_THROWS_WITH(to_safetensors({{"a", {1}, {std::numeric_limits<float>::infinity()}}}),
                      Contains("not finite"));
}

TEST_CASE("a second reader agrees on our safetensors", "[checkpoint][safetensors][oracle]") {
    if (!testing::has_oracle()) return;
    const testing::TemporaryFolder folder;
    const std::vector<Tensor> tensors{counting("embed.W_E", {7, 5}), counting("\"quoted\" \xc3\xa4", {3}),
                                      counting("scalar", {}), counting("none", {0, 4})};
    write_file(folder / "x.safetensors", to_safetensors(tensors));
    const auto seen = nlohmann::json::parse(
        testing::ask_oracle("containers_oracle.py", {"describe", (folder / "x.safetensors").string()}));
    CHECK(seen["metadata"] == nlohmann::json{{"format", "pt"}});
    REQUIRE(seen["tensors"].size() == tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CHECK(seen["tensors"][i]["name"] == tensors[i].name);
        CHECK(seen["tensors"][i]["shape"] == tensors[i].shape);
        const auto& values = tensors[i].values;
        CHECK(seen["tensors"][i]["sum"] == std::accumulate(values.begin(), values.end(), 0.0));
        CHECK(seen["tensors"][i]["weighted"] ==
              std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
    }
}

TEST_CASE("hostile headers of safetensors are refused", "[checkpoint][safetensors]") {
    CHECK(read_all(safe_file(one("[2,2]", "[0,16]"), four)).at(0).shape == std::vector<std::int64_t>{2, 2});
    // Sizes
    check_refused_safe(safe_file(one("[4]", "[0,16]"), four, 1'000), "header is cut short");
    check_refused_safe(safe_file(one("[4]", "[0,16]"), four, std::uint64_t{1} << 39), "header is cut short");
    check_refused_safe(safe_file("{" + std::string(17 << 20, ' ') + "}", ""), "more than 16777216");
    check_refused_safe(safe_file(one("[4]", "[0,16]"), four).substr(0, 40), "header is cut short");
    check_refused_safe(safe_file("{\"x\":", four), "not valid JSON");
    check_refused_safe(safe_file("{\"\xff\":1}", ""), "not valid JSON");
    // Offsets
    check_refused_safe(safe_file(one("[5]", "[0,20]"), four), "reaches from byte 0 to 20 of 16");
    check_refused_safe(safe_file(one("[4]", "[16,0]"), four), "reaches from byte 16 to 0");
    check_refused_safe(safe_file(one("[4]", "[-16,0]"), four), "not a size");
    check_refused_safe(safe_file(one("[4]", "[0,1.6e1]"), four), "not a size");
    check_refused_safe(safe_file(one("[4]", "[0,18446744073709551615]"), four), "not a size");
    check_refused_safe(safe_file(one("[4]", "[0,16,32]"), four), "not two numbers");
    check_refused_safe(safe_file(one("[3]", "[0,16]"), four), "does not fit its 16 bytes");
    check_refused_safe(safe_file(one("[4611686018427387904,4]", "[0,16]"), four), "larger than its file");
    check_refused_safe(safe_file(one("[4294967296,4294967296,4294967296]", "[0,16]"), four),
                       "larger than its file");
    // Overlaps and holes
    const std::string overlap =
        R"({"x":)" + described("[2]", "[0,8]") + R"(,"y":)" + described("[3]", "[4,16]") + "}";
    check_refused_safe(safe_file(overlap, four), "overlaps another");
    const std::string hole =
        R"({"x":)" + described("[1]", "[0,4]") + R"(,"y":)" + described("[2]", "[8,16]") + "}";
    check_refused_safe(safe_file(hole, four), "a hole is before it");
    check_refused_safe(safe_file(one("[2]", "[8,16]"), four), "a hole is before it");
    check_refused_safe(safe_file(one("[2]", "[0,8]"), four), "something follows its tensors");
    check_refused_safe(
        safe_file(R"({"x":)" + described("[4]", "[0,16]") + R"(,"y":)" + described("[4]", "[0,16]") + "}",
                  four),
        "overlaps another");
    // Keys, depth, kinds
    check_refused_safe(
        safe_file(R"({"x":)" + described("[4]", "[0,16]") + R"(,"x":)" + described("[4]", "[0,16]") + "}",
                  four),
        "the key x twice");
    check_refused_safe(
        safe_file(R"({"x":{"dtype":"F32","dtype":"F64","shape":[4],"data_offsets":[0,16]}})", four),
        "the key dtype twice");
    check_refused_safe(safe_file("{\"x\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}", ""),
                       "nested too deeply");
    check_refused_safe(safe_file(one("[[4]]", "[0,16]"), four), "nested too deeply");
    check_refused_safe(safe_file(one("[4]", "[0,16]", "F4_E2M1"), four), "its dtype is unknown");
    check_refused_safe(safe_file(one("[16]", "[0,16]", "F8_E4M3"), four),
                       "numbers of type F8_E4M3 are not read");
    check_refused_safe(safe_file(R"({"x":4})", ""), "not described by");
    check_refused_safe(safe_file(R"({"x":{"dtype":"F32","shape":[4],"data":[0,16]}})", four),
                       "no data_offsets");
    check_refused_safe(safe_file(one("4", "[0,16]"), four), "no list of at most");
    std::string many = "{\"x\":[1";
    for (int i = 0; i < 1'000'000; ++i)
        many += ",1";
    check_refused_safe(safe_file(many + "]}", ""), "more than 1000000 values");
    // A value that is not finite
    check_refused_safe(safe_file(one("[4]", "[0,16]"), std::string(16, '\xff')),
                       "tensor x: it holds a value");
    // Every byte of a small file cut off or changed: an Error or tensors, nothing else
    const std::string whole = to_safetensors({counting("a", {2, 3}), counting("b", {2})});
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_THROWS_AS(read_all(whole.substr(0, size)), Error);
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const char bit : {1, 16}) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ bit);
            try {
                read_all(damaged);
            } catch (const Error&) {
            }
        }
}
