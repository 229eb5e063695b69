#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "report/answer/column_place.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

namespace table {

template <typename Cell, typename Row, typename Getter>
Values gathered(std::span<const Row> rows, const Getter& getter) {
  std::vector<Cell> cells;
  cells.reserve(rows.size());
  for (const Row& row : rows) cells.push_back(static_cast<Cell>(std::invoke(getter, row)));
  return cells;
}

/// A label that is an index or a name, all of one kind in a column.
template <typename Cell, typename Row, typename Getter>
Values gathered_labels(std::span<const Row> rows, const Getter& getter) {
  return gathered<Cell>(rows,
                        [&](const Row& row) { return std::get<Cell>(std::invoke(getter, row)); });
}

template <typename Row, typename Getter>
Values values(std::span<const Row> rows, const Column& column, const Getter& getter) {
  using Cell = std::decay_t<std::invoke_result_t<const Getter&, const Row&>>;
  if (column.known == Known::no) return Unknown{rows.size()};
  if constexpr (std::is_integral_v<Cell>) {
    return gathered<std::int64_t>(rows, getter);
  } else if constexpr (std::is_floating_point_v<Cell>) {
    return column.type == ColumnType::real32 ? gathered<float>(rows, getter)
                                             : gathered<double>(rows, getter);
  } else if constexpr (std::is_convertible_v<Cell, std::string>) {
    return gathered<std::string>(rows, getter);
  } else {
    return column.type == ColumnType::text ? gathered_labels<std::string>(rows, getter)
                                           : gathered_labels<std::int64_t>(rows, getter);
  }
}

}  // namespace table

/// The answer of a report as records: one list says what every column is called, of which type it
/// is and which member (or function) of a Row fills it; schema and chunks both come from it.
///
///     Table<Route> table{{{.name = "rank", .type = integer, .about = "…"}, &Route::rank}, …};
///     table.begin(sink);
///     table.send(rows, sink);
template <typename Row>
class Table {
 public:
  class Entry {
   public:
    /// @param getter a member of Row or a function of one, which gives an integer, a real number, a
    ///   text, or an index or name (std::variant) that `type` tells apart
    /// @param declared with its sentence
    template <typename Getter>
    Entry(Column declared, Getter getter)
        : column(std::move(declared)), values([about = column, getter](std::span<const Row> rows) {
            return table::values(rows, about, getter);
          }) {
      assert(!column.about.empty());
    }
    Column column;
    std::function<Values(std::span<const Row>)> values;
  };

  Table(std::initializer_list<Entry> entries) : entries_(entries) {}

  /// A further column, for what only some questions ask.
  void add(Entry entry) { entries_.push_back(std::move(entry)); }

  Schema schema() const {
    Schema schema;
    for (const Entry& entry : entries_) schema.push_back(entry.column);
    return schema;
  }

  Chunk chunk(std::span<const Row> rows) const {
    Chunk chunk;
    for (const Entry& entry : entries_) chunk.push_back(entry.values(rows));
    return chunk;
  }

  void begin(Sink& sink) const { sink.begin_rows(schema()); }

  /// The rows, some thousands at a time.
  void send(std::span<const Row> rows, Sink& sink) const {
    in_parts(rows.size(), [&](std::size_t begin, std::size_t count) {
      sink.rows(chunk(rows.subspan(begin, count)));
    });
  }

  /// `row(i)` for each i below `count`, made no earlier than it leaves.
  template <typename Make>
  void send(std::size_t count, const Make& row, Sink& sink) const {
    std::vector<Row> some;
    in_parts(count, [&](std::size_t begin, std::size_t part) {
      some.clear();
      for (std::size_t i = begin; i < begin + part; ++i) some.push_back(row(i));
      sink.rows(chunk(some));
    });
  }

  void send(const Row& row, Sink& sink) const { sink.rows(chunk({&row, 1})); }

  /// The column of that name, if this input can fill it.
  /// @throws ArgumentError naming `field`
  const Entry& column(const std::string& name, const std::string& field) const {
    return entries_[filled_column_place(name, schema(), field)];
  }

 private:
  std::vector<Entry> entries_;

  template <typename Visit>
  static void in_parts(std::size_t count, const Visit& visit) {
    constexpr std::size_t most = 1 << 16;
    for (std::size_t begin = 0; begin < count; begin += most) {
      visit(begin, std::min(most, count - begin));
    }
  }
};

}  // namespace attngraph
