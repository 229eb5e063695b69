#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "numeric/matrix.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// Keeps the answer of a report, so that a test can look at it.
class RecordedSink : public Sink {
 public:
  explicit RecordedSink(Form form = Form::rows) : form_(form) {}
  Form form() const override { return form_; }

  Schema schema;
  Chunk table;
  std::map<std::string, double> summaries;
  MatrixSeries series;
  std::vector<MatrixPlace> places;
  std::vector<Matrix> matrices;
  std::vector<std::string> notes;

  /// Columns that are not known are left out.
  void begin_rows(const Schema& columns) override {
    schema.clear();
    table.clear();
    for (const Column& column : columns) {
      if (column.known == Known::no) continue;
      schema.push_back(column);
      table.push_back(empty(column.type));
    }
  }
  void rows(const Chunk& chunk) override {
    std::size_t i = 0;
    for (const Values& column : chunk) {
      std::visit(
          [&](const auto& values) {
            using Cells = std::decay_t<decltype(values)>;
            if constexpr (!std::is_same_v<Cells, Unknown>) {
              auto& all = std::get<Cells>(table[i++]);
              all.insert(all.end(), values.begin(), values.end());
            }
          },
          column);
    }
  }
  void summary(const Column& number, double value) override { summaries[number.name] = value; }
  void begin_matrices(const MatrixSeries& matrix_series) override { series = matrix_series; }
  void matrix(const MatrixPlace& place, MatrixView view) override {
    if (view.first_row == 0) {
      places.push_back(place);
      matrices.emplace_back(0, static_cast<Index>(view.columns));
    }
    Matrix& values = matrices.back();
    const Index before = values.rows();
    if (before != static_cast<Index>(view.first_row)) throw std::logic_error("rows are missing");
    values.conservativeResize(before + static_cast<Index>(view.rows), values.cols());
    for (std::size_t i = 0; i < view.rows * view.columns; ++i) {
      values.data()[before * values.cols() + static_cast<Index>(i)] = view[i];
    }
  }
  void graph(const Drawing&) override { throw std::logic_error("no graph was expected"); }
  void picture(const Picture&) override { throw std::logic_error("no picture was expected"); }
  void note(const std::string& text) override { notes.push_back(text); }
  void parameter(const std::string&, const std::string&) override {}
  void progress(std::size_t, std::size_t) override {}

  /// Names of the columns, joined by commas: the header of a CSV.
  std::string header() const {
    std::string names;
    for (const Column& column : schema) names += (names.empty() ? "" : ",") + column.name;
    return names;
  }
  template <typename T>
  const std::vector<T>& column(const std::string& name) const {
    const auto found = std::find_if(schema.begin(), schema.end(),
                                    [&](const Column& column) { return column.name == name; });
    if (found == schema.end()) throw std::logic_error("no column " + name);
    return std::get<std::vector<T>>(table.at(static_cast<std::size_t>(found - schema.begin())));
  }
  const std::vector<std::int64_t>& integers(const std::string& name) const {
    return column<std::int64_t>(name);
  }
  const std::vector<double>& reals(const std::string& name) const { return column<double>(name); }
  const std::vector<std::string>& texts(const std::string& name) const {
    return column<std::string>(name);
  }

 private:
  Form form_;

  static Values empty(ColumnType type) {
    switch (type) {
      case ColumnType::integer:
        return std::vector<std::int64_t>();
      case ColumnType::real:
        return std::vector<double>();
      case ColumnType::real32:
        return std::vector<float>();
      case ColumnType::text:
        break;
    }
    return std::vector<std::string>();
  }
};

}  // namespace attngraph
