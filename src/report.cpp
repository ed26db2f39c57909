#include "report.h"

#include "error.h"
#include "files.h"
#include "numbers.h"
#include "progress.h"
#include "training/trainer.h"

#include <fmt/format.h>
#include <optional>

namespace grokreport {

namespace {

void train_model(const Options& options, Variant variant) {
    const Config config = variant_of(options, variant);
    std::optional<Progress> progress;
    TrainingOptions training;
    training.threads = options.threads;
    training.retrain = options.retrain;
    training.on_progress = [&](const TrainingProgress& at) {
        if (!progress) progress.emplace("training " + to_string(variant), at.first_epoch, config.epochs);
        progress->update(at.epoch, fmt::format("train loss {:.2e}, test accuracy {}", at.train_loss,
                                               format_percent(at.test_accuracy)));
    };
    train(config, options.paths.run(config), training);
}

} // namespace

void train_models(const Options& options) {
    require_writable_folder(options.paths.report());
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen})
        train_model(options, variant);
}

bool write_report(const Options& options) {
    train_models(options);
    return true;
}

void render_report_again(const Options&) {}

} // namespace grokreport
