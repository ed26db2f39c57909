// The globals that a pickle may name, and the plain values that their calls give. Every other global is
// refused, so a hostile pickle can call nothing. Formats: torch/_utils.py and torch/serialization.py.
#pragma once

#include "checkpoint/pickle_value.h"

#include <string_view>

namespace grokreport::pickle {

// A Global, or the ElementType of a storage class (of the CPU or a GPU) or of a torch.dtype. Throws Malformed
// with the name of any other global.
Value find_global(std::string_view module, std::string_view name);

// The storage of a persistent id ('storage', class, key, device, size); the older format adds None. The
// device is ignored. Throws Malformed for any other id.
Storage storage_of(const Tuple& id);

// The value of a call:
//     OrderedDict()                                                                        an empty dict
//     _rebuild_tensor_v2(storage, offset, shape, stride, requires_grad, hooks[, metadata]) a view
//     _rebuild_tensor(storage, offset, shape, stride)                                      a view
//     _rebuild_parameter(tensor, requires_grad, hooks)                                     that tensor
//     torch.Size(tuple)                                                                    that tuple
//     torch.device(...)                                                                    nothing
// Throws Malformed for anything else.
Value call(Global called, const Tuple& arguments, Arena& arena);

} // namespace grokreport::pickle
