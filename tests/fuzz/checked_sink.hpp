#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "core/text/text.hpp"
#include "fuzz/target.hpp"
#include "report/answer/drawing.hpp"
#include "report/answer/page.hpp"
#include "report/answer/picture.hpp"
#include "report/answer/sink.hpp"

namespace attngraph::test {

/// Stands between a question and a writer, and holds the answer against what every answer promises:
/// columns as the schema says, all of one length, no number infinite and none in a matrix NaN,
/// matrices of the shape that was announced, nodes that are there.
class CheckedSink : public Sink {
 public:
  /// @param to must outlive this
  explicit CheckedSink(Sink& to) : to_(to) {}

  Form form() const override { return to_.form(); }

  void begin_rows(const Schema& schema) override {
    schema_ = schema;
    for (const Column& column : schema) promise(!column.name.empty() && !column.about.empty());
    to_.begin_rows(schema);
  }
  void rows(const Chunk& chunk) override {
    promise(!schema_.empty() && chunk.size() == schema_.size());
    for (std::size_t i = 0; i < chunk.size(); ++i) check(schema_[i], chunk[i], row_count(chunk));
    to_.rows(chunk);
  }
  void summary(const Column& number, double value) override {
    promise(!number.name.empty() && !std::isinf(value));
    to_.summary(number, value);
  }
  void begin_matrices(const MatrixSeries& series) override {
    series_ = series;
    left_ = 1;
    for (const std::size_t length : series.shape) left_ *= length;
    to_.begin_matrices(series);
  }
  void matrix(const MatrixPlace& place, MatrixView values) override {
    promise(place.size() == series_.place_columns.size());
    promise((values.doubles == nullptr) != (values.floats == nullptr));
    const std::size_t count = values.rows * values.columns;
    promise(count <= left_);
    left_ -= count;
    for (std::size_t i = 0; i < count; ++i) promise(std::isfinite(values[i]));
    to_.matrix(place, values);
  }
  void graph(const Drawing& graph) override {
    const auto is_node = [&](std::int32_t node) {
      return node >= 0 && static_cast<std::size_t>(node) < graph.nodes.size();
    };
    for (const DrawnEdge& edge : graph.edges) {
      promise(is_node(edge.source) && is_node(edge.target) && std::isfinite(edge.weight));
    }
    for (const DrawnNode& node : graph.nodes) {
      promise(std::isfinite(node.x) && std::isfinite(node.y) && std::isfinite(node.size));
    }
    to_.graph(graph);
  }
  void picture(const Picture& picture) override { to_.picture(picture); }
  void page(const Page& page) override { to_.page(page); }
  void note(const std::string& text) override {
    promise(!text.empty());
    to_.note(text);
  }
  void parameter(const std::string& name, const std::string& value) override {
    to_.parameter(name, value);
  }
  void progress(std::size_t done, std::size_t total) override { to_.progress(done, total); }

 private:
  Sink& to_;
  Schema schema_;
  MatrixSeries series_;
  /// Numbers that are still to come.
  std::size_t left_ = 0;

  static void check(const Column& column, const Values& values, std::size_t rows) {
    promise((column.known == Known::no) == std::holds_alternative<Unknown>(values));
    std::visit([&](const auto& cells) { check_cells(column, cells, rows); }, values);
  }
  static void check_cells(const Column&, const Unknown& cells, std::size_t rows) {
    promise(cells.size() == rows);
  }
  static void check_cells(const Column& column, const std::vector<std::int64_t>& cells,
                          std::size_t rows) {
    promise(column.type == ColumnType::integer && cells.size() == rows);
  }
  static void check_cells(const Column& column, const std::vector<std::string>& cells,
                          std::size_t rows) {
    promise(column.type == ColumnType::text && cells.size() == rows);
    for (const std::string& cell : cells) promise(invalid_utf8(cell) == std::string::npos);
  }
  template <typename Real>
  static void check_cells(const Column& column, const std::vector<Real>& cells, std::size_t rows) {
    promise(column.type == (sizeof(Real) == 4 ? ColumnType::real32 : ColumnType::real));
    promise(cells.size() == rows);
    for (const Real cell : cells) promise(!std::isinf(cell));
  }
};

}  // namespace attngraph::test
