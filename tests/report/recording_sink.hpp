#pragma once

#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "report/answer/sink.hpp"

namespace attngraph {

/// Keeps everything that a report says, for tests.
class RecordingSink : public Sink {
 public:
  explicit RecordingSink(Form form = Form::rows) : form_(form) {}
  Form form() const override { return form_; }

  struct Recorded {
    MatrixPlace place;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> values;

    double operator()(std::size_t row, std::size_t column) const {
      return values.at(row * columns + column);
    }
  };

  Schema schema;
  MatrixSeries series;
  std::vector<Recorded> matrices;
  /// Calls that brought them.
  std::size_t bands = 0;
  std::vector<std::string> notes;

  /// All rows, each value as text would be in no format: numbers as double.
  std::vector<std::vector<std::variant<double, std::string>>> table;

  /// Columns that are not known are left out.
  void begin_rows(const Schema& columns) override {
    schema = columns;
    std::erase_if(schema, [](const Column& column) { return column.known == Known::no; });
  }
  void rows(const Chunk& chunk) override {
    for (std::size_t i = 0; i < row_count(chunk); ++i) {
      auto& row = table.emplace_back();
      for (const auto& column : chunk) {
        std::visit(
            [&](const auto& values) {
              using Cells = std::decay_t<decltype(values)>;
              if constexpr (!std::is_same_v<Cells, Unknown>) push(row, values[i]);
            },
            column);
      }
    }
  }
  void summary(const Column&, double) override {}
  void begin_matrices(const MatrixSeries& described) override { series = described; }
  void matrix(const MatrixPlace& place, MatrixView values) override {
    ++bands;
    if (values.first_row == 0) matrices.push_back({place, 0, values.columns, {}});
    Recorded& recorded = matrices.back();
    if (recorded.rows != values.first_row) throw std::logic_error("a band of rows is missing");
    recorded.rows += values.rows;
    for (std::size_t i = 0; i < values.rows * values.columns; ++i) {
      recorded.values.push_back(values[i]);
    }
  }
  void graph(const Drawing&) override {}
  void picture(const Picture&) override {}
  void note(const std::string& text) override { notes.push_back(text); }
  void parameter(const std::string&, const std::string&) override {}
  void progress(std::size_t, std::size_t) override {}

  /// `layer,head,query`
  std::string columns() const {
    std::string names;
    for (const auto& column : schema) names += (names.empty() ? "" : ",") + column.name;
    return names;
  }
  double number(std::size_t row, std::size_t column) const {
    return std::get<double>(table.at(row).at(column));
  }
  std::string text(std::size_t row, std::size_t column) const {
    return std::get<std::string>(table.at(row).at(column));
  }

 private:
  Form form_;
  using Row = std::vector<std::variant<double, std::string>>;
  static void push(Row& row, const std::string& value) { row.emplace_back(value); }
  static void push(Row& row, auto value) { row.emplace_back(static_cast<double>(value)); }
};

}  // namespace attngraph
