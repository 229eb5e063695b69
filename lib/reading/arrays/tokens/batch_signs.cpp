#include "reading/arrays/tokens/batch_signs.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "reading/arrays/array_name.hpp"

namespace attngraph {
namespace {

/// Ids or a mask with a row for each of so many items. As many items as queries may be a matrix.
bool has_a_row_for_each(const NamedTensor& array, std::size_t items, const Reading& reading) {
  const ArrayName name = array_name(array.name);
  const bool ids = name.pattern.find("_ids") != std::string::npos;
  const bool mask = name.role == Role::mask && items != reading.queries();
  return (ids || mask) && !is_floating(array.tensor.dtype()) &&
         array.tensor.shape() == Shape{items, reading.keys()};
}

/// What the file has one of for each item; empty where there is nothing.
std::string one_for_each(const Dump& dump, std::size_t items, const Reading& reading) {
  for (const NamedTensor& array : dump.tensors) {
    if (has_a_row_for_each(array, items, reading)) return array.name + " has a row for each";
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
  if (!request.axes.empty() || request.batch || reading.steps || reading.one_per_head) return;
  const auto found = batch_in_front(dump, reading);
  if (!found) return;
  if (faults == Faults::refused) throw InputError(reading.source, found->what, found->cure);
  reading.findings.push_back(*found);
}

}  // namespace attngraph
