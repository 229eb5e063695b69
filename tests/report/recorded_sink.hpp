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
  Schema schema;
  Chunk table;
  std::map<std::string, double> summaries;
  MatrixSeries series;
  std::vector<MatrixPlace> places;
  std::vector<Matrix> matrices;
  std::vector<std::string> notes;

  void begin_rows(const Schema& columns) override { schema = columns; }
  void rows(const Chunk& chunk) override {
    if (table.empty()) table.resize(chunk.size());
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      if (table[i].index() != chunk[i].index()) table[i] = empty_like(chunk[i]);
      std::visit(
          [&](const auto& values) {
            auto& all = std::get<std::decay_t<decltype(values)>>(table[i]);
            all.insert(all.end(), values.begin(), values.end());
          },
          chunk[i]);
    }
  }
  void summary(const std::string& name, double value) override { summaries[name] = value; }
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
  void graph(const DrawnGraph&) override { throw std::logic_error("no graph was expected"); }
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
  static Values empty_like(const Values& values) {
    return std::visit([](const auto& v) { return Values(std::decay_t<decltype(v)>()); }, values);
  }
};

}  // namespace attngraph
