// Text from outside is never a command: not for gnuplot, not for another program, not for a shell.
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "drawing/draw.h"
#include "drawing/plot.h"
#include "support/hostile_text.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <filesystem>
#include <regex>
#include <set>

using namespace grokreport;
using grokreport::testing::hostile_texts;
using grokreport::testing::TemporaryFolder;

namespace {

// A source file without its comments and without its texts in quotes.
std::string code_of(const std::string& text) {
    std::string code;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "//") == 0) i = std::min(text.find('\n', i), text.size() - 1);
        if (text.compare(i, 3, "R\"(") == 0) i = text.find(")\"", i) + 2;
        const char quote = text[i];
        if (quote == '"' ||
            (quote == '\'' && (i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0)))
            for (++i; i < text.size() && text[i] != quote; ++i)
                i += text[i] == '\\' ? 1 : 0;
        code += text[i];
    }
    return code;
}

std::set<std::string> files_that_call(const std::regex& call) {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(GROKREPORT_SOURCE_DIR "/src"))
        if ((entry.path().extension() == ".cpp" || entry.path().extension() == ".h") &&
            std::regex_search(code_of(read_file(entry.path())), call))
            files.insert(entry.path().filename().string());
    return files;
}

} // namespace

TEST_CASE("no text leaves its gnuplot string", "[hostile][figures]") {
    // In single quotes gnuplot has no escapes, commands or variables. Only a quote ends the string, and only
    // a line break ends the command.
    for (const std::string& text : hostile_texts())
        for (const std::string& string :
             {figures::plain(text), figures::markup(text), figures::literal(text)}) {
            INFO(text.substr(0, 200));
            REQUIRE(string.size() >= 2);
            CHECK(string.front() == '\'');
            CHECK(string.back() == '\'');
            const std::string inside = string.substr(1, string.size() - 2);
            std::string unpaired = inside;
            for (std::size_t at = unpaired.find("''"); at != unpaired.npos; at = unpaired.find("''", at))
                unpaired.erase(at, 2);
            CHECK(unpaired.find('\'') == unpaired.npos);
            CHECK(std::ranges::none_of(inside, [](unsigned char c) { return c < ' '; }));
        }
    CHECK(figures::literal("/tmp/a_b'c") == "'/tmp/a_b''c'");
}

TEST_CASE("a film is drawn whatever its folder is called", "[hostile][figures]") {
    const TemporaryFolder temporary;
    const std::filesystem::path folder = temporary / "a_b'c`d$(e) {f}@~^%03d:";
    figures::Plot still("one", {300, 200}), frames("one", {300, 200});
    for (figures::Plot* plot : {&still, &frames})
        plot->line("plot [0:1] x with lines notitle");
    figures::Drawing drawing = std::move(still).finish("x\n1\n");
    drawing.frames =
        "set terminal pngcairo size 320,240\nset output 'frame-0000.png'\nplot [0:1] x\nset output\n";
    CHECK(figures::draw(drawing, folder, {"seed 0", "c"}));
    CHECK(std::filesystem::file_size(folder / "one.mp4") > 0);
}

TEST_CASE("clean text is what every reader can read", "[hostile]") {
    CHECK(clean_text("aé→𝔽\t\n") == "aé→𝔽\t\n");
    CHECK(clean_text(std::string("a\0\x1b[2Jb", 7)) == "a\uFFFD\uFFFD[2Jb");
    CHECK(clean_text("\xC0\xBC\xED\xA0\x80\xF4\x90\x80\x80\xE2\x82").find_first_not_of("\xEF\xBF\xBD") ==
          std::string::npos);
    CHECK(clean_text("\uFFFF\u009B") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(one_line("a\nb\tc\r\n") == "a b c  ");
    CHECK(split("a..b", '.') == std::vector<std::string_view>{"a", "", "b"});
    CHECK(split("", '.') == std::vector<std::string_view>{""});
}

TEST_CASE("one file starts programs, and none a shell", "[hostile][process]") {
    const std::set<std::string> starts = files_that_call(std::regex(
        R"(\b(system|popen|wordexp|fork|vfork|clone|exec[lv]p?e?|execve|fexecve|posix_spawnp?)\s*\()"));
    CHECK(starts == std::set<std::string>{"process.cpp"});
    CHECK(files_that_call(std::regex(R"(\b(system|popen|wordexp)\s*\()")).empty());
    // gnuplot-iostream calls popen for a command. The only file that uses it gives it a stream.
    CHECK(files_that_call(std::regex(R"(\bGnuplot\b)")) == std::set<std::string>{"plot.cpp"});
    CHECK(code_of(read_file(GROKREPORT_SOURCE_DIR "/src/drawing/plot.cpp"))
              .find("Gnuplot gnuplot_{file_.new_stream()}") != std::string::npos);
    // The search itself works.
    CHECK(std::regex_search(code_of("x = '\\''; std::system(\"ls\"); // popen(1)"),
                            std::regex(R"(\bsystem\s*\()")));
    CHECK_FALSE(std::regex_search(code_of("\"popen(1)\" // popen(1)"), std::regex("popen")));
}

TEST_CASE("a program is given its arguments as they are", "[hostile][process]") {
    for (const std::string& text : hostile_texts()) {
        if (text.find('\0') != text.npos || text.size() > 100'000) continue; // not possible in an argument
        INFO(text.substr(0, 200));
        CHECK((run_checked({"printf", "%s", text}, "", std::chrono::seconds(10)) == text));
        CHECK((run_checked({"cat"}, text, std::chrono::seconds(10)) == text));
    }
}
