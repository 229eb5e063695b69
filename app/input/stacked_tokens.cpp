#include "input/stacked_tokens.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

bool begins_with(const std::vector<std::string>& all, const std::vector<std::string>& first) {
  return first.size() <= all.size() && std::equal(first.begin(), first.end(), all.begin());
}

/// Token ids in place of labels, one for each key.
std::vector<std::string> ids_of(const Dump& part) {
  for (const NamedTensor& array : part.tensors) {
    const bool named = array.name.ends_with("input_ids") || array.name.ends_with("token_ids");
    const Shape& shape = array.tensor.shape();
    const bool list = shape.size() == 1 || (shape.size() == 2 && shape.front() == 1);
    if (!named || !list) continue;
    std::vector<std::string> ids;
    for (const double id : array.tensor.to_doubles()) ids.push_back(number_text(id));
    return ids;
  }
  return {};
}

/// The labels, or ids, of the keys of a file; nothing where it has a label for anything else.
std::vector<std::string> tokens_of(const Dump& part, const Family& arrays) {
  std::vector<std::string> tokens = part.tokens.empty() ? ids_of(part) : part.tokens;
  const std::size_t keys = arrays.members.back().tensor.shape().back();
  if (tokens.size() != keys) tokens.clear();
  return tokens;
}

}  // namespace

void StackedTokens::add(const Dump& part, const Family& arrays, Dump& stack) {
  const std::vector<std::string> tokens = tokens_of(part, arrays);
  const bool longer = !tokens.empty() && begins_with(tokens, all_);
  if (!named_ && !longer && !begins_with(all_, tokens)) {
    throw InputError(part.source,
                     "its tokens are not those of " + source_ +
                         ": these are different inputs, not layers of one",
                     "leave $stack out, and each is answered by itself; where they are layers all "
                     "the same, $tokens FILE says of what");
  }
  if (longer) {
    all_ = tokens;
    source_ = part.source;
  }
  if (!stack.tokens.empty() && (!longer || part.tokens.empty())) return;
  stack.tokens = part.tokens;
  stack.tokens_name = part.tokens_name;
  stack.query_tokens = part.query_tokens;
}

}  // namespace attngraph
