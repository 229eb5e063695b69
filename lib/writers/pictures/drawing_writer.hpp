#pragma once

#include <string>

#include "writers/limited_writer.hpp"

namespace attngraph {

class Output;

/// One graph as DOT, GraphML, SVG or PNG, or one heat map as SVG or PNG.
class DrawingWriter : public LimitedWriter {
 public:
  DrawingWriter(Format format, Output& output, const WriterSettings& settings, Messages& messages);

  Form form() const override;
  void graph(const DrawnGraph& graph) override;
  void picture(const Picture& picture) override;
  void finish() override;

 private:
  Format format_;
  Output& output_;
  const WriterSettings& settings_;
  /// Held back until it is known that no second one comes.
  std::string file_;

  void hold(std::string file);
};

}  // namespace attngraph
