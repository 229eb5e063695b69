#include "attention/computed/attention_of_queries.hpp"

#include <algorithm>
#include <utility>

#include "attention/computed/attend.hpp"
#include "attention/computed/rules_of_file.hpp"
#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "reading/arrays/chosen_arrays.hpp"
#include "reading/arrays/families.hpp"
#include "reading/arrays/tokens/side_tokens.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"
#include "reading/arrays/tokens/token_families.hpp"

namespace attngraph {
namespace {

/// A mask of keys alone (padding) does not say whether a query sees later ones.
bool says_what_is_seen(const Tensor& mask) {
  return mask.rank() > 1 && mask.shape()[mask.rank() - 2] > 1;
}

/// The queries of a file, or the keys where there are none but these.
Family asked_family(const Dump& dump) {
  std::vector<std::string> ignored;
  TokenFamilies parts = token_families(dump, ignored);
  return parts.query.members.empty() ? std::move(parts.key) : std::move(parts.query);
}

void require_causal(const Dump& dump, const StackRequest& request, const Tensor& mask,
                    bool keys_alone) {
  if (request.causal || keys_alone || says_what_is_seen(mask)) return;
  const std::string causal = causal_by_file(dump, asked_family(dump));
  throw ArgumentError("$causal",
                      "is missing: " + dump.source +
                          " holds queries and keys, which do not say whether a query sees later "
                          "keys",
                      causal.empty() ? "write $causal yes for a decoder, $causal no for an encoder"
                                     : "write $causal yes, as " + causal + " says");
}

/// The item of a mask or bias whose first axis is the batch.
Tensor item_of(const Tensor& scores, const char* option, const TokenArrays& arrays,
               const StackRequest& request) {
  const bool may_be = request.batch && arrays.batches > 1 && scores.rank() > 1 &&
                      scores.shape()[0] == arrays.batches;
  if (!may_be) return scores;
  const Shape& query = (arrays.query.empty() ? arrays.key : arrays.query).shape();
  const std::size_t heads = request.queries.options.heads.value_or(query[1]);
  const std::size_t first = scores.rank() == 2   ? query[query.size() - 2]
                            : scores.rank() == 3 ? heads
                                                 : query[0];
  if (first == arrays.batches) {
    throw InputError(option,
                     "has shape " + shape_text(scores.shape()) +
                         ", whose first axis may be the batch, or the " +
                         (scores.rank() == 2   ? "queries"
                          : scores.rank() == 3 ? "heads"
                                               : "layers"),
                     "give the mask of one item: mask[item]");
  }
  return scores.at(0, *request.batch);
}

/// Values that do not go with the keys are left out: few questions need them.
Tensor fitting_values(TokenArrays& arrays, std::vector<std::string>& notes) {
  const Tensor& value = arrays.value;
  const Shape& keys = arrays.key.shape();
  if (value.empty() || std::equal(keys.begin(), keys.end() - 1, value.shape().begin())) {
    return value;
  }
  notes.push_back("values are left out: they are " + shape_text(value.shape()) + " and the keys " +
                  shape_text(keys));
  return {};
}

/// A mask in the file that nobody asked for may be of anything.
void name_mask(const Dump& dump, const StackRequest& request, std::vector<std::string>& notes) {
  if (!request.queries.mask.empty()) return;
  for (const NamedTensor& array : dump.tensors) {
    if (array_name(array.name).role != Role::mask) continue;
    notes.push_back(array.name + " is left out: $mask :" + array.name + " masks by it");
    return;
  }
}

/// As many labels as there are tokens in the other reading.
void check_tokens(const MultiHeadAttention& heads, const std::vector<std::string>& tokens,
                  const std::string& source) {
  const std::string other = heads.other_reading();
  if (other.empty() || tokens.size() == heads.keys() || tokens.size() != heads.heads()) return;
  throw InputError(source + ": tokens",
                   counted(tokens.size(), "label") + " for " + counted(heads.keys(), "key") +
                       " of " + counted(heads.heads(), "head"),
                   other);
}

void name_rules(const Dump& dump, const MultiHeadAttention& heads, const AttendOptions& asked,
                std::vector<std::string>& notes) {
  const auto left_out = rules_left_out(dump, asked_family(dump), heads, asked);
  notes.insert(notes.end(), left_out.begin(), left_out.end());
}

std::string name_of_queries(const Dump& dump) {
  const Family asked = asked_family(dump);
  return asked.members.empty() ? "" : asked.members.front().name;
}

/// What the lists in the file label; they may say that queries and keys are of two sequences.
LabelsOfSides labels_of_file(const MultiHeadAttention& heads, const Dump& dump,
                             const StackRequest& request) {
  const bool cross = request.cross || (heads.queries() != heads.keys() && request.causal != true);
  if (!cross && !request.tokens.empty()) return {{}, {}, Sides::self, {}};
  return labels_of_sides(
      side_tokens(dump, name_of_queries(dump), {heads.queries(), heads.keys()}),
      {heads.queries(), heads.keys(), cross ? Sides::cross : Sides::self, request.causal}, {},
      dump.source);
}

}  // namespace

Attention attention_of_queries(const Dump& dump, const StackRequest& request,
                               std::vector<std::string>& notes) {
  ReadingRequest reading = request;
  reading.heads_in_width = request.queries.options.heads.has_value();
  TokenArrays arrays = token_arrays(dump, reading);
  notes.insert(notes.end(), arrays.notes.begin(), arrays.notes.end());
  const bool keys_alone = arrays.query.empty();
  const Tensor mask = item_of(request.queries.mask, "$mask", arrays, request);
  require_causal(dump, request, mask, keys_alone);
  AttendInput input;
  input.query = keys_alone ? arrays.key : arrays.query;
  input.key = arrays.key;
  input.value = fitting_values(arrays, notes);
  input.mask = mask;
  input.bias = item_of(request.queries.bias, "$bias", arrays, request);
  input.sink_logits = request.queries.sink_logits;
  name_mask(dump, request, notes);
  AttendOptions options = request.queries.options;
  options.causal = request.causal.value_or(keys_alone);
  options.axes = read_axes(reading);
  options.file_axes = arrays.axes;
  options.guessed_axes = arrays.guessed_axes;
  MultiHeadAttention heads(input, options);
  if (!keys_alone) name_rules(dump, heads, options, notes);
  notes.insert(notes.end(), heads.notes().begin(), heads.notes().end());
  LabelsOfSides of_file = labels_of_file(heads, dump, request);
  if (!request.query_tokens.empty()) of_file.queries = request.query_tokens;
  const bool two_texts = of_file.sides == Sides::cross && heads.queries() == heads.keys();
  const auto& tokens = request.tokens.empty() ? of_file.keys : request.tokens;
  check_tokens(heads, tokens, dump.source);
  check_memory(request.limits, {std::max(heads.queries(), heads.keys()), bytes_per_token},
               "the tokens of one head", "raise $max-memory");
  Attention whole = Attention::computed(std::move(heads), tokens);
  whole.set_limits(request.limits);
  if (keys_alone) whole.set_keys_alone();
  if (whole.cross() || two_texts) {
    whole.set_sides(Sides::cross, of_file.queries);
  }
  if (request.tokens.empty()) {
    notes.insert(notes.end(), of_file.notes.begin(), of_file.notes.end());
  }
  return asked_attention(std::move(whole), request, notes);
}

}  // namespace attngraph
