#pragma once

#include <string>

#include "writers/writer.hpp"

namespace attngraph {

class Output;

/// A file of one graph or one picture, held back until it is known that no second one comes.
class DrawingWriter : public Writer {
 public:
  DrawingWriter(const Format& format, Output& output, const WriterSettings& settings,
                Messages& messages)
      : Writer(format, messages), output_(output), settings_(settings) {}

  void finish() override;

 protected:
  /// @param file for other programs, which have to cope with its size
  void hold(std::string file) { file_ = std::move(file); }
  /// @param file for a program that shows it: from 10 MB on with a note
  /// @throws LimitError above 1 GiB
  void hold_drawing(std::string file);

 private:
  Output& output_;
  const WriterSettings& settings_;
  std::string file_;
};

class DotWriter : public DrawingWriter {
 public:
  using DrawingWriter::DrawingWriter;
  void graph(const Drawing& graph) override;
};

class GraphmlWriter : public DrawingWriter {
 public:
  using DrawingWriter::DrawingWriter;
  void graph(const Drawing& graph) override;
};

class SvgWriter : public DrawingWriter {
 public:
  using DrawingWriter::DrawingWriter;
  /// @throws IoError where Graphviz is missing
  void graph(const Drawing& graph) override;
  void picture(const Picture& picture) override;
};

class PngWriter : public DrawingWriter {
 public:
  using DrawingWriter::DrawingWriter;
  void picture(const Picture& picture) override;
};

}  // namespace attngraph
