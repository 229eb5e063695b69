// Labels of any bytes through every writer, and back by a reader of that format. PNG and PDF are
// the SVG, drawn by another program.
#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/edges/edge_csv.hpp"
#include "formats/graphs/graphml.hpp"
#include "formats/graphs/row_json.hpp"
#include "formats/graphs/xml_parser.hpp"
#include "formats/read_dump.hpp"
#include "formats/tables/csv_records.hpp"
#include "fuzz/labelled.hpp"
#include "fuzz/target.hpp"
#include "writers/page/page_parts.hpp"
#include "writers/page/weight_codes.hpp"
#include "writers/written.hpp"

namespace attngraph::test {
namespace {

using Labels = std::vector<std::string>;

bool are_indices(const Labels& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != std::to_string(i)) return false;
  }
  return true;
}

/// The same ring with the same labels.
void check_ring(const Dump& dump, const Labels& labels) {
  promise(dump.edges.size() == 1 && dump.nodes == labels.size());
  const EdgeArrays& edges = dump.edges.front().edges;
  promise(edges.size() == labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    promise(edges.source[i] == static_cast<std::int32_t>(i));
    promise(edges.target[i] == static_cast<std::int32_t>(next_in_ring(i, labels.size())));
    promise(edges.weight[i] == ring_weight(i));
  }
  promise(dump.tokens.empty() ? are_indices(labels) : dump.tokens == labels);
}

/// What a terminal or an editor shows: lines of visible characters.
void check_visible(const std::string& text) {
  promise(text.ends_with('\n') && invalid_utf8(text) == std::string::npos);
  for (const char c : text) promise(c == '\n' || (c >= ' ' && c != '\x7f') || c < 0);
}

/// No cell is a formula to a spreadsheet.
void check_spreadsheet(const std::string& csv, std::size_t rows) {
  const std::string source = "fuzz";
  CsvRecords records(csv, ',', source);
  std::size_t count = 0;
  for (; records.next() && !records.at_end(); ++count) {
    for (const std::string_view field : records.fields()) {
      promise(field.empty() || std::string_view("=+-@\t\r\n").find(field.front()) == field.npos);
    }
  }
  promise(count == rows + 1);
}

/// Every line of a Markdown table has as many cells; labels that are the indices have none.
void check_cells(const std::string& markdown, const Labels& labels) {
  const std::size_t columns = ring_schema.size() - (are_indices(labels) ? 2 : 0);
  std::size_t lines = 0, bars = 0;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (markdown[i] == '\\') {
      ++i;
    } else if (markdown[i] == '|') {
      ++bars;
    } else if (markdown[i] == '\n') {
      ++lines;
      promise(bars == columns + 1);
      bars = 0;
    }
  }
  promise(lines == labels.size() + 2);
}

void use_rows(std::string bytes) {
  const Labels labels = labels_in(bytes);
  const auto in_format = [&](std::string_view format, const WriterSettings& settings = {}) {
    return written(
        format,
        [&](Writer& writer) {
          writer.begin_rows(ring_schema);
          writer.rows(ring_rows(labels));
        },
        settings);
  };
  const auto bytes_in = [&](std::string_view format) { return Bytes::from(in_format(format)); };
  check_ring(read_edge_csv(bytes_in("csv"), "fuzz", {}, {}), labels);
  check_ring(read_edge_csv(bytes_in("tsv"), "fuzz", {}, {}), labels);
  check_ring(read_row_json(bytes_in("json"), "fuzz", {}, {}), labels);
  check_ring(read_row_json(bytes_in("jsonl"), "fuzz", {}, {}), labels);
  WriterSettings safe;
  safe.spreadsheet_safe = true;
  check_spreadsheet(in_format("csv", safe), labels.size());
  for (const auto* format : {"table", "chart"}) check_visible(in_format(format));
  const std::string markdown = in_format("markdown");
  check_visible(markdown);
  check_cells(markdown, labels);
}

/// What XML can hold of a label.
std::string in_xml(std::string_view label) {
  std::string text;
  while (!label.empty()) {
    const char32_t c = take_character(label);
    const bool control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    append_utf8(text, control || c == 0xfffe || c == 0xffff ? replacement_character : c);
  }
  return text;
}

/// Takes what an SVG of ours is made of, and nothing that runs or loads.
class DrawnElements : public XmlListener {
 public:
  std::size_t elements = 0;

  void begin(std::string_view name, const Attributes& attributes) override {
    ++elements;
    promise(name != "script" && name != "foreignObject" && name != "a" && name != "use");
    for (const char* hostile : {"href", "onload", "onclick", "style"}) {
      promise(attributes.find(hostile) == nullptr || name == "svg");
    }
  }
  void end() override {}
  void text(std::string_view) override {}
};

std::size_t elements_of(const std::string& svg) {
  const std::string source = "fuzz";
  DrawnElements listener;
  XmlParser(svg, source, {}).parse(listener);
  return listener.elements;
}

/// The label of a node in a DOT text, whose quoted string begins at `at`.
void check_quoted(const std::string& dot, std::size_t at) {
  promise(dot[at] == '"');
  for (std::size_t i = at + 1;; ++i) {
    promise(i < dot.size());
    if (dot[i] == '\\') {
      ++i;
      promise(dot[i] == '"' || dot[i] == '\\');  // no escape of Graphviz
    } else if (dot[i] == '"') {
      return promise(dot[i + 1] == ',');
    }
  }
}

void use_drawings(std::string bytes) {
  const Labels labels = labels_in(bytes);
  const Drawing drawing = ring_drawing(labels);
  const auto in_format = [&](std::string_view format) {
    return written(format, [&](Writer& writer) { writer.graph(drawing); });
  };
  Labels held = labels;
  for (std::string& label : held) label = in_xml(label);
  check_ring(read_graphml(Bytes::from(in_format("graphml")), "fuzz", {}, {}), held);
  const std::string dot = in_format("dot");
  for (std::size_t i = 0, at = 0; i < labels.size(); ++i) {
    const std::string node = "\n  \"" + std::to_string(i) + "\" [label=";
    at = dot.find(node, at);
    promise(at != std::string::npos);
    check_quoted(dot, at + node.size());
  }
  promise(elements_of(in_format("svg")) >= labels.size());
}

/// A heat map of one input in 64: its time goes into colours, which no label changes.
Picture picture_of(const std::string& bytes) {
  const Labels labels = labels_in(bytes);
  const bool heat_map = std::hash<std::string>()(bytes) % 64 == 0;
  return heat_map ? labelled_picture(labels) : labelled_bars(labels);
}

void use_pictures(std::string bytes) {
  const Picture picture = picture_of(bytes);
  const auto in_format = [&](std::string_view format) {
    return written(format, [&](Writer& writer) { writer.picture(picture); });
  };
  promise(elements_of(in_format("svg")) > 0);
  check_visible(in_format("table"));
}

std::size_t tags(std::string_view html) {
  std::size_t count = 0;
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) ++count;
  return count;
}

void use_pages(std::string bytes) {
  const auto html = [](const Page& page) {
    return written("html", [&](Writer& writer) { writer.page(page); });
  };
  static const std::size_t tags_of_any = tags(html(labelled_page({"a"})));
  const Labels labels = labels_in(bytes);
  const Page page = labelled_page(labels);
  promise(tags(html(page)) == tags_of_any);
  const std::string about = about_part(page, {}, WeightCodes(1));
  for (const char c : about) promise(c > 0 && c < 0x7f);
  const auto json = nlohmann::json::parse(about);
  promise(json.at("queries").get<Labels>() == labels && json.at("keys").get<Labels>() == labels);
}

/// Numbers that bytes are, whatever they mean, in a series of one matrix.
void use_arrays(std::string bytes) {
  const std::size_t columns = bytes.size() % 3 + 1;
  const std::size_t rows = bytes.size() / sizeof(float) / columns;
  if (rows == 0) return;
  std::vector<float> values(rows * columns);
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  MatrixSeries series;
  series.shape = {rows, columns};
  series.row_column = {"query", ColumnType::integer};
  series.column_column = {"key", ColumnType::integer};
  series.value_column = {"weight", ColumnType::real32};
  series.single_precision = true;
  for (const auto* format : {"npy", "npz"}) {
    const std::string file = written(format, [&](Writer& writer) {
      writer.begin_matrices(series);
      writer.matrix({}, {rows, columns, nullptr, values.data()});
    });
    const Dump dump = read_dump(Bytes::from(file), "fuzz", {});
    promise(dump.tensors.size() == 1 && dump.tensors.front().tensor.shape() == series.shape);
    std::vector<float> read(values.size());
    dump.tensors.front().tensor.copy_to(std::span(read));
    promise(std::memcmp(read.data(), values.data(), read.size() * sizeof(float)) == 0);
  }
}

constexpr std::array<Target, 5> table{{{"written_arrays", use_arrays},
                                       {"written_drawings", use_drawings},
                                       {"written_pages", use_pages},
                                       {"written_pictures", use_pictures},
                                       {"written_rows", use_rows}}};

}  // namespace

std::span<const Target> targets() { return table; }

}  // namespace attngraph::test
