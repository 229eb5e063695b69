#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// Which layer a file says that all of it is: a whole number beside its arrays under a name that
/// counts one layer (`layer`, `layer_idx`). Nothing where it says none, or several.
std::optional<std::int64_t> said_layer(const Dump& dump);

/// Whole numbers of layers or heads, one for each of so many arrays or along an axis: a list called
/// `layers`, `layer_ids`, `head`, its texts perhaps (`layer_8`), or an object under such a name.
struct NumberList {
  std::string name;
  bool heads;
  /// By their places, or keys.
  std::map<std::int64_t, std::int64_t> numbers;
  /// They stand in texts: `layer_8`.
  bool of_texts = false;

  bool repeats() const;
  bool ascends() const;
  std::vector<std::int64_t> in_order() const;
};

/// The list of so many layers or heads; nothing where there is none, or several that differ.
std::optional<NumberList> number_list(const Dump& dump, bool heads, std::size_t count);

}  // namespace attngraph
