// Reads the pickles that torch.save writes, with a stack machine over plain values. It executes nothing:
// pickle_globals.h has the names that a pickle may use, pickle_opcodes.h the opcodes.
//
// Memory is bounded: strings are views of the bytes, an opcode makes at most one value, and the number of
// values is limited.
#pragma once

#include "checkpoint/pickle_value.h"

#include <cstddef>
#include <string_view>

namespace grokreport::pickle {

// The content of a pickle. The bytes must outlive it.
class Pickle {
  public:
    // Reads up to the opcode STOP. Throws Malformed with the position for anything outside the subset.
    explicit Pickle(std::string_view bytes);

    const Value& value() const { return value_; }
    // The storages that the pickle names, in its order; one that it names twice stands twice.
    const std::deque<Storage>& storages() const { return arena_.storages; }
    // The number of bytes, STOP included.
    std::size_t size() const { return size_; }

  private:
    Arena arena_;
    Value value_;
    std::size_t size_ = 0;
};

} // namespace grokreport::pickle
