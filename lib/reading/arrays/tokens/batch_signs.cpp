#include "reading/arrays/tokens/batch_signs.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "reading/arrays/array_name.hpp"
#include "reading/arrays/number_words.hpp"

namespace attngraph {
namespace {

bool names_one_of(const std::string& pattern, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return pattern.find(word) != std::string::npos;
  });
}

/// What the axes of an array show nothing about: it is attention or its parts, has a row for each
/// layer or is a parameter of the model.
bool says_nothing(const NamedTensor& array, const ArrayName& name, const Reading& reading) {
  const auto& read = reading.arrays;
  if (std::find(read.begin(), read.end(), array.name) != read.end()) return true;
  if (name.role != Role::unknown && name.role != Role::mask) return true;
  const Shape& shape = array.tensor.shape();
  const std::size_t rank = shape.size();
  const bool of_heads = rank > 1 && shape[1] == reading.heads();
  const bool of_pairs =
      rank > 2 && shape[rank - 2] == reading.queries() && shape[rank - 1] == reading.keys();
  return of_heads || of_pairs ||
         names_one_of(name.pattern, {"layer", "head", "block", "weight", "bias", "kernel", "embed",
                                     "gamma", "beta", "norm", "scale"});
}

/// As many as tokens or heads may be one for each of those.
bool may_be_of_tokens(std::size_t items, const Reading& reading) {
  return items == reading.queries() || items == reading.keys() || items == reading.heads();
}

/// Ids or a mask with a row for each of so many items, or anything else that is as long.
bool has_a_row_for_each(const NamedTensor& array, std::size_t items, const Reading& reading) {
  const Shape& shape = array.tensor.shape();
  if (shape.empty() || shape.front() != items) return false;
  const ArrayName name = array_name(array.name);
  const bool ids = name.pattern.find("_ids") != std::string::npos;
  const bool mask = name.role == Role::mask && items != reading.queries();
  if ((ids || mask) && shape == Shape{items, reading.keys()}) return true;
  return reading.axes.size() == 4 && !may_be_of_tokens(items, reading) &&
         !says_nothing(array, name, reading);
}

/// Whether a list has a text for each of so many items.
bool is_as_long(const OtherList& list, std::size_t items, const Reading& reading) {
  const ArrayName name = array_name(list.name + "0");
  if (list.length != items || names_one_of(name.pattern, {"layer", "head"})) return false;
  std::string_view word = name.words.back();
  if (word.ends_with('s')) word.remove_suffix(1);
  return !may_be_of_tokens(items, reading) || counts_inputs(word);
}

/// What the file has one of for each item; empty where there is nothing.
std::string one_for_each(const Dump& dump, std::size_t items, const Reading& reading) {
  for (const NamedTensor& array : dump.tensors) {
    if (has_a_row_for_each(array, items, reading)) return array.name + " has a row for each";
  }
  for (const OtherList& list : dump.other_lists) {
    if (is_as_long(list, items, reading)) return list.name + " has one for each";
  }
  // So readers say that they leave out what an item is to be chosen from.
  const std::string lists = "holds " + counted(items, "list") + " of labels";
  for (const Unread& left : dump.unread) {
    if (left.reason.problem().starts_with(lists)) return left.name + " has a list for each";
  }
  return "";
}

/// What to say where the first axis, read as layers or heads, is as long.
std::optional<Finding> batch_in_front(const Dump& dump, const Reading& reading) {
  const std::size_t items = reading.file_shape.front();
  const Axis front = reading.axes.front();
  if (items < 2 || (front != Axis::layer && front != Axis::head)) return std::nullopt;
  const std::string sign = one_for_each(dump, items, reading);
  if (sign.empty()) return std::nullopt;
  Axes other = reading.axes;
  other.front() = Axis::batch;
  const std::string number = std::to_string(items);
  return Finding{"shape " + shape_text(reading.file_shape) + " may begin with " + number +
                     (front == Axis::layer ? " layers" : " heads") + " or with a batch of " +
                     number + ", as " + sign,
                 "say which: $axes " + axes_option(reading.axes) + ", or $axes " +
                     axes_option(other) + " and $batch 0"};
}

}  // namespace

void look_for_batch(Reading& reading, const Dump& dump, const ReadingRequest& request,
                    Faults faults) {
  if (!request.axes.empty() || request.batch || reading.steps || !reading.numbered.empty()) return;
  const auto found = batch_in_front(dump, reading);
  if (!found) return;
  if (faults == Faults::refused) throw InputError(reading.source, found->what, found->cure);
  reading.findings.push_back(*found);
}

}  // namespace attngraph
