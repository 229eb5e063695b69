#include "reading/arrays/tokens/own_lists.hpp"

#include <algorithm>
#include <utility>

#include "reading/arrays/array_name.hpp"
#include "tensor/own_tokens.hpp"

namespace attngraph {
namespace {

/// A list that may be of an array, and how much says so.
struct Candidate {
  const NamedTokens* list;
  bool fits;
  std::size_t kinship;
};

/// As long and akin first; each as often as it was.
std::vector<Candidate> by_kinship(const std::vector<NamedTokens>& lists, const std::string& array,
                                  const TokenCounts& counts) {
  std::vector<Candidate> found;
  for (const NamedTokens& list : lists) {
    const std::size_t labels = list.tokens.size();
    found.push_back({&list, labels == counts.keys || labels == counts.queries,
                     kinship(list.name, array).length});
  }
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    return std::pair(a.fits, a.kinship) > std::pair(b.fits, b.kinship);
  });
  return found;
}

}  // namespace

bool is_of_another(const Dump& dump, const std::string& list, const std::string& array) {
  const std::size_t own = kinship(list, array).length;
  const Role role = array_name(array).role;
  return std::any_of(dump.tensors.begin(), dump.tensors.end(), [&](const NamedTensor& other) {
    return other.tensor.rank() > 1 && kinship(list, other.name).length > own &&
           array_name(other.name).role == role;
  });
}

const NamedTokens* own_list(const Dump& dump, const std::vector<NamedTokens>& lists,
                            const std::string& array, const TokenCounts& counts) {
  for (const Candidate& one : by_kinship(lists, array, counts)) {
    if (one.kinship == 0) continue;
    if (!is_of_another(dump, one.list->name, array)) return one.list;
  }
  return nullptr;
}

}  // namespace attngraph
