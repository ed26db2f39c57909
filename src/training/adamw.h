// AdamW with decoupled weight decay (Loshchilov and Hutter 2019), step for step as torch.optim.AdamW.
#pragma once

#include "base/thread_pool.h"
#include "model/config.h"

#include <span>
#include <vector>

namespace grokreport {

struct AdamWState {
    std::vector<float> first_moment, second_moment; // one a parameter value
    int steps = 0;
};

class AdamW {
  public:
    // Works with `pool`, which has to outlive it.
    AdamW(const Config& config, std::size_t n_values, ThreadPool& pool);

    // One update of `values` along `gradient`.
    void step(std::span<float> values, std::span<const float> gradient);

    const AdamWState& state() const { return state_; }
    void restore(AdamWState state) { state_ = std::move(state); }

  private:
    Config config_;
    ThreadPool* team_;
    AdamWState state_;
};

} // namespace grokreport
