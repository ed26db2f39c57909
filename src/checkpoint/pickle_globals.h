// What a pickle may name, and what is noted down where it "calls" that. Nothing outside this list exists for
// the reader, so a hostile pickle has nothing to call. Formats: torch/_utils.py and torch/serialization.py.
#pragma once

#include "checkpoint/pickle_value.h"

#include <string_view>

namespace grokreport::pickle {

// A Global, or the ElementType of a class of storages (of the CPU or of a GPU) or of a torch.dtype. Throws
// Malformed, naming it, where it is none of ours.
Value find_global(std::string_view module, std::string_view name);

// The storage of a persistent id ('storage', class, key, device, size), in the older format with a sixth
// element None. The device does not matter for the values and is not looked at.
Storage storage_of(const Tuple& id);

// OrderedDict(): a dict. _rebuild_tensor_v2(storage, offset, shape, stride, requires_grad, hooks, metadata?)
// and _rebuild_tensor(storage, offset, shape, stride): a view. _rebuild_parameter(tensor, requires_grad,
// hooks): that tensor. torch.Size(tuple): that tuple. torch.device(...): nothing. Throws Malformed for all
// else.
Value call(Global called, const Tuple& arguments, Arena& arena);

} // namespace grokreport::pickle
