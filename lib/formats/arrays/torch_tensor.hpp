#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/arrays/pickled_bytes.hpp"

namespace attngraph {

/// What a persistent id says of a storage: `('storage', torch.FloatStorage, '0', 'cpu', 50)`.
struct StorageName {
  /// The type of its numbers; none for bytes that a tensor gives a type.
  std::optional<Dtype> dtype;
  std::string_view key;
  std::size_t size;  ///< in bytes
};

/// @throws NoNumbers for a storage of complex, quantized or unknown numbers
/// @throws InputError for anything but such an id, for a key that is no plain decimal, and a size
///   beyond all memory
StorageName storage_name(const Pickle& pickle, PickleId persistent_id, const std::string& where);

/// The storages that a file keeps beside its pickle.
class Storages {
 public:
  virtual ~Storages() = default;
  virtual ByteOrder order() const = 0;
  /// Its bytes, just `name.size` of them.
  /// @throws InputError where it is missing, or has another size
  virtual Bytes storage(const StorageName& name, const std::string& where) = 0;
};

/// Whether a function is one that PyTorch's tensors and parameters are pickled with.
bool makes_torch_tensor(std::string_view function);

/// The tensor that such an object stands for, over its storage as it lies.
/// @throws NoNumbers for sparse, quantized, complex, empty and other tensors without plain numbers
/// @throws InputError for sizes, strides or an offset that leave the storage
Tensor torch_tensor(const Pickle& pickle, const PickleObject& object, Storages& storages,
                    PickledBytes& bytes, const std::string& where, const Limits& limits);

}  // namespace attngraph
