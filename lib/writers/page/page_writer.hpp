#pragma once

#include "writers/writer.hpp"

namespace attngraph {

class Output;

/// One HTML file that needs nothing else: the page's frame, style and script, and the data in
/// `<script type="application/octet-stream">` elements, each packed by itself. Labels are in the
/// packed data only, never in markup.
class PageWriter : public Writer {
 public:
  PageWriter(const Format& format, Output& output, const WriterSettings& settings,
             Messages& messages)
      : Writer(format, messages), output_(output), settings_(settings) {}

  void page(const Page& page) override;
  void finish() override {}

 private:
  Output& output_;
  const WriterSettings& settings_;

  void write_part(std::string_view name, std::string_view bytes);
  void write_heads(const Page& page);
};

}  // namespace attngraph
