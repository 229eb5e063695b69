#include "reading/arrays/top_k_arrays.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/place.hpp"

namespace attngraph {
namespace {

/// A number above 1 is no weight.
bool are_places(const Tensor& array) {
  if (is_floating(array.dtype()) || array.rank() < 2 || array.size() == 0) return false;
  Tensor row = array;
  while (row.rank() > 1) row = row.at(0, row.shape()[0] - 1);
  const auto numbers = row.to_doubles();
  return std::any_of(numbers.begin(), numbers.end(), [](double number) { return number > 1; });
}

}  // namespace

void refuse_places(const Family& chosen, const std::vector<Family>& all,
                   const std::string& source) {
  const NamedTensor& places = chosen.members.front();
  if (chosen.role() == Role::attention || !are_places(places.tensor)) return;
  const auto weights = std::find_if(all.begin(), all.end(), [&](const Family& family) {
    const Tensor& first = family.members.front().tensor;
    return is_floating(first.dtype()) && first.shape() == places.tensor.shape();
  });
  if (weights == all.end()) return;
  throw InputError(
      within(source, places.name),
      "holds whole numbers beside " + called(weights->members.front().name) +
          " of the same shape, as the places and weights of a top-k",
      "put the weights in place: torch.zeros(*shape, keys).scatter(-1, places, weights)");
}

}  // namespace attngraph
