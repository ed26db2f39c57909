// Reads the pickles that torch.save writes, by a small stack machine over plain values. Nothing is ever
// executed: see pickle_globals.h for the few names that a pickle may use. Opcodes: pickle_opcodes.h.
//
// Memory is bounded: strings are views of the bytes read, every opcode makes at most one value, and the
// number of values is limited.
#pragma once

#include "checkpoint/pickle_value.h"

#include <cstddef>
#include <string_view>

namespace grokreport::pickle {

// A pickle that was read. The bytes must outlive it.
class Pickle {
  public:
    // Reads up to the STOP opcode. Throws Malformed, naming the byte, at anything outside the subset.
    explicit Pickle(std::string_view bytes);

    const Value& value() const { return value_; }
    // Every storage that it names, as often as it names it.
    const std::deque<Storage>& storages() const { return arena_.storages; }
    // Bytes up to and with STOP.
    std::size_t size() const { return size_; }

  private:
    Arena arena_;
    Value value_;
    std::size_t size_ = 0;
};

} // namespace grokreport::pickle
