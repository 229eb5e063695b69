#include "core/index_list.hpp"

#include <charconv>
#include <optional>
#include <set>

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

std::vector<std::size_t> IndexList::resolve(std::size_t size, const std::string& option) const {
  std::set<std::size_t> chosen;
  const auto count = static_cast<long>(size);
  const auto absolute = [&](long index) {
    if (index < -count || index >= count) {
      throw ArgumentError(option, "there is no " + std::to_string(index) + ", expected 0 to " +
                                      std::to_string(count - 1));
    }
    return index < 0 ? index + count : index;
  };
  for (const auto& range : ranges_) {
    const long first = absolute(range.first);
    const long last = absolute(range.last);
    if (first > last) {
      throw ArgumentError(option, "the range " + std::to_string(range.first) + "-" +
                                      std::to_string(range.last) + " runs backwards");
    }
    for (long i = first; i <= last; ++i) chosen.insert(static_cast<std::size_t>(i));
  }
  if (ranges_.empty()) {
    for (std::size_t i = 0; i < size; ++i) chosen.insert(chosen.end(), i);
  }
  return {chosen.begin(), chosen.end()};
}

}  // namespace attngraph
