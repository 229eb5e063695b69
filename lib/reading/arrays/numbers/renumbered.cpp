#include "reading/arrays/numbers/renumbered.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"

namespace attngraph {

bool sort_by_numbers(Family& arrays) {
  std::vector<std::size_t> order(arrays.members.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return arrays.names[a].numbers < arrays.names[b].numbers;
  });
  const bool moved = !std::is_sorted(order.begin(), order.end());
  Family sorted;
  for (const std::size_t i : order) {
    sorted.members.push_back(arrays.members[i]);
    sorted.names.push_back(arrays.names[i]);
  }
  arrays = std::move(sorted);
  return moved;
}

void check_different(const Family& arrays, const std::string& source) {
  for (std::size_t i = 1; i < arrays.names.size(); ++i) {
    if (arrays.names[i].numbers != arrays.names[i - 1].numbers) continue;
    throw InputError(within(source, arrays.members[i].name),
                     "says that it is the same layer as " + called(arrays.members[i - 1].name),
                     "where they are of different inputs, save each in a file of its own");
  }
}

}  // namespace attngraph
