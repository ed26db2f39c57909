// The programs that draw: missing, crashing, hanging, or writing what they should not.
#include "base/error.h"
#include "base/files.h"
#include "drawing/draw.h"
#include "drawing/gnuplot.h"
#include "support/reliability.h"
#include "support/small_report.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fmt/format.h>

using namespace grokreport;
using namespace grokreport::testing;

namespace fs = std::filesystem;

namespace {

// While it lives, programs are looked for in `folder` and nowhere else.
class Path {
  public:
    explicit Path(const fs::path& folder) : before_(std::getenv("PATH")) {
        ::setenv("PATH", folder.c_str(), 1);
    }
    Path(const Path&) = delete;
    Path& operator=(const Path&) = delete;
    ~Path() { ::setenv("PATH", before_.c_str(), 1); }

  private:
    std::string before_;
};

// A folder with the programs that draw and a page needs, without `missing`.
void fill(const fs::path& folder, const std::string& missing) {
    for (const char* program : {"gnuplot", "ffmpeg", "node", "env", "sh"})
        if (program != missing) fs::create_symlink(fs::path("/usr/bin") / program, folder / program);
}

// In the place of `program`, a script.
void replace(const fs::path& folder, const std::string& program, const std::string& script) {
    const fs::path file = folder / program;
    fs::remove(file);
    write_file(file, "#!/bin/sh\n" + script + "\n");
    fs::permissions(file, fs::perms::owner_all);
}

// What each program is asked for by draw, its version apart, is answered by the script.
std::string answering(const std::string& program, const std::string& script) {
    return fmt::format("case \"$1\" in --version|-version) exec /usr/bin/{} \"$1\";; esac\n{}", program,
                       script);
}

// The program itself, whose output ends too early.
std::string cut_off(const std::string& program) {
    if (program == "ffmpeg") // writes into its last argument
        return "/usr/bin/ffmpeg \"$@\"; for film; do :; done; /usr/bin/truncate -s 600 \"$film\"";
    return fmt::format("/usr/bin/{} \"$@\" | /usr/bin/head -c 600", program);
}

const figures::Drawing film{
    .id = "film",
    .script = "set terminal svg size 100,80\nplot x\n",
    .csv = "x\n1\n",
    .frames = "set terminal pngcairo size 100,80\ndo for [i=0:3] {\n"
              "set output sprintf('frame-%04d.png', i)\nplot x * (i + 1)\nunset output\n}\n"};

std::string error_of_drawing(const fs::path& folder) {
    try {
        figures::draw(film, folder);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a program that is missing is named with its package before anything is done", "[faults]") {
    for (const auto& [program, package] : {std::pair<std::string, std::string>{"gnuplot", "gnuplot-nox"},
                                           {"ffmpeg", "ffmpeg"},
                                           {"node", "nodejs"}}) {
        const TemporaryFolder output, programs;
        fill(programs.path(), program);
        const Path path(programs.path());
        const ProcessResult result = run_small("report", output.path());
        CAPTURE(result.errors);
        tried("Programs that draw", fmt::format("{} is missing", program),
              "one line with the package to install, before anything is trained",
              result.exit_status == 1 && is_one_line(result.errors) &&
                  result.errors.find("apt-get install " + package) != std::string::npos &&
                  !fs::exists(output / "report/runs"));
    }
}

TEST_CASE("a program that fails is named, its words are told, and no figure is half drawn", "[faults]") {
    struct Fault {
        std::string what, script, told;
    };
    const std::vector<Fault> faults{{"is cut off", "", ""},
                                    {"crashes", "kill -SEGV $$", "ended by signal 11 (Segmentation fault)"},
                                    {"fails", "echo the reason >&2; exit 3", "the reason"},
                                    {"writes nothing", "exit 0", ""},
                                    {"writes something else", "echo nonsense", ""}};
    const std::vector<std::string> drawing_programs{"gnuplot", "ffmpeg"};
    for (std::size_t i = 0; i < drawing_programs.size(); ++i)
        for (std::size_t j = 0; j < faults.size(); ++j) {
            // An ordinary run tries every program and every fault, but not every pair of them
            if (!is_for_the_table() && (i + j) % 2 != 0) continue;
            const std::string& program = drawing_programs[i];
            const Fault& fault = faults[j];
            const TemporaryFolder output, programs;
            fill(programs.path(), "");
            replace(programs.path(), program,
                    answering(program, fault.script.empty() ? cut_off(program) : fault.script));
            std::string error;
            {
                const Path path(programs.path());
                error = error_of_drawing(output.path());
            }
            CAPTURE(program, fault.what, error);
            CHECK_THAT(error, Catch::Contains(fault.told));
            const bool is_told =
                error.find("film") != std::string::npos || error.find(program) != std::string::npos;
            const bool none_there = std::ranges::none_of(
                std::array{".svg", ".pdf", ".png", ".csv", ".mp4"},
                [&](const char* suffix) { return fs::exists(output / (std::string("film") + suffix)); });
            const bool drawn_later =
                error_of_drawing(output.path()).empty() && fs::exists(output / "film.mp4");
            tried("Programs that draw", fmt::format("a program {}", fault.what),
                  "one line with the figure or the program, and its own words; later the figure is drawn",
                  is_told && none_there && drawn_later);
        }
}

TEST_CASE("a film that another seed has is not made again, and a damaged one is not used", "[faults]") {
    const TemporaryFolder output, programs;
    const fs::path first = output / "seed-0", second = output / "seed-1", third = output / "seed-2";
    figures::draw(film, first, {.seeds = "seed 0"});
    fill(programs.path(), "");
    replace(programs.path(), "ffmpeg", answering("ffmpeg", "exit 3"));
    const Path path(programs.path());
    CHECK(figures::draw(film, second, {.seeds = "seed 1"}));
    const std::string bytes = read_file(first / "film.mp4");
    CHECK(read_file(second / "film.mp4") == bytes);

    write_file(first / "film.mp4", bytes + "x");
    CHECK(figures::draw(film, third, {.seeds = "seed 2"}));
    CHECK(read_file(third / "film.mp4") == bytes);
    for (const fs::path& folder : {second, third})
        write_file(folder / "film.mp4", bytes.substr(1));
    CHECK_THAT(error_of_drawing(output / "seed-3"), Catch::Contains("ffmpeg failed with exit status 3"));
    figures::Drawing other = film;
    other.frames += "\n";
    CHECK_THROWS_WITH(figures::draw(other, second), Catch::Contains("ffmpeg failed"));
}

TEST_CASE("a gnuplot that hangs is ended", "[faults]") {
    using namespace std::chrono_literals;
    const TemporaryFolder programs;
    fill(programs.path(), "");
    replace(programs.path(), "gnuplot", "echo working >&2; while :; do /usr/bin/sleep 1; done");
    const Path path(programs.path());
    std::string error;
    try {
        figures::run_gnuplot("x", "plot x", 1s);
    } catch (const Error& problem) {
        error = problem.what();
    }
    CAPTURE(error);
    tried("Programs that draw", "gnuplot hangs", "it is ended at its time limit, and its last words are told",
          error.find("did not finish within 1 s") != std::string::npos &&
              error.find("working") != std::string::npos);
}
