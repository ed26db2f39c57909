#include "commands/train.h"

namespace grokreport {

bool train_only(const TrainRequest& request) {
    return train_models(request).empty();
}

} // namespace grokreport
