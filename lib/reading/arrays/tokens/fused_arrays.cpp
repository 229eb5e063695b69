#include "reading/arrays/tokens/fused_arrays.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// How to take them apart; an axis of three says it.
std::string splitting_hint(const Tensor& fused) {
  const Shape& shape = fused.shape();
  const auto end = shape.size() > 3 ? shape.end() - 2 : shape.begin();
  if (std::count(shape.begin(), end, std::size_t{3}) == 1) {
    const auto axis = std::find(shape.begin(), end, std::size_t{3}) - shape.begin();
    return "split it before the dump: q, k, v = x.unbind(" + std::to_string(axis) + ")";
  }
  return "split it before the dump: q, k, v = x.chunk(3, -1) where the three follow each other "
         "(GPT-2, timm), x.unflatten(-1, (heads, 3, -1)).unbind(-2) where each head has its own "
         "(GPT-NeoX, BLOOM), x.split(widths, -1) where keys have fewer heads";
}

}  // namespace

bool is_fused(const Family& family) { return family.role() == Role::fused && family.rank() >= 2; }

void refuse_fused(const std::string& source, const Family& fused) {
  throw InputError(source,
                   "holds " + family_text(fused) +
                       ": queries, keys and values in one, in an order that the file does not say",
                   splitting_hint(fused.members.front().tensor));
}

}  // namespace attngraph
