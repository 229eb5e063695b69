#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace attngraph {

/// The name of a matrix's head in an answer: its index, or `mean`, `max`, `min`, `all`.
using HeadLabel = std::variant<std::int64_t, std::string>;

/// The same as text.
inline std::string text_of(const HeadLabel& head) {
  const auto* index = std::get_if<std::int64_t>(&head);
  return index ? std::to_string(*index) : std::get<std::string>(head);
}

}  // namespace attngraph
