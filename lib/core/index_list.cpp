#include "core/index_list.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <numeric>
#include <optional>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// Takes an integer from the front of `text`.
std::optional<long> take_integer(std::string_view& text) {
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

}  // namespace

IndexList IndexList::parse(std::string_view text, const std::string& option) {
  const auto refuse = [&, whole = std::string(text)] {
    return ArgumentError(option, "'" + whole + "' is not a list of indices",
                         "write for example " + option + " 0,3-5,-1");
  };
  IndexList list;
  while (true) {
    const auto first = take_integer(text);
    if (!first) throw refuse();
    Range range{*first, *first};
    if (text.starts_with('-')) {
      text.remove_prefix(1);
      const auto last = take_integer(text);
      if (!last) throw refuse();
      range.last = *last;
    }
    list.ranges_.push_back(range);
    if (text.empty()) return list;
    if (!text.starts_with(',')) throw refuse();
    text.remove_prefix(1);
  }
}

std::vector<IndexList::Range> IndexList::absolute(std::size_t size,
                                                  const std::string& option) const {
  const auto count = static_cast<long>(size);
  const auto from_front = [&](long index) {
    if (index < -count || index >= count) {
      throw ArgumentError(option, "there is no " + std::to_string(index) + ", expected 0 to " +
                                      std::to_string(count - 1));
    }
    return index < 0 ? index + count : index;
  };
  std::vector<Range> ranges;
  for (const auto& range : ranges_) {
    ranges.push_back({from_front(range.first), from_front(range.last)});
    if (ranges.back().first <= ranges.back().last) continue;
    throw ArgumentError(option, "the range " + std::to_string(range.first) + "-" +
                                    std::to_string(range.last) + " runs backwards");
  }
  return ranges;
}

std::vector<std::size_t> IndexList::resolve(std::size_t size, const std::string& option) const {
  std::vector<std::size_t> all(size);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return chosen_of(all, option);
}

std::vector<std::size_t> IndexList::chosen_of(const std::vector<std::size_t>& indices,
                                              const std::string& option) const {
  const auto ranges = absolute(indices.empty() ? 0 : indices.back() + 1, option);
  if (ranges.empty()) return indices;
  std::vector<std::size_t> chosen;
  std::copy_if(indices.begin(), indices.end(), std::back_inserter(chosen), [&](std::size_t index) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
      return range.first <= static_cast<long>(index) && static_cast<long>(index) <= range.last;
    });
  });
  return chosen;
}

}  // namespace attngraph
