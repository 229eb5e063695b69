#include "report/answer/ordered_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <string_view>
#include <type_traits>

#include "core/error.hpp"
#include "report/answer/column_place.hpp"

namespace attngraph {
namespace {

enum class Order { rising, falling };

/// Calls `work(cells)` with the values of a column, unless they are not known.
template <typename Column, typename Work>
void with_cells(Column& values, const Work& work) {
  std::visit(
      [&](auto& cells) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(cells)>, Unknown>) work(cells);
      },
      values);
}

bool equal_cells(const Values& a, std::size_t i, const Values& b, std::size_t j) {
  bool equal = a.index() == b.index();
  if (equal) {
    with_cells(a, [&](const auto& cells) {
      equal = cells[i] == std::get<std::decay_t<decltype(cells)>>(b)[j];
    });
  }
  return equal;
}

/// Whether a column counts places or numbers groups, which are looked for from the first on.
bool is_index(const Schema& schema, const Column& column) {
  constexpr std::array<std::string_view, 14> places{
      "batch",     "layer",   "head",  "rank", "index", "offset", "dimension",
      "community", "cluster", "order", "left", "right", "weak",   "strong"};
  const std::string_view name = column.name;
  // A measure may be called as a group is: of a head `weak` counts the pieces.
  const bool numbered = column.type == ColumnType::integer;
  return (numbered && std::find(places.begin(), places.end(), name) != places.end()) ||
         name.ends_with("_a") || name.ends_with("_b") ||
         std::any_of(schema.begin(), schema.end(),
                     [&](const Column& label) { return label.label_of == name; });
}

/// Rows in rising order, or falling; NaN last; equal ones as they are.
template <typename Cell>
void sort_places(std::vector<std::size_t>& places, const std::vector<Cell>& cells, Order order) {
  auto end = places.end();
  if constexpr (std::is_floating_point_v<Cell>) {
    end = std::stable_partition(places.begin(), places.end(),
                                [&](std::size_t i) { return !std::isnan(cells[i]); });
  }
  std::stable_sort(places.begin(), end, [&](std::size_t a, std::size_t b) {
    return order == Order::rising ? cells[a] < cells[b] : cells[b] < cells[a];
  });
}

Chunk taken(const Chunk& chunk, std::span<const std::size_t> rows) {
  Chunk some = chunk;
  for (std::size_t c = 0; c < chunk.size(); ++c) {
    some[c] = Unknown{rows.size()};
    with_cells(chunk[c], [&](const auto& cells) {
      std::decay_t<decltype(cells)> kept;
      kept.reserve(rows.size());
      for (const std::size_t i : rows) kept.push_back(cells[i]);
      some[c] = std::move(kept);
    });
  }
  return some;
}

std::size_t bytes_of(const Chunk& chunk) {
  std::size_t bytes = 0;
  for (const Values& values : chunk) {
    with_cells(values, [&](const auto& cells) { bytes += cells.size() * sizeof cells.front(); });
  }
  return bytes;
}

}  // namespace

void OrderedRows::begin_rows(const Schema& schema) {
  finish();
  schema_ = schema;
  by_.reset();
  if (!order_.sort.empty()) {
    by_ = filled_column_place(order_.sort, schema, "$sort");
  }
  const auto head = std::find_if(schema.begin(), schema.end(),
                                 [](const Column& column) { return column.name == "head"; });
  const bool in_heads = order_.together == OrderedTogether::those_of_a_head;
  places_ =
      in_heads && head != schema.end() ? static_cast<std::size_t>(head - schema.begin()) + 1 : 0;
  to_.begin_rows(schema);
}

void OrderedRows::rows(const Chunk& chunk) {
  const auto together = [&](const Chunk& a, std::size_t i, const Chunk& b, std::size_t j) {
    for (std::size_t c = 0; c < places_; ++c) {
      if (!equal_cells(a[c], i, b[c], j)) return false;
    }
    return true;
  };
  for (std::size_t begin = 0; begin < row_count(chunk);) {
    std::size_t end = begin + 1;
    while (end < row_count(chunk) && together(chunk, begin, chunk, end)) ++end;
    const std::size_t before = row_count(waiting_);
    if (before > 0 && !together(waiting_, before - 1, chunk, begin)) finish();
    add(chunk, begin, end);
    begin = end;
  }
}

void OrderedRows::add(const Chunk& chunk, std::size_t begin, std::size_t end) {
  if (waiting_.empty()) waiting_ = taken(chunk, {});
  for (std::size_t c = 0; c < chunk.size(); ++c) {
    if (auto* unknown = std::get_if<Unknown>(&waiting_[c])) unknown->rows += end - begin;
    with_cells(waiting_[c], [&](auto& cells) {
      const auto& more = std::get<std::decay_t<decltype(cells)>>(chunk[c]);
      cells.insert(cells.end(), more.begin() + static_cast<std::ptrdiff_t>(begin),
                   more.begin() + static_cast<std::ptrdiff_t>(end));
    });
  }
  leave_out_the_rest();
  if (bytes_of(waiting_) <= order_.memory) return;
  throw LimitError("$sort", "the rows that are put in order take more memory than there is",
                   "$top 1000 keeps so many; $max-memory says what there is");
}

std::vector<std::size_t> OrderedRows::wanted() const {
  if (waiting_.empty()) return {};
  std::vector<std::size_t> places(row_count(waiting_));
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (by_) {
    const Column& column = schema_[*by_];
    const bool from_first = column.type == ColumnType::text || is_index(schema_, column);
    const Order order = from_first != order_.reverse ? Order::rising : Order::falling;
    with_cells(waiting_[*by_], [&](const auto& cells) { sort_places(places, cells, order); });
  } else if (order_.reverse) {
    std::reverse(places.begin(), places.end());
  }
  places.resize(std::min(places.size(), order_.top.value_or(places.size())));
  return places;
}

void OrderedRows::leave_out_the_rest() {
  constexpr std::size_t some = 8192;
  if (!order_.top || row_count(waiting_) < 2 * *order_.top + some) return;
  std::vector<std::size_t> places = wanted();
  std::sort(places.begin(), places.end());  // equal ones keep their order
  waiting_ = taken(waiting_, places);
}

void OrderedRows::finish() {
  constexpr std::size_t most = 1 << 16;
  const std::vector<std::size_t> all = wanted();
  for (std::size_t begin = 0; begin < all.size(); begin += most) {
    to_.rows(taken(waiting_, std::span(all).subspan(begin, std::min(most, all.size() - begin))));
  }
  waiting_.clear();
}

}  // namespace attngraph
