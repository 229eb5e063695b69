#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "formats/objects/pickle/pickle.hpp"

namespace attngraph {

/// What a persistent id says of a storage: `('storage', torch.FloatStorage, '0', 'cpu', 50)`.
struct StorageName {
  /// `FloatStorage`
  std::string_view type;
  /// Bytes of one of its numbers; 0 where the type is unknown.
  std::size_t item_size;
  /// The type of its numbers; none for bytes that a tensor gives a type, and for others.
  std::optional<Dtype> dtype;
  std::string_view key;
  std::size_t count;

  std::size_t size() const { return item_size * count; }
  bool operator==(const StorageName&) const = default;
};

/// Whether a persistent id is that of a class of modules: `('module', class, file, source)`.
bool names_module(const Pickle& pickle, PickleId persistent_id);

/// @throws InputError for anything but the id of a storage, for a key that is no plain decimal, and
/// a size
///   beyond all memory
StorageName storage_name(const Pickle& pickle, PickleId persistent_id, const std::string& where);

/// What makes real numbers of complex ones.
inline constexpr const char* complex_hint = "save tensor.real or tensor.abs()";

/// @throws NoNumbers for a storage of complex, quantized or unknown numbers
void require_numbers(const StorageName& name, const std::string& where);

/// The number type called `torch.float32`.
/// @throws NoNumbers for one that is not read
Dtype torch_dtype(std::string_view name, const std::string& where);

/// The storages that a file keeps beside its pickle.
class Storages {
 public:
  virtual ~Storages() = default;
  virtual ByteOrder order() const = 0;
  /// Its bytes, just `name.size()` of them.
  /// @throws InputError where it is missing, or has another size
  virtual Bytes storage(const StorageName& name, const std::string& where) = 0;
};

}  // namespace attngraph
