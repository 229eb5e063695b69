#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/objects/pickled_bytes.hpp"
#include "formats/objects/torch/torch_storage.hpp"

namespace attngraph {

/// Whether a function is one that PyTorch's tensors and parameters are pickled with.
bool makes_torch_tensor(std::string_view function);

/// The tensors of one pickle.
class TorchTensors {
 public:
  TorchTensors(const Pickle& pickle, Storages& storages, PickledBytes& bytes, const Limits& limits)
      : pickle_(pickle), storages_(storages), bytes_(bytes), limits_(limits) {}

  /// The tensor that such an object stands for, over its storage as it lies.
  /// @throws NoNumbers for sparse, quantized, complex, empty and other tensors without plain
  /// numbers
  /// @throws InputError for sizes, strides or an offset that leave the storage
  Tensor at(const PickleObject& object, const std::string& where);

 private:
  /// Numbers in a row, and their type if the storage has one.
  struct Storage {
    Bytes bytes;
    std::optional<Dtype> dtype;
    ByteOrder order;
  };

  const Pickle& pickle_;
  Storages& storages_;
  PickledBytes& bytes_;
  const Limits& limits_;
  /// Files inside the pickle by where they begin; each is read once.
  std::map<const std::byte*, std::pair<Bytes, StorageName>> files_;

  Storage storage(PickleId id, const std::string& where);
  Tensor strided(const PickleItems& arguments, std::optional<Dtype> dtype,
                 const std::string& where);
};

}  // namespace attngraph
