#include "attention/computed/mask_sense.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// `key_padding_mask` of `batch.npz:key_padding_mask` and of `masks/key_padding_mask.npy`.
std::string_view array_of(std::string_view option) {
  for (const std::string_view end : {".npy", ".pt", ".json"}) {
    if (option.ends_with(end)) option.remove_suffix(end.size());
  }
  const auto last = option.find_last_of(":/.");
  return option.substr(last == option.npos ? 0 : last + 1);
}

bool holds_truths(const Tensor& mask) {
  const auto numbers = mask.to_doubles();
  return std::all_of(numbers.begin(), numbers.end(), [](double n) { return n == 0 || n == 1; });
}

/// Whether some query sees keys, and none sees itself, in a square [..., query, key].
bool hides_itself(const Tensor& mask) {
  const std::size_t rank = mask.rank();
  if (rank < 2 || mask.shape()[rank - 1] != mask.shape()[rank - 2]) return false;
  const std::size_t tokens = mask.shape()[rank - 1];
  const auto numbers = mask.to_doubles();
  bool any = false;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] == 0) continue;
    if (i % tokens == i / tokens % tokens) return false;
    any = true;
  }
  return any;
}

[[noreturn]] void refuse(std::string_view name, const char* why) {
  throw InputError("$mask",
                   std::string(name) + " is inverted, " + why +
                       ", expected a mask that is true "
                       "where a query may look",
                   "save its inverse under another name: mask=~" + std::string(name));
}

}  // namespace

void refuse_inverted_mask(std::string_view name, const Tensor& mask) {
  if (mask.empty()) return;
  const std::string_view called = array_of(name);
  if (called.ends_with("key_padding_mask") && holds_truths(mask)) {
    refuse(called, "as PyTorch calls what is true where keys are ignored");
  }
  if (called.ends_with("attn_mask") && mask.dtype() == Dtype::boolean && hides_itself(mask)) {
    refuse(called, "for by it queries see others and not themselves");
  }
}

}  // namespace attngraph
