#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "formats/objects/pickle/pickle.hpp"

namespace attngraph {

/// An array that is there but holds no real numbers in their places: sparse, complex, empty. Others
/// beside it can be read.
class NoNumbers : public InputError {
  using InputError::InputError;
};

/// The bytes objects of a pickle, which protocol 2 writes as text. Those are decoded once each.
class PickledBytes {
 public:
  PickledBytes(const Pickle& pickle, const Limits& limits) : pickle_(pickle), limits_(limits) {}

  /// In place where the pickle holds bytes; nothing where the value is no bytes object.
  /// @throws InputError for text that stands for no bytes, LimitError beyond `limits.memory`
  std::optional<Bytes> at(PickleId id, const std::string& where);

  const Limits& limits() const { return limits_; }

 private:
  const Pickle& pickle_;
  const Limits& limits_;
  std::map<const char*, Bytes> decoded_;
  std::size_t decoded_size_ = 0;

  Bytes decoded(std::string_view text, const std::string& where);
};

/// The shape that a tuple of whole numbers gives; nothing where the value is none, one is
/// negative, or there are more than 64.
std::optional<Shape> pickled_shape(const Pickle& pickle, PickleId id);

/// The arguments of an object, if it has at least `least` of them.
const PickleItems* pickled_arguments(const Pickle& pickle, const PickleObject& object,
                                     std::size_t least);

}  // namespace attngraph
