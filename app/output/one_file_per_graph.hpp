#pragma once

#include <string>

#include "attention/head_label.hpp"
#include "report/answer/sink.hpp"
#include "writers/format.hpp"

namespace attngraph {

class Answer;
class Console;

/// Writes every graph or picture to a file of its own, named by a pattern with `{layer}` and
/// `{head}`.
class OneFilePerGraph : public Sink {
 public:
  OneFilePerGraph(Answer& answer, std::string pattern, Format format, Console& console);

  Form form() const override;
  void graph(const DrawnGraph& graph) override;
  void picture(const Picture& picture) override;
  void note(const std::string& text) override;
  void progress(std::size_t done, std::size_t total) override;

  // Rows and matrices of all heads go into one file: the pattern is a usage error.
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void summary(const std::string& name, double value) override;
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  void parameter(const std::string& name, const std::string& value) override;

 private:
  Answer& answer_;
  std::string pattern_;
  Format format_;
  Console& console_;

  Sink& sink_of(std::int64_t layer, const HeadLabel& head);
};

}  // namespace attngraph
