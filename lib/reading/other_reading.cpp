#include "reading/other_reading.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/text/counted.hpp"
#include "reading/row_sums.hpp"

namespace attngraph {
namespace {

std::size_t place_of(Axis axis, const Axes& axes) {
  return static_cast<std::size_t>(std::find(axes.begin(), axes.end(), axis) - axes.begin());
}

/// Which axes may hold the queries where `key` holds the keys: those of its length, else the last
/// other one (it lies transposed) and the one in front of the keys (heads last).
std::vector<std::size_t> possible_queries(std::size_t key, const Shape& shape) {
  std::vector<std::size_t> queries;
  for (std::size_t i = shape.size(); i-- > 0;) {
    if (i != key && shape[i] == shape[key]) queries.push_back(i);
  }
  if (!queries.empty()) return queries;
  const std::size_t last = shape.size() - 1;
  if (key != last) queries.push_back(last);
  if (key > 0) queries.push_back(key - 1);
  return queries;
}

/// `axes` in their order, but for those two.
Axes axes_with(std::size_t key, std::size_t query, const Axes& axes) {
  std::vector<Axis> rest;
  for (const Axis axis : axes) {
    if (axis != Axis::query && axis != Axis::key) rest.push_back(axis);
  }
  Axes ordered;
  for (std::size_t i = 0, next = 0; i < axes.size(); ++i) {
    ordered.push_back(i == key ? Axis::key : i == query ? Axis::query : rest[next++]);
  }
  return ordered;
}

/// What tells readings of one array apart: ` (5 queries, 9 keys)`.
std::string sizes_text(std::size_t query, std::size_t key, const Shape& shape) {
  if (shape[query] == shape[key]) return "";
  return " (" + counted(shape[query], "query") + ", " + counted(shape[key], "key") + ")";
}

std::optional<Dtype> floating_of_size(std::size_t size, const Tensor& array, std::size_t axis) {
  for (const Dtype dtype : {Dtype::bf16, Dtype::f16, Dtype::f32, Dtype::f64}) {
    if (dtype_size(dtype) == size && sums_to_one(array.reinterpreted(dtype), axis)) return dtype;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> other_axes(const Tensor& array, const Axes& axes, const Axes& numbered) {
  const auto sums = summing_axis(array);
  if (!sums || *sums == place_of(Axis::key, axes)) return std::nullopt;
  const auto queries = possible_queries(*sums, array.shape());
  std::string cure;
  for (const std::size_t query : queries) {
    Axes all = numbered;
    const Axes other = axes_with(*sums, query, axes);
    all.insert(all.end(), other.begin(), other.end());
    cure += (cure.empty() ? "$axes " : ", or $axes ") + axes_option(all);
    if (queries.size() > 1) cure += sizes_text(query, *sums, array.shape());
  }
  const bool swapped = queries.size() == 1 && *sums == place_of(Axis::query, axes) &&
                       queries.front() == place_of(Axis::key, axes);
  return Finding{"read as " + axes_text(axes) + " its rows do not sum to 1, but axis " +
                     std::to_string(*sums) + " does" + (swapped ? ": it lies transposed" : ""),
                 cure};
}

std::optional<Finding> other_dtype(const Tensor& array, const Axes& axes) {
  if (is_floating(array.dtype()) || array.dtype() == Dtype::boolean) return std::nullopt;
  const std::size_t key = place_of(Axis::key, axes);
  if (sums_to_one(array, key)) return std::nullopt;
  const auto dtype = floating_of_size(dtype_size(array.dtype()), array, key);
  if (!dtype) return std::nullopt;
  const std::string name(dtype_name(*dtype));
  return Finding{"the " + std::string(dtype_name(array.dtype())) + " numbers are the bits of " +
                     name + ", whose rows sum to 1",
                 "$dtype " + name + " reads them so"};
}

}  // namespace attngraph
