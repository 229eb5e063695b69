#include "reading/arrays/tokens/batch_signs.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "reading/arrays/array_name.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

bool names_one_of(const std::string& pattern, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return pattern.find(word) != std::string::npos;
  });
}

/// An array whose first axis may be a batch.
struct Front {
  std::size_t items, heads, queries, keys;
  /// Whether an axis of heads stands behind it.
  bool four_axes;
  /// The arrays that are read.
  std::vector<std::string> arrays;
};

/// What the axes of an array show nothing about: it is attention or its parts, has a row for each
/// layer or is a parameter of the model.
bool says_nothing(const NamedTensor& array, const ArrayName& name, const Front& front) {
  const auto& read = front.arrays;
  if (std::find(read.begin(), read.end(), array.name) != read.end()) return true;
  if (name.role != Role::unknown && name.role != Role::mask) return true;
  const Shape& shape = array.tensor.shape();
  const std::size_t rank = shape.size();
  const bool of_heads = rank > 1 && shape[1] == front.heads;
  const bool of_pairs =
      rank > 2 && shape[rank - 2] == front.queries && shape[rank - 1] == front.keys;
  return of_heads || of_pairs ||
         names_one_of(name.pattern, {"layer", "head", "block", "weight", "bias", "kernel", "gamma",
                                     "beta", "norm", "scale", "resid", "mlp", "ffn", "attn_out"});
}

/// A number for each item is one of a sentence where its name says so, else as well of a layer.
bool says_little(const Shape& shape, const ArrayName& name) {
  return shape.size() == 1 &&
         !names_one_of(name.pattern, {"label", "target", "class", "pred", "len"});
}

/// As many as tokens or heads may be one for each of those.
bool may_be_of_tokens(const Front& front) {
  return front.items == front.queries || front.items == front.keys || front.items == front.heads;
}

/// Ids or a mask with a row for each of so many items, or anything else that is as long.
bool has_a_row_for_each(const NamedTensor& array, const Front& front) {
  const Shape& shape = array.tensor.shape();
  if (shape.empty() || shape.front() != front.items) return false;
  const ArrayName name = array_name(array.name);
  const bool ids = name.pattern.find("_ids") != std::string::npos;
  const bool mask = name.role == Role::mask && front.items != front.queries;
  if ((ids || mask) && shape == Shape{front.items, front.keys}) return true;
  return front.four_axes && !may_be_of_tokens(front) && !says_little(shape, name) &&
         !says_nothing(array, name, front);
}

/// Whether a list has a text for each of so many items.
bool is_as_long(const OtherList& list, const Front& front) {
  const ArrayName name = array_name(list.name + "0");
  if (list.length != front.items || names_one_of(name.pattern, {"layer", "head"})) return false;
  std::string_view word = name.words.back();
  if (word.ends_with('s')) word.remove_suffix(1);
  return !may_be_of_tokens(front) || counts_inputs(word);
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
  return "";
}

/// What to say where the first axis, read as layers or heads, is as long.
std::optional<Finding> batch_in_front(const Dump& dump, const Front& front, const Axes& axes,
                                      const Shape& shape) {
  if (front.items < 2 || (axes.front() != Axis::layer && axes.front() != Axis::head)) {
    return std::nullopt;
  }
  const std::string sign = one_for_each(dump, front);
  if (sign.empty()) return std::nullopt;
  Axes other = axes;
  other.front() = Axis::batch;
  const std::string number = std::to_string(front.items);
  return Finding{"shape " + shape_text(shape) + " may begin with " + number +
                     (axes.front() == Axis::layer ? " layers" : " heads") + " or with a batch of " +
                     number + ", as " + sign,
                 "say which: $axes " + axes_option(axes) + ", or $axes " + axes_option(other) +
                     " and $batch 0"};
}

}  // namespace

void look_for_batch(Reading& reading, const Dump& dump, const ReadingRequest& request,
                    Faults faults) {
  if (!request.axes.empty() || request.batch || reading.steps || !reading.numbered.empty()) return;
  const Shape& shape = reading.file_shape;
  const Front front{shape.front(),  reading.heads(),          reading.queries(),
                    reading.keys(), reading.axes.size() == 4, reading.arrays};
  const auto found = batch_in_front(dump, front, reading.axes, shape);
  if (!found) return;
  if (faults == Faults::refused) throw InputError(reading.source, found->what, found->cure);
  reading.findings.push_back(*found);
}

void refuse_batch(const TokenFamilies& families, const Dump& dump, const ReadingRequest& request) {
  const Family& asked = families.query.members.empty() ? families.key : families.query;
  if (asked.members.size() != 1 || families.key.members.size() != 1) return;
  if (!request.axes.empty() || request.batch || request.heads_in_width) return;
  const NamedTensor &queries = asked.members.front(), &keys = families.key.members.front();
  if (queries.tensor.rank() != 4 || keys.tensor.rank() != 4) return;
  if (!token_axes_of_name(queries.name, 4).empty()) return;
  const Shape& shape = queries.tensor.shape();
  const Front front{shape[0], shape[1], shape[2], keys.tensor.shape()[2], true, {}};
  const auto found = batch_in_front(dump, front, default_token_axes(4, HeadAxis::own), shape);
  if (found) throw InputError(place_of(dump.source, queries), found->what, found->cure);
}

}  // namespace attngraph
