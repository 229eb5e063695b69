#pragma once

#include <optional>
#include <string>

#include "formats/objects/pickled_bytes.hpp"

namespace attngraph {

/// The arrays that lists of lists of numbers make, as `tolist()` gives them.
class NumberLists {
 public:
  NumberLists(const Pickle& pickle, const Limits& limits) : pickle_(pickle), limits_(limits) {}

  /// The array of a list that is two to eight deep and has a fraction among its numbers; nothing
  /// for any other list.
  /// @throws NoNumbers where the lists differ in length
  /// @throws LimitError where lists that occur again make far more numbers than the pickle has
  std::optional<Tensor> at(PickleId id, const std::string& where);

 private:
  const Pickle& pickle_;
  const Limits& limits_;
  std::size_t looked_at_ = 0;
};

}  // namespace attngraph
