#include "render/chapters.h"

#include "base/error.h"
#include "render/block_parser.h"
#include "render/source.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <sstream>

namespace grokreport::render {

namespace fs = std::filesystem;

std::vector<fs::path> chapter_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing))
        if (entry.path().extension() == ".md") files.push_back(entry.path());
    if (missing || files.empty())
        throw Error(fmt::format("there are no templates in {}", folder.string()),
                    "run grokreport where its templates are, or name their folder");
    std::ranges::sort(files, {}, [](const fs::path& file) {
        const std::string name = file.filename().string();
        return std::pair(std::isdigit(static_cast<unsigned char>(name[0])) == 0, name);
    });
    return files;
}

std::set<std::string> figures_shown_in(const fs::path& folder) {
    std::set<std::string> ids;
    for (const fs::path& file : chapter_files(folder)) {
        std::istringstream lines(read_source(file).text);
        CodeFence code;
        for (std::string line; std::getline(lines, line);)
            if (!code.take(line))
                if (const auto id = figure_of(line)) ids.insert(*id);
    }
    return ids;
}

} // namespace grokreport::render
