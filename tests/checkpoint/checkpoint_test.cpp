#include "base/error.h"
#include "base/files.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/zip_archive.h"
#include "fuzz/hostile_reading.h"
#include "support/reliability.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace {

// A matrix, a vector, a scalar and two empty tensors, with values that text of few digits would lose.
std::vector<Tensor> sample() {
    return {{"embed.W_E", {2, 3}, {1.0F, -2.0F, 0.1F, 1e-45F, -0.0F, 3.4e38F}},
            {"scalar", {}, {0.25F}},
            {"b_in", {2}, {1.5F, 7.0F}},
            {"none", {0}, {}},
            {"no rows", {0, 4}, {}}};
}

// A checkpoint with the given pickle.
std::string with_pickle(const std::string& pickle) {
    const std::vector<ZipRecord> records{
        {"archive/data.pkl", pickle}, {"archive/data/0", std::string(24, '\0')}, {"archive/version", "3\n"}};
    return write_zip(records);
}

// The pickle of {"x": tensor}, a view of storage 0 of six numbers. Each integer is one byte.
std::string tensor_pickle(const std::string& offset, const std::string& shape, const std::string& stride,
                          const std::string& entries = "") {
    using namespace std::string_literals;
    const auto tuple = [](const std::string& bytes) {
        std::string opcodes = "(";
        for (const char byte : bytes)
            opcodes += std::string("K") + byte;
        return opcodes + "t";
    };
    return "\x80\x02}(X\x01\0\0\0x"s + "ctorch._utils\n_rebuild_tensor_v2\n(" +
           "(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0"s + "0X\x03\0\0\0cpuK\x06tQ"s + "K" +
           offset + tuple(shape) + tuple(stride) + "\x89" + "ccollections\nOrderedDict\n)Rt" + "R" + entries +
           "u.";
}

void check_refused(const std::string& bytes, const std::string& reason) {
    CHECK_THROWS_WITH(from_checkpoint(bytes, "x.pt"),
                      Contains("checkpoint x.pt: ") && Contains(reason) && !Contains("\n"));
}

// The tensors, or nothing where the reader refuses the bytes with an Error.
std::optional<std::vector<Tensor>> read(const std::string& bytes) {
    try {
        return from_checkpoint(bytes, "x.pt");
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace

TEST_CASE("tensors come back from a checkpoint bit by bit", "[checkpoint]") {
    const TemporaryFolder folder;
    save_checkpoint(folder / "x.pt", sample());
    CHECK(load_checkpoint(folder / "x.pt") == sample());
    CHECK(std::signbit(load_checkpoint(folder / "x.pt").front().values[4]));
    CHECK(from_checkpoint(to_checkpoint({}), "x.pt").empty());
}

TEST_CASE("the same tensors give the same bytes", "[checkpoint]") {
    const std::string bytes = to_checkpoint(sample());
    CHECK(to_checkpoint(sample()) == bytes);
    // A zip header has a time in steps of 2 s, the same for two calls in a row: it must be the fixed time.
    const std::string fixed_time("\0\0\x21\0", 4);
    CHECK(bytes.substr(10, 4) == fixed_time);                        // in the first local header
    CHECK(bytes.substr(bytes.find("PK\1\2") + 12, 4) == fixed_time); // and in the central directory
    std::vector<Tensor> other = sample();
    other[0].values[0] += 1;
    CHECK(to_checkpoint(other) != to_checkpoint(sample()));
}

TEST_CASE("what could not be read again is not written", "[checkpoint]") {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_WITH(to_checkpoint({{"a", {1}, {nan}}}),
                      Contains("a cannot be stored") && Contains("finite"));
    CHECK_THROWS_WITH(to_checkpoint({{"a", {1}, {1}}, {"a", {1}, {1}}}), Contains("twice"));
    CHECK_THROWS_WITH(to_checkpoint({{"a", {2}, {1}}}), Contains("shape"));
    CHECK_THROWS_WITH(to_checkpoint({{"a", {-1, -1}, {1}}}), Contains("shape"));
}

TEST_CASE("a truncated checkpoint is refused wherever it ends", "[checkpoint]") {
    const std::string bytes = to_checkpoint(sample());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        INFO("cut to " << size << " of " << bytes.size() << " bytes");
        testing::tried("Damaged", "a checkpoint cut at any byte", "it is refused",
                       !read(bytes.substr(0, size)));
    }
}

// The reader may ignore a changed byte only outside the data: in the times, versions, flags and attributes of
// the zip headers, and in the name of the record "version", which is not read.
TEST_CASE("no changed byte changes a tensor", "[checkpoint]") {
    const std::vector<Tensor> tensors = sample();
    const std::string bytes = to_checkpoint(tensors);
    std::size_t noticed = 0;
    std::size_t changed_tensors = 0;
    for (std::size_t place = 0; place < bytes.size(); ++place)
        for (const int flip : {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
            std::string damaged = bytes;
            damaged[place] = static_cast<char>(damaged[place] ^ flip);
            const auto result = read(damaged);
            if (!result)
                ++noticed;
            else if (*result != tensors)
                ++changed_tensors;
            testing::tried("Damaged", "a checkpoint with any one byte changed, in nine ways",
                           "it is refused, or no number is another", !result || *result == tensors);
        }
    CHECK(changed_tensors == 0);
    CHECK(noticed > bytes.size() * 9 / 2); // checks the test: most bytes are data
}

TEST_CASE("every changed byte of a record is noticed by its checksum", "[checkpoint]") {
    const std::string bytes = to_checkpoint({{"x", {4}, {1, 2, 3, 4}}});
    const float three = 3;
    std::string needle(sizeof three, '\0');
    std::memcpy(needle.data(), &three, sizeof three);
    const std::size_t place = bytes.find(needle);
    REQUIRE(place != std::string::npos);
    for (std::size_t i = 0; i < needle.size(); ++i) {
        std::string damaged = bytes;
        damaged[place + i] = static_cast<char>(damaged[place + i] ^ 1);
        check_refused(damaged, "archive/data/0 is damaged");
    }
}

TEST_CASE("a pickle that would call something is refused, not called", "[checkpoint]") {
    const TemporaryFolder folder;
    const std::string proof = (folder / "called").string();
    const auto size = static_cast<char>(proof.size() + 6);
    check_refused(with_pickle("\x80\x02"
                              "cos\nsystem\n(X" +
                              std::string{size, 0, 0, 0} + "touch " + proof + "tR."),
                  "it asks for os.system");
    check_refused(with_pickle("\x80\x02"
                              "cbuiltins\neval\n."),
                  "builtins.eval");
    check_refused(with_pickle("\x80\x02"
                              "cposix\x1b[2J\nx\n."),
                  "posix?[2J.x");
    CHECK_FALSE(std::filesystem::exists(proof));
}

TEST_CASE("a view is compared with its storage", "[checkpoint]") {
    const auto shape_of = [](const std::string& pickle) {
        return from_checkpoint(with_pickle(pickle), "x.pt").at(0).shape;
    };
    using namespace std::string_literals;
    CHECK(shape_of(tensor_pickle("\0"s, "\2\3", "\3\1")) == std::vector<std::int64_t>{2, 3});
    CHECK(shape_of(tensor_pickle("\2"s, "\2\2", "\2\1")) == std::vector<std::int64_t>{2, 2});
    CHECK(shape_of(tensor_pickle("\0"s, "\1\6", "\xff\1")) == std::vector<std::int64_t>{1, 6});
    check_refused(with_pickle(tensor_pickle("\1"s, "\2\3", "\3\1")), "tensor x: its shape does not fit");
    check_refused(with_pickle(tensor_pickle("\7"s, "\1", "\1")), "does not fit");
    check_refused(with_pickle(tensor_pickle("\0"s, "\2", "\x7f")), "steps out of its storage");
    check_refused(with_pickle(tensor_pickle("\0"s, "\2\3", "\1")), "differ in length");
    check_refused(with_pickle(tensor_pickle("\0"s, "\xff\xff\xff\xff", "\0\0\0\0"s)), "larger than its file");
}

TEST_CASE("malformed pickles are refused with what is wrong", "[checkpoint]") {
    using namespace std::string_literals;
    check_refused(with_pickle(""), "cut short");
    check_refused(with_pickle("\x80\x02}"), "cut short");
    check_refused(with_pickle("\x80\x02}..."), "something follows");
    check_refused(with_pickle("\x80\x02."), "a value is missing");
    check_refused(with_pickle("(}t(."), "a value is missing"); // nothing above the last mark
    check_refused(with_pickle("}t."), "a mark is missing");
    check_refused(with_pickle("h\7."), "refers to a value that is not there");
    check_refused(with_pickle("i."), "opcode 0x69 has no place");
    check_refused(with_pickle("]."), "does not hold a dict");
    check_refused(with_pickle("}K\1K\2s."), "not a text");
    check_refused(with_pickle("}X\1\0\0\0aK\2s."s), "a is not a tensor");
    check_refused(with_pickle("X\xff\xff\xff\xff"), "cut short");
    check_refused(with_pickle("\x8a\x09" + std::string(9, 'x') + "."), "more than 64 bits");
    check_refused(with_pickle("}(K\1u."), "has no value");
    const std::string pickle = tensor_pickle("\0"s, "\6", "\1", "q\1X\1\0\0\0xh\1"s);
    check_refused(with_pickle(pickle), "it holds the tensor x twice");
}

TEST_CASE("hostile sizes are refused at once", "[checkpoint]") {
    check_refused(with_pickle(std::string(3'000'000, '(')), "more than 1000000 values");
    check_refused(with_pickle(std::string(3'000'000, ']')), "more than 1000000 values");
    check_refused(with_pickle("]q\1" + std::string(500'000, 'h') + "."), "not there");
    check_refused("", "it is empty");
    check_refused("PK", "not a whole zip archive");
    check_refused(std::string(100'000, '\1'), "not a whole zip archive");
    check_refused(std::string(100'000, 'x'), "it is a plain text");
}

TEST_CASE("a zip archive without a checkpoint in it is refused", "[checkpoint]") {
    const auto zip = [](std::vector<ZipRecord> records) { return write_zip(records); };
    check_refused(zip({{"a/b", "c"}}), "the record data.pkl is missing");
    check_refused(zip({{"plain", "c"}}), "has no folder");
    check_refused(zip({{"a/data.pkl", "}."}, {"b/data.pkl", "}."}}), "in two folders");
    check_refused(zip({{"a/data.pkl", "}."}, {"a/byteorder", "big"}}), "big-endian");
    CHECK(from_checkpoint(zip({{"a/data.pkl", "}."}, {"a/byteorder", "little"}}), "x.pt").empty());
}

TEST_CASE("a checkpoint that is not there or is no file is named", "[checkpoint]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(load_checkpoint(folder / "none.pt"), Contains("none.pt"));
    CHECK_THROWS_WITH(load_checkpoint(folder.path()), Contains(folder.path().string()));
    CHECK_THROWS_WITH(load_checkpoint("/dev/zero"), Contains("/dev/zero") && Contains("not a file"));
}

TEST_CASE("what the fuzzer begins with and found is answered", "[checkpoint]") {
    int read = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(GROKREPORT_SOURCE_DIR "/tests/fuzz/corpus/checkpoint")) {
        INFO(entry.path());
        CHECK_NOTHROW(grokreport::testing::read_hostile(read_file(entry.path())));
        ++read;
    }
    CHECK(read > 10);
}
