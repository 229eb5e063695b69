#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// A part of a text: its tokens, both ends included, and what it is called.
struct NamedRange {
  std::string name;
  std::size_t first = 0;
  std::size_t last = 0;
  bool operator==(const NamedRange&) const = default;
};

/// One range as a user writes it: `system:0-5`, `question:7`, or `6-20`, which is called after
/// itself. Nothing where the text is none.
std::optional<NamedRange> named_range(std::string_view text);

/// Several with commas between. Nothing where one of them is no range.
std::optional<std::vector<NamedRange>> named_ranges(std::string_view text);

}  // namespace attngraph
