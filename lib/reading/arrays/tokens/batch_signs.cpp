#include "reading/arrays/tokens/batch_signs.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/array_name.hpp"
#include "reading/arrays/tokens/input_words.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"
#include "tensor/axis_lists.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

bool names_one_of(const std::string& pattern, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return pattern.find(word) != std::string::npos;
  });
}

/// What beside a first axis, or a set of arrays, tells whether it is a batch: anything as long
/// where heads stand behind it or in each array, else what says that it goes with inputs.
enum class Signs { anything, of_inputs };

/// A first axis that may be a batch, or a set of arrays that may be inputs.
struct Front {
  std::size_t items, heads, queries, keys;
  Signs signs;
  /// The arrays that are read.
  std::vector<std::string> arrays;
};

/// Whether it is what one module gives for each input, as PyTorch's own `attn_output` beside
/// `attn_output_weights`; those of several modules are numbered.
bool is_output_of_one(const NamedTensor& array, const ArrayName& name) {
  return name.pattern.find("attn_out") != name.pattern.npos && name.numbers.empty() &&
         array.tensor.rank() == 3;
}

/// What the axes of an array show nothing about: it is attention or its parts, has a row for each
/// layer or is a parameter of the model.
bool says_nothing(const NamedTensor& array, const ArrayName& name, const Front& front) {
  const auto& read = front.arrays;
  if (std::find(read.begin(), read.end(), array.name) != read.end()) return true;
  if (name.role != Role::unknown && name.role != Role::mask) return true;
  const Shape& shape = array.tensor.shape();
  const std::size_t rank = shape.size();
  const bool of_heads = front.signs == Signs::anything && rank > 1 && shape[1] == front.heads;
  const bool of_pairs =
      rank > 2 && shape[rank - 2] == front.queries && shape[rank - 1] == front.keys;
  const bool of_modules =
      name.pattern.find("attn_out") != name.pattern.npos && !is_output_of_one(array, name);
  return of_heads || of_pairs || of_modules ||
         names_one_of(name.pattern, {"layer", "head", "block", "weight", "bias", "kernel", "gamma",
                                     "beta", "norm", "scale", "resid", "mlp", "ffn"});
}

bool as_many_as_tokens(const Front& front) {
  return front.items == front.queries || front.items == front.keys;
}

/// As many as tokens or heads may be one for each of those.
bool may_be_of_tokens(const Front& front) {
  return as_many_as_tokens(front) || front.items == front.heads;
}

/// The colours of one picture.
bool is_picture(const Shape& shape, const Front& front) {
  constexpr std::size_t least = 16;
  return shape.size() == 3 && shape[0] == 3 && shape[1] >= least && shape[2] >= least &&
         shape[1] != front.queries;
}

/// Ids or a mask with a row for each of so many items, or anything else that is as long.
bool has_a_row_for_each(const NamedTensor& array, const Front& front) {
  const Shape& shape = array.tensor.shape();
  if (shape.empty() || shape.front() != front.items) return false;
  const ArrayName name = array_name(array.name);
  const bool ids = names_one_of(name.pattern, {"_ids", "tokens"});
  const bool mask = name.role == Role::mask && front.items != front.queries;
  if ((ids || mask) && shape == Shape{front.items, front.keys}) return true;
  if (says_nothing(array, name, front) || is_picture(shape, front)) return false;
  if (front.signs == Signs::of_inputs) {
    const bool says = says_inputs(array.name) || is_output_of_one(array, name);
    return says && !as_many_as_tokens(front);
  }
  // A number for each may as well be one of a layer.
  return !may_be_of_tokens(front) && (shape.size() > 1 || says_inputs(array.name));
}

/// Whether a list has a text for each of so many items.
bool is_as_long(const OtherList& list, const Front& front) {
  const ArrayName name = array_name(list.name + "0");
  if (list.length != front.items || names_one_of(name.pattern, {"layer", "head"})) return false;
  if (names_axes(list.name)) return false;
  std::string_view word = name.words.back();
  if (word.ends_with('s')) word.remove_suffix(1);
  if (counts_inputs(word)) return true;
  if (front.signs == Signs::anything && list.kind == ListKind::texts)
    return !may_be_of_tokens(front);
  return says_inputs(list.name) && !as_many_as_tokens(front);
}

/// Whether a name is that of one of so many inputs: `sentence_0`.
bool numbers_an_input(const std::string& member) {
  const ArrayName name = array_name(member);
  return name.numbers.size() == 1 && counts_inputs(name.words.front()) &&
         name.pattern.ends_with('#');
}

/// The first of as many texts, `sentence_0` and `sentence_1`, as there are items.
std::string first_of_texts(const Dump& dump, const Front& front) {
  std::map<std::string, std::vector<std::string>> texts;
  for (const Unread& left : dump.unread) {
    if (numbers_an_input(left.name)) texts[array_name(left.name).pattern].push_back(left.name);
  }
  for (const Field& field : dump.fields) {
    if (numbers_an_input(field.name)) texts[array_name(field.name).pattern].push_back(field.name);
  }
  for (const auto& [pattern, names] : texts) {
    if (names.size() == front.items) return names.front();
  }
  return "";
}

/// What the file has one of for each item; empty where there is nothing.
std::string one_for_each(const Dump& dump, const Front& front) {
  for (const NamedTensor& array : dump.tensors) {
    if (has_a_row_for_each(array, front)) return array.name + " has a row for each";
  }
  for (const OtherList& list : dump.other_lists) {
    if (is_as_long(list, front)) return list.name + " has one for each";
  }
  // So readers say that they leave out what an item is to be chosen from.
  const std::string lists = "holds " + counted(front.items, "list") + " of labels";
  for (const Unread& left : dump.unread) {
    if (left.reason.problem().starts_with(lists)) return left.name + " has a list for each";
  }
  const std::string text = first_of_texts(dump, front);
  return text.empty() ? "" : text + " is that of one";
}

/// What to say where an axis that is read as layers or heads is as long.
std::optional<Finding> batch_at(std::size_t place, const Dump& dump, const Front& front,
                                const Axes& axes, const Shape& shape) {
  const Axis axis = axes[place];
  if (front.items < 2 || (axis != Axis::layer && axis != Axis::head)) return std::nullopt;
  const std::string sign = one_for_each(dump, front);
  if (sign.empty()) return std::nullopt;
  Axes other = axes;
  other[place] = Axis::batch;
  const std::string number = std::to_string(front.items);
  const bool in_front = place == 0;
  return Finding{"shape " + shape_text(shape) + (in_front ? " may begin with " : " may hold ") +
                     number + (axis == Axis::layer ? " layers" : " heads") +
                     (in_front ? " or with a batch of " : " or a batch of ") + number + ", as " +
                     sign,
                 "say which: $axes " + axes_option(axes) + ", or $axes " + axes_option(other) +
                     " and $batch 0"};
}

/// What to say where the heads of several layers are as many as inputs: means over heads of a
/// batch.
std::optional<Finding> batch_for_heads(const Reading& reading, const Dump& dump,
                                       const Family& arrays) {
  const Axes& axes = reading.axes;
  const auto head = std::find(axes.begin(), axes.end(), Axis::head);
  const bool has_batch = std::find(axes.begin(), axes.end(), Axis::batch) != axes.end();
  if (head == axes.end() || has_batch) return std::nullopt;
  const auto place = static_cast<std::size_t>(head - axes.begin());
  const bool looked_at = place == 0 && arrays.members.size() == 1;
  if (looked_at || reading.heads() == reading.layers.size()) return std::nullopt;
  const Front front{reading.heads(), 0, reading.queries(), reading.keys(), Signs::of_inputs,
                    reading.arrays};
  return batch_at(place, dump, front, axes, reading.file_shape);
}

/// What to say of a set of arrays, read as layers.
std::optional<Finding> inputs_in_set(const Reading& reading, const Dump& dump,
                                     const Family& arrays) {
  if (reading.batches > 1 || !may_be_inputs(arrays)) return std::nullopt;
  const bool batch_each = reading.axes.front() == Axis::batch;
  const Front front{arrays.members.size(),
                    reading.heads(),
                    reading.queries(),
                    reading.keys(),
                    batch_each ? Signs::of_inputs : Signs::anything,
                    reading.arrays};
  const std::string sign = one_for_each(dump, front);
  if (sign.empty()) return std::nullopt;
  Axes layers = reading.axes, inputs = reading.axes;
  layers.insert(layers.begin(), Axis::layer);
  if (batch_each) inputs.front() = Axis::layer;
  inputs.insert(inputs.begin(), Axis::batch);
  const std::string number = std::to_string(front.items);
  return Finding{family_text(arrays) + " may be " + number + " layers of one input or " + number +
                     " inputs, as " + sign,
                 "say which: $axes " + axes_option(layers) + ", or $axes " + axes_option(inputs) +
                     " and $batch 0"};
}

/// The same of queries and keys.
void refuse_inputs_in_set(const TokenFamilies& families, const Family& asked, const Dump& dump) {
  const Tensor& first = asked.members.front().tensor;
  const std::size_t rank = first.rank();
  if (rank < 3 || rank > 4 || !may_be_inputs(asked)) return;
  const Shape& queries = first.shape();
  const Shape& keys = families.key.members.front().tensor.shape();
  if (rank == 4 && queries.front() > 1) return;
  const Front front{asked.members.size(),
                    queries[rank - 3],
                    queries[rank - 2],
                    keys[keys.size() - 2],
                    rank == 4 ? Signs::of_inputs : Signs::anything,
                    {}};
  const std::string sign = one_for_each(dump, front);
  if (sign.empty()) return;
  throw InputError(
      dump.source, family_text(asked) + " may be layers of one input or inputs, as " + sign,
      "where they are layers, say $axes " + std::string(rank == 4 ? "batch," : "") +
          "head,token,width; else give those of one with $query " +
          shell_word(dump.source + ":" + asked.members.front().name) + " and $key of attend");
}

}  // namespace

bool may_be_inputs(const Family& arrays) {
  const auto places = arrays.varying();
  if (places.size() != 1) return false;
  const std::string& word = arrays.names.front().words[places.front()];
  return !counts_layers(word) && !counts_heads(word) && !counts_steps(word);
}

void look_for_batch(Reading& reading, const Dump& dump, const Family& arrays,
                    const ReadingRequest& request, Faults faults) {
  if (!request.axes.empty() || request.batch || reading.steps || !reading.numbered.empty()) return;
  const Shape& shape = reading.file_shape;
  const Front front{shape.front(),
                    reading.heads(),
                    reading.queries(),
                    reading.keys(),
                    reading.axes.size() == 4 ? Signs::anything : Signs::of_inputs,
                    reading.arrays};
  auto found = arrays.members.size() > 1 ? inputs_in_set(reading, dump, arrays)
                                         : batch_at(0, dump, front, reading.axes, shape);
  if (!found) found = batch_for_heads(reading, dump, arrays);
  if (!found) return;
  if (faults == Faults::refused) throw InputError(reading.source, found->what, found->cure);
  reading.findings.push_back(*found);
}

void refuse_batch(const TokenFamilies& families, const Dump& dump, const ReadingRequest& request) {
  const Family& asked = families.query.members.empty() ? families.key : families.query;
  if (asked.members.empty() || families.key.members.empty()) return;
  if (!request.axes.empty() || request.batch || request.heads_in_width) return;
  if (asked.members.size() > 1) return refuse_inputs_in_set(families, asked, dump);
  if (families.key.members.size() != 1) return;
  const NamedTensor &queries = asked.members.front(), &keys = families.key.members.front();
  if (queries.tensor.rank() != 4 || keys.tensor.rank() != 4) return;
  if (!token_axes_of_name(queries.name, 4).empty()) return;
  const Shape& shape = queries.tensor.shape();
  const Front front{shape[0], shape[1], shape[2], keys.tensor.shape()[2], Signs::anything, {}};
  const auto found = batch_at(0, dump, front, default_token_axes(4, HeadAxis::own), shape);
  if (found) throw InputError(place_of(dump.source, queries), found->what, found->cure);
}

}  // namespace attngraph
