#pragma once

#include <string>

#include "report/answer/matrix_rows.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// Stands between a report and the sink its answer goes to, and hands on what it does not change;
/// matrices become rows.
class PassingSink : public Sink {
 public:
  /// @param to must outlive this
  explicit PassingSink(Sink& to) : to_(to) {}

  Form form() const override { return to_.form(); }
  void begin_rows(const Schema& schema) override { to_.begin_rows(schema); }
  void rows(const Chunk& chunk) override { to_.rows(chunk); }
  void summary(const Column& number, double value) override { to_.summary(number, value); }
  void begin_matrices(const MatrixSeries& series) override {
    series_ = series;
    begin_rows(matrix_schema(series));
  }
  void matrix(const MatrixPlace& place, MatrixView values) override {
    matrix_rows(series_, place, values, [this](const Chunk& chunk) { rows(chunk); });
  }
  void graph(const Drawing& graph) override { to_.graph(graph); }
  void picture(const Picture& picture) override { to_.picture(picture); }
  void note(const std::string& text) override { to_.note(text); }
  void parameter(const std::string& name, const std::string& value) override {
    to_.parameter(name, value);
  }
  void progress(std::size_t done, std::size_t total) override { to_.progress(done, total); }

 protected:
  Sink& to_;

 private:
  MatrixSeries series_;
};

}  // namespace attngraph
