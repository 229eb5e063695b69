#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/text/text.hpp"

namespace attngraph {

/// A token's label as shown_label; one of no characters is `∅`, so that there is something to see.
inline std::string shown_token(std::string_view label, std::size_t columns) {
  return label.empty() ? "∅" : shown_label(label, columns);
}

}  // namespace attngraph
