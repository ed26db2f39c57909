#include "commands/train.h"

namespace grokreport {

bool train_only(const TrainRequest& request) {
    TrainRequest all = request;
    all.sweep.keep.runs = true; // a report decides what it keeps
    return train_models(all).empty();
}

} // namespace grokreport
