#include "writers/make_sink.hpp"

#include "core/error.hpp"
#include "writers/arrays/npy_writer.hpp"
#include "writers/arrays/npz_writer.hpp"
#include "writers/output/output.hpp"
#include "writers/pictures/drawing_writer.hpp"
#include "writers/rows/json_writer.hpp"
#include "writers/rows/table_writer.hpp"

namespace attngraph {

std::unique_ptr<Writer> make_sink(Format format, Output& output, const WriterSettings& settings,
                                  Messages& messages) {
  const auto lines = [&](std::unique_ptr<LineStyle> style) {
    return std::make_unique<LineWriter>(format, std::move(style), output, settings, messages);
  };
  switch (format) {
    case Format::table:
      return std::make_unique<TableWriter>(output, settings, messages);
    case Format::csv:
      return lines(csv_style(settings));
    case Format::tsv:
      return lines(tsv_style(settings));
    case Format::json:
      return std::make_unique<JsonWriter>(output, settings, messages);
    case Format::jsonl:
      return lines(json_style("", "\n"));
    case Format::npy:
      return std::make_unique<NpyWriter>(output, messages);
    case Format::npz:
      return std::make_unique<NpzWriter>(output, messages);
    case Format::dot:
    case Format::graphml:
    case Format::svg:
    case Format::png:
      return std::make_unique<DrawingWriter>(format, output, settings, messages);
    case Format::html:
      break;
  }
  throw ArgumentError("$format", "this command cannot write " + std::string(format_name(format)));
}

}  // namespace attngraph
