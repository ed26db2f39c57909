// What a pickle may name, and what is noted down where it "calls" that. Nothing outside this list exists for
// the reader, so a hostile pickle has nothing to call. Formats: torch/_utils.py and torch/serialization.py.
#pragma once

#include "checkpoint/pickle_value.h"

#include <string_view>

namespace grokreport::pickle {

// Throws Malformed, naming it, where the global is none of ours.
Global find_global(std::string_view module, std::string_view name);

// The storage of a persistent id ('storage', class, key, device, size). The device does not matter for the
// values and is not looked at.
Storage storage_of(const Tuple& id);

// OrderedDict(): a dict. _rebuild_tensor_v2(storage, offset, shape, stride, requires_grad, hooks, metadata?):
// a view. _rebuild_parameter(tensor, requires_grad, hooks): that tensor. Throws Malformed for all else.
Value call(Global called, const Tuple& arguments, Arena& arena);

} // namespace grokreport::pickle
