#include "formats/labels/counting.hpp"

#include <algorithm>
#include <vector>

namespace attngraph {

Counting counting(std::span<const std::size_t> numbers) {
  if (numbers.empty()) return Counting::no;
  const std::size_t first = *std::min_element(numbers.begin(), numbers.end());
  if (first > 1) return Counting::no;
  std::vector<bool> seen(numbers.size());
  for (const std::size_t number : numbers) {
    if (number - first >= seen.size() || seen[number - first]) return Counting::no;
    seen[number - first] = true;
  }
  const bool rising = std::is_sorted(numbers.begin(), numbers.end());
  return rising ? Counting::in_order : Counting::shuffled;
}

}  // namespace attngraph
