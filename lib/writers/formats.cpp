#include "writers/formats.hpp"

#include <algorithm>
#include <initializer_list>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "writers/arrays/npy_writer.hpp"
#include "writers/arrays/npz_writer.hpp"
#include "writers/page/page_writer.hpp"
#include "writers/pictures/drawing_writer.hpp"
#include "writers/pictures/rendered/rendering.hpp"
#include "writers/rows/chart_writer.hpp"
#include "writers/rows/json_writer.hpp"
#include "writers/rows/markdown_writer.hpp"
#include "writers/rows/table_writer.hpp"

namespace attngraph {
namespace {

using WriterMaker = decltype(Format::make);

template <typename Made>
constexpr WriterMaker maker = [](const Format& format, Output& output,
                                 const WriterSettings& settings,
                                 Messages& messages) -> std::unique_ptr<Writer> {
  return std::make_unique<Made>(format, output, settings, messages);
};

template <std::unique_ptr<LineStyle> style(const WriterSettings&)>
constexpr WriterMaker lines = [](const Format& format, Output& output,
                                 const WriterSettings& settings,
                                 Messages& messages) -> std::unique_ptr<Writer> {
  return std::make_unique<LineWriter>(format, style(settings), output, settings, messages);
};

/// Options of the output that every format of rows heeds, and others.
std::vector<std::string_view> of_rows(std::initializer_list<std::string_view> others) {
  std::vector<std::string_view> options{"columns", "sort", "reverse", "top"};
  options.insert(options.end(), others);
  return options;
}

}  // namespace

const std::vector<Format>& formats() {
  using enum Form;
  constexpr auto text = Content::text, binary = Content::binary;
  constexpr auto joins = Joins::yes, single = Joins::no;
  constexpr auto person = Reader::person, program = Reader::program;
  constexpr NeededProgram renderer{svg_renderer, "librsvg2-bin"};
  // clang-format off
  static const std::vector<Format> table{
      {"table", {"", "txt"}, joins, text, person, {rows, picture}, of_rows({"rows", "digits", "wide", "color", "with-filename", "width"}), maker<TableWriter>},
      {"markdown", {"md"}, joins, text, person, {rows}, of_rows({"rows", "digits", "wide", "with-filename"}), maker<MarkdownWriter>},
      {"chart", {}, joins, text, person, {rows}, of_rows({"rows", "with-filename"}), maker<ChartWriter>},
      {"csv", {}, joins, text, program, {rows}, of_rows({"spreadsheet-safe", "with-filename"}), lines<csv_style>},
      {"tsv", {}, joins, text, program, {rows}, of_rows({"spreadsheet-safe", "with-filename"}), lines<tsv_style>},
      {"json", {}, joins, text, program, {rows}, of_rows({"with-filename"}), maker<JsonWriter>},
      {"jsonl", {"ndjson"}, joins, text, program, {rows}, of_rows({"with-filename"}), lines<jsonl_style>},
      {"npy", {}, single, binary, program, {matrices}, {}, maker<NpyWriter>},
      {"npz", {}, single, binary, program, {matrices}, {}, maker<NpzWriter>},
      {"html", {"htm"}, single, binary, person, {page}, {}, maker<PageWriter>},
      {"dot", {"gv"}, single, text, program, {drawing}, {"force"}, maker<DotWriter>},
      {"graphml", {}, single, text, program, {whole_graph}, {}, maker<GraphmlWriter>},
      {"svg", {}, single, text, person, {drawing, picture}, {"force", "width", "sums", "image", "color-by"}, maker<SvgWriter>},
      {"png", {}, single, binary, person, {drawing, picture}, {"force", "width", "sums", "image", "color-by"}, maker<PngWriter>, renderer},
      {"pdf", {}, single, binary, person, {drawing, picture}, {"force", "width", "sums", "image", "color-by"}, maker<PdfWriter>, renderer}};
  // clang-format on
  return table;
}

const Format& format_named(std::string_view name) {
  std::vector<const Format*> all;
  for (const Format& format : formats()) {
    if (format.name == name) return format;
    all.push_back(&format);
  }
  throw ArgumentError("$format", "there is no format '" + std::string(name) + "'",
                      "the formats are " + names_of(all));
}

std::vector<const Format*> formats_of(const std::vector<Form>& forms) {
  std::vector<const Format*> fitting;
  for (const Format& format : formats()) {
    const bool fits = std::any_of(forms.begin(), forms.end(), [&](Form form) {
      return std::find(format.forms.begin(), format.forms.end(), form) != format.forms.end();
    });
    if (fits) fitting.push_back(&format);
  }
  return fitting;
}

std::string names_of(const std::vector<const Format*>& formats, std::string_view between) {
  std::string names;
  for (const Format* format : formats) {
    if (!names.empty()) names += between;
    names += format->name;
  }
  return names;
}

PathEnding ending_of(std::string_view path) {
  const auto slash = path.rfind('/');
  std::string name = lower_case(slash == std::string_view::npos ? path : path.substr(slash + 1));
  PathEnding found;
  if (name.ends_with(".gz")) {
    found.gzip = true;
    name.resize(name.size() - 3);
  }
  const auto dot = name.rfind('.');
  if (dot != std::string::npos) found.ending = name.substr(dot + 1);
  return found;
}

const Format* format_of_ending(std::string_view ending,
                               const std::vector<const Format*>& possible) {
  for (const Format* format : possible) {
    const auto& others = format->endings;
    const bool named = format->name == ending && format->name != "table";
    if (named || std::find(others.begin(), others.end(), ending) != others.end()) return format;
  }
  return nullptr;
}

std::unique_ptr<Writer> writer_of(const Format& format, Output& output,
                                  const WriterSettings& settings, Messages& messages) {
  return format.make(format, output, settings, messages);
}

}  // namespace attngraph
