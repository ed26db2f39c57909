#include "sections/paper/model.h"

#include "base/error.h"

#include <fmt/format.h>

namespace grokreport {

PaperModel load_paper_model(const Config& config, const std::filesystem::path& folder, bool is_required) {
    PaperModel paper;
    if (!std::filesystem::exists(folder)) return paper;
    paper.state = PaperState::unfinished;
    if (!is_complete(config, folder)) return paper;
    try {
        TrainedRun run = load_run(config, folder);
        paper.models = load_models(run);
        paper.run = std::move(run);
        paper.state = PaperState::available;
    } catch (const Error& damaged) {
        if (is_required) throw;
        fmt::print(stderr, "the model of the paper's kind is left out: {}\n", damaged.what());
        paper.state = PaperState::damaged;
    }
    return paper;
}

} // namespace grokreport
