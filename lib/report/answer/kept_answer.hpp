#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "report/answer/sink.hpp"

namespace attngraph {

/// The answer of a report: its rows, or its matrix.
struct KeptAnswer {
  Schema schema;
  /// All rows, by columns.
  Chunk rows;
  /// Row-major.
  std::vector<float> matrix;

  /// The values of the column of that name, of one of the types in Values.
  template <typename Cells>
  const Cells& column(std::string_view name) const {
    return std::get<Cells>(values(name));
  }
  const Values& values(std::string_view name) const;
};

/// Keeps the answer of a report for another one; notes and progress go on.
class AnswerKeeper : public Sink {
 public:
  /// @param sink must live as long as this
  AnswerKeeper(Form form, Sink& sink) : form_(form), sink_(sink) {}

  /// What was kept.
  KeptAnswer& answer() { return answer_; }

  Form form() const override { return form_; }
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void summary(const Column&, double) override {}
  void begin_matrices(const MatrixSeries&) override {}
  void matrix(const MatrixPlace& place, MatrixView values) override;
  void graph(const Drawing&) override {}
  void picture(const Picture&) override {}
  void note(const std::string& text) override { sink_.note(text); }
  void parameter(const std::string&, const std::string&) override {}
  void progress(std::size_t done, std::size_t total) override { sink_.progress(done, total); }

 private:
  Form form_;
  Sink& sink_;
  KeptAnswer answer_;
};

}  // namespace attngraph
