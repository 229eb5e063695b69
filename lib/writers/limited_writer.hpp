#pragma once

#include <string>

#include "writers/make_sink.hpp"

namespace attngraph {

/// The base of writers: refuses every kind of answer, as ArgumentError, and hands notes and
/// progress on. A writer overrides what its format can hold.
class LimitedWriter : public Writer {
 public:
  LimitedWriter(Format format, Messages& messages) : format_(format), messages_(messages) {}

  void begin_input(const std::string&) override {}

  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void summary(const std::string&, double) override {}
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  void graph(const DrawnGraph& graph) override;
  void picture(const Picture& picture) override;

  void note(const std::string& text) override { messages_.note(text); }
  void parameter(const std::string&, const std::string&) override {}
  void progress(std::size_t done, std::size_t total) override { messages_.progress(done, total); }

 protected:
  /// Refuses a second graph, picture or array where the file holds one.
  void count_one(const std::string& what);

 private:
  Format format_;
  Messages& messages_;
  bool holds_one_ = false;

  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const;
};

}  // namespace attngraph
