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

  void begin_input(const std::string& name) override { input_ = name; }
  void finish() override;

 protected:
  /// The input that it is of.
  const std::string& input() const { return input_; }
  const WriterSettings& settings() const { return settings_; }
  /// @param file for other programs, which have to cope with its size
  void hold(std::string file) { file_ = std::move(file); }
  /// @param file for a program that shows it: from 10 MB on with a note
  /// @throws LimitError above 1 GiB
  void hold_drawing(std::string file);
  /// What is held, as it is written.
  virtual std::string finished(std::string file) { return file; }

 private:
  Output& output_;
  const WriterSettings& settings_;
  std::string file_;
  std::string input_;
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
  void graph(const Drawing& graph) override;
  void picture(const Picture& picture) override;
};

/// The SVG rendered, with a note about characters that no font has.
class PngWriter : public SvgWriter {
 public:
  using SvgWriter::SvgWriter;

 protected:
  /// As many pixels across as are asked for, else two for each of the SVG.
  std::string finished(std::string svg) override;
};

/// As PngWriter.
class PdfWriter : public SvgWriter {
 public:
  using SvgWriter::SvgWriter;

 protected:
  std::string finished(std::string svg) override;
};

}  // namespace attngraph
