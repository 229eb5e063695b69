#include "attention/computed/attention_of_queries.hpp"

#include <utility>

#include "attention/computed/attend.hpp"
#include "core/error.hpp"
#include "reading/arrays/token_arrays.hpp"

namespace attngraph {

Attention attention_of_queries(const Dump& dump, const StackRequest& request,
                               std::vector<std::string>& notes) {
  TokenArrays arrays = token_arrays(dump, request);
  const bool keys_alone = arrays.query.empty();
  if (!request.causal && !keys_alone) {
    throw ArgumentError("$causal",
                        "is missing: " + dump.source +
                            " holds queries and keys, which do not say whether a query sees later "
                            "keys",
                        "write $causal yes for a decoder, $causal no for an encoder");
  }
  AttendInput input;
  input.query = keys_alone ? arrays.key : std::move(arrays.query);
  input.key = std::move(arrays.key);
  input.value = std::move(arrays.value);
  AttendOptions options;
  options.causal = request.causal.value_or(keys_alone);
  options.axes = {Axis::layer, Axis::head, Axis::token, Axis::width};
  options.file_axes = arrays.axes;
  MultiHeadAttention heads(input, options);
  notes.insert(notes.end(), heads.notes().begin(), heads.notes().end());
  Attention whole =
      Attention::computed(std::move(heads), request.tokens.empty() ? dump.tokens : request.tokens);
  whole.set_limits(request.limits);
  if (keys_alone) whole.set_keys_alone();
  if (request.cross || whole.cross()) whole.set_sides(Sides::cross, request.query_tokens);
  return asked_attention(std::move(whole), request, notes);
}

}  // namespace attngraph
