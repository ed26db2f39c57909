// AdamW (Loshchilov and Hutter 2019), with the update rule of torch.optim.AdamW.
#pragma once

#include "base/thread_pool.h"
#include "model/config.h"

#include <span>
#include <vector>

namespace grokreport {

struct AdamWState {
    std::vector<float> first_moment, second_moment; // one for each parameter
    int steps = 0;
};

class AdamW {
  public:
    // The learning rate, weight decay, betas and epsilon are those of the config. The pool must outlive this
    // object.
    AdamW(const Config& config, std::size_t n_values, ThreadPool& pool);

    // One update of the parameters `values`. Both spans have n_values elements.
    void step(std::span<float> values, std::span<const float> gradient);

    // The state, to save and resume a training.
    const AdamWState& state() const { return state_; }
    void restore(AdamWState state) { state_ = std::move(state); }

  private:
    Config config_;
    ThreadPool* pool_;
    AdamWState state_;
};

} // namespace grokreport
