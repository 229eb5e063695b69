#include "core/named_range.hpp"

#include <algorithm>
#include <charconv>

namespace attngraph {
namespace {

std::optional<std::size_t> take_index(std::string_view& text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return index;
}

}  // namespace

std::optional<NamedRange> named_range(std::string_view text) {
  const auto colon = text.rfind(':');
  const bool named = colon != std::string_view::npos;
  NamedRange range{std::string(named ? text.substr(0, colon) : text), 0, 0};
  if (named) text.remove_prefix(colon + 1);
  const auto first = take_index(text);
  auto last = first;
  if (first && text.starts_with('-')) {
    text.remove_prefix(1);
    last = take_index(text);
  }
  if (!first || !last || !text.empty() || *first > *last) return std::nullopt;
  range.first = *first;
  range.last = *last;
  return range;
}

std::optional<std::vector<NamedRange>> named_ranges(std::string_view text) {
  std::vector<NamedRange> ranges;
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    auto range = named_range(text.substr(0, comma));
    if (!range) return std::nullopt;
    ranges.push_back(*std::move(range));
    if (comma == text.size()) return ranges;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace attngraph
