#pragma once

#include <optional>
#include <string>

#include "formats/objects/pickled_bytes.hpp"
#include "formats/objects/torch/torch_tensor.hpp"

namespace attngraph {

/// What the keys of dicts call that which stands below them.
class ObjectKeys {
 public:
  ObjectKeys(const Pickle& pickle, PickledBytes& bytes, TorchTensors& tensors)
      : pickle_(pickle), bytes_(bytes), tensors_(tensors) {}

  /// The text of a key, or its number, a scalar of NumPy or tensor of one number too; of a tuple
  /// those of its parts, as `layer.head`. Nothing for another object, and for what is too long.
  std::optional<std::string> name(PickleId id, const std::string& where);

 private:
  const Pickle& pickle_;
  PickledBytes& bytes_;
  TorchTensors& tensors_;

  std::optional<std::string> name_of_object(const PickleObject& object, PickleId id,
                                            const std::string& where);
  std::optional<std::string> number_of_tensor(const PickleObject& object, const std::string& where);
};

}  // namespace attngraph
