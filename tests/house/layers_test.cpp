// The order of the folders of src/: a file includes only its own folder, and folders that stand before it.
#include "base/files.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace grokreport;

namespace fs = std::filesystem;

namespace {

const fs::path src = fs::path(GROKREPORT_SOURCE_DIR) / "src";

// As in src/README.md.
const std::vector<std::string> folders{"base",     "checkpoint", "model",    "runs",     "training",
                                       "claims",   "spectral",   "drawing",  "sections", "render",
                                       "pipeline", "bench",      "commands", "cli"};
// Within src/sections: as the report shows them. The files beside them are for all, but for the list of all
// sections.
const std::vector<std::string> sections{"task",          "grokking", "embedding",  "attention", "petals",
                                        "recombination", "mlp",      "decoder",    "readout",   "beyond",
                                        "paper",         "imported", "robustness", "snapshots"};

std::size_t rank_of(const std::vector<std::string>& order, const std::string& name) {
    CAPTURE(name);
    const auto found = std::ranges::find(order, name);
    REQUIRE(found != order.end());
    return static_cast<std::size_t>(found - order.begin());
}

struct Include {
    fs::path from, to; // relative to src
};

std::vector<fs::path> source_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(src))
        if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp")
            files.push_back(entry.path().lexically_relative(src));
    std::ranges::sort(files);
    return files;
}

std::vector<Include> includes() {
    const std::regex line("#include \"([^\"]+)\"");
    std::vector<Include> found;
    for (const fs::path& file : source_files()) {
        const std::string text = read_file(src / file);
        for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at)
            found.push_back({file, (*at)[1].str()});
    }
    return found;
}

std::string folder_of(const fs::path& file) {
    return file.begin()->string();
}

// "decoder" of sections/decoder/claims.h; "" of sections/models.h.
std::string section_of(const fs::path& file) {
    auto part = file.begin();
    const std::string name = (++part)->string();
    return ++part == file.end() ? "" : name;
}

} // namespace

TEST_CASE("a folder of src includes only itself and those before it", "[house]") {
    for (const auto& [from, to] : includes()) {
        if (from == "main.cpp") continue;
        CAPTURE(from, to);
        CHECK(fs::exists(src / to)); // written as from src/
        CHECK(rank_of(folders, folder_of(to)) <= rank_of(folders, folder_of(from)));
    }
}

TEST_CASE("a section includes only itself and sections before it", "[house]") {
    for (const auto& [from, to] : includes()) {
        if (folder_of(from) != "sections" || folder_of(to) != "sections") continue;
        CAPTURE(from, to);
        if (section_of(to).empty()) {
            const bool is_the_list = to == "sections/sections.h";
            CHECK((!is_the_list || section_of(from).empty() || section_of(from) == "imported"));
        } else if (!section_of(from).empty()) {
            CHECK(rank_of(sections, section_of(to)) <= rank_of(sections, section_of(from)));
        }
    }
}

TEST_CASE("the top of src is main.cpp and folders, and each folder says what it is", "[house]") {
    for (const auto& entry : fs::directory_iterator(src)) {
        const std::string name = entry.path().filename();
        CAPTURE(name);
        if (!entry.is_directory()) {
            CHECK((name == "main.cpp" || name == "README.md"));
            continue;
        }
        if (fs::is_empty(entry.path())) continue; // git keeps no empty folder
        rank_of(folders, name);
        CHECK(fs::exists(entry.path() / "README.md"));
    }
    for (const std::string& section : sections)
        CHECK(fs::is_directory(src / "sections" / section));
}

TEST_CASE("a folder includes only what its README says", "[house]") {
    const std::regex sentence("Includes only ([^.]*)\\."), name("`([a-z]+)`");
    const std::vector<Include> all = includes();
    int told = 0;
    for (const std::string& folder : folders) {
        const std::string text = read_file(src / folder / "README.md");
        std::smatch only;
        if (!std::regex_search(text, only, sentence)) continue;
        ++told;
        const std::string list = only[1];
        std::set<std::string> allowed{folder};
        for (std::sregex_iterator at(list.begin(), list.end(), name), end; at != end; ++at)
            allowed.insert((*at)[1]);
        for (const auto& [from, to] : all) {
            if (folder_of(from) != folder) continue;
            CAPTURE(from, to);
            CHECK(allowed.contains(folder_of(to)));
        }
    }
    CHECK(told >= 6);
}

TEST_CASE("each library stays in its room", "[house]") {
    const std::map<std::string, std::vector<std::string>> rooms{
        {"gnuplot-iostream", {"drawing/plot.cpp"}},
        {"<cmark", {"render/markdown.cpp"}},
        {"<torch/",
         {"model/transformer.h", "model/transformer.cpp", "model/textbook_autograd.cpp",
          "bench/textbook_epochs.cpp", "runs/provenance.cpp"}},
        {"boost/program_options",
         {"cli/command_options.h", "cli/command_options.cpp", "cli/command_line.cpp"}},
        {"<httplib", {"render/live_page.cpp"}},
        {"<qpdf", {"drawing/convert.cpp", "runs/provenance.cpp"}},
        {"<librsvg", {"drawing/svg_renderer.cpp", "runs/provenance.cpp"}},
        {"<cairo", {"drawing/svg_renderer.cpp", "runs/provenance.cpp"}},
        {"<sqlite3.h", {"base/database.cpp"}},
        {"<zip.h", {"checkpoint/zip_archive.cpp"}}};
    for (const fs::path& file : source_files()) {
        const std::string text = read_file(src / file);
        for (const auto& [library, room] : rooms) {
            if (text.find("#include <" + library.substr(library.starts_with('<') ? 1 : 0)) == text.npos)
                continue;
            CAPTURE(file, library);
            CHECK(std::ranges::count(room, file.generic_string()) == 1);
        }
    }
}

TEST_CASE("tests mirror src folder by folder", "[house]") {
    const std::array others{"support", "oracles", "program",  "fuzz",  "sanitizers",
                            "cluster", "browser", "mutation", "house", "calibration"};
    for (const auto& entry : fs::directory_iterator(fs::path(GROKREPORT_SOURCE_DIR) / "tests")) {
        const std::string name = entry.path().filename();
        if (!entry.is_directory() || std::ranges::count(others, name)) continue;
        CAPTURE(name);
        CHECK(fs::is_directory(src / name));
    }
    for (const auto& entry : fs::directory_iterator(fs::path(GROKREPORT_SOURCE_DIR) / "tests/sections")) {
        const std::string name = entry.path().filename();
        if (!entry.is_directory()) continue;
        CAPTURE(name);
        CHECK(fs::is_directory(src / "sections" / name));
    }
}
