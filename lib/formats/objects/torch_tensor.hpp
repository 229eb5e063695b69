#pragma once

#include <string>
#include <string_view>

#include "formats/objects/pickled_bytes.hpp"
#include "formats/objects/torch_storage.hpp"

namespace attngraph {

/// Whether a function is one that PyTorch's tensors and parameters are pickled with.
bool makes_torch_tensor(std::string_view function);

/// The tensor that such an object stands for, over its storage as it lies.
/// @throws NoNumbers for sparse, quantized, complex, empty and other tensors without plain numbers
/// @throws InputError for sizes, strides or an offset that leave the storage
Tensor torch_tensor(const Pickle& pickle, const PickleObject& object, Storages& storages,
                    PickledBytes& bytes, const std::string& where, const Limits& limits);

}  // namespace attngraph
