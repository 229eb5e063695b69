#pragma once

#include "report/sink.hpp"

namespace attngraph {

/// Hands everything on to another sink; the base of sinks that change one thing.
class ForwardingSink : public Sink {
 public:
  explicit ForwardingSink(Sink& next) : next_(next) {}

  void begin_rows(const Schema& schema) override { next_.begin_rows(schema); }
  void rows(const Chunk& chunk) override { next_.rows(chunk); }
  void summary(const std::string& name, double value) override { next_.summary(name, value); }
  void begin_matrices(const MatrixSeries& series) override { next_.begin_matrices(series); }
  void matrix(const MatrixPlace& place, MatrixView values) override { next_.matrix(place, values); }
  void graph(const DrawnGraph& graph) override { next_.graph(graph); }
  void picture(const Picture& picture) override { next_.picture(picture); }
  void note(const std::string& text) override { next_.note(text); }
  void parameter(const std::string& name, const std::string& value) override {
    next_.parameter(name, value);
  }
  void progress(std::size_t done, std::size_t total) override { next_.progress(done, total); }

 protected:
  Sink& next_;
};

}  // namespace attngraph
