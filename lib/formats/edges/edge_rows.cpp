#include "formats/edges/edge_rows.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "formats/rules.hpp"
#include "formats/tables/decimal_number.hpp"

namespace attngraph {
namespace {

constexpr std::string_view fused_heads[] = {"mean", "max", "min"};

/// `1.234`, not `0.123`: a point that may stand between groups of three digits.
bool may_be_thousands(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::size_t first = text.find_first_of("123456789");
  return point != text.npos && first < point && text.size() == point + 4;
}

}  // namespace

EdgeRows::EdgeRows(EdgeColumns columns, DecimalMark mark, Ids ids, const std::string& where,
                   const Limits& limits, const EdgeOptions& options)
    : columns_(std::move(columns)),
      mark_(mark),
      where_(where),
      options_(options),
      groups_(where, limits, options.signed_weights),
      taken_(where, limits, 0),
      nodes_(limits, taken_, ids, options.nodes, options.cross || columns_.has_labels()),
      left_out_(where, limits),
      source_labels_(limits, taken_),
      target_labels_(limits, taken_),
      of_sides_(ids == Ids::numbers && (options.cross || columns_.of_attention())),
      sides_(where_, options_),
      has_type_(columns_.has(EdgeColumn::type)),
      label_hint_(columns_.numbered() ? columns_.numbered()->hint() : "") {}

bool EdgeRows::add(std::span<const std::string_view> fields,
                   const std::function<std::string()>& place) {
  const Row row{fields, place};
  if (!is_wanted(row)) return true;
  Edge edge;
  edge.directed = directed(row);
  if (!begun_) begin(row);
  NodeLabels& target_labels = of_sides_ ? target_labels_ : source_labels_;
  const auto source = node(row, EdgeColumn::source, EdgeColumn::source_label, source_labels_);
  if (!source) return false;
  const auto target = node(row, EdgeColumn::target, EdgeColumn::target_label, target_labels);
  if (!target) return false;
  edge.source = *source;
  edge.target = *target;
  if (of_sides_) see_sides(row, edge);
  if (columns_.has(EdgeColumn::layer)) edge.layer = index(row, EdgeColumn::layer);
  edge.head = head(row);
  edge.weight = weight(row);
  groups_.add(edge);
  if (!left_out_.empty()) left_out_.add(edge, fields);
  return true;
}

/// A column of layers or heads by another word that does not begin with an index is something else.
void EdgeRows::begin(const Row& row) {
  begun_ = true;
  for (const EdgeColumn column : {EdgeColumn::layer, EdgeColumn::head}) {
    if (!columns_.has(column) || !columns_.called_otherwise(column)) continue;
    if (!is_index(row, column)) columns_.leave_out(column);
  }
  if (columns_.has(EdgeColumn::type) && !has_type_) columns_.leave_out(EdgeColumn::type);
  const auto others = columns_.others();
  const auto positions = columns_.left_out();
  for (std::size_t i = 0; i < others.size(); ++i) left_out_.add_column(positions[i], others[i]);
}

bool EdgeRows::is_index(const Row& row, EdgeColumn column) const {
  return whole_index(field(row, column)).has_value();
}

void EdgeRows::finish(Dump& dump) {
  if (groups_.size() == 0 && groups_.left_out() > 0) {
    throw InputError(where_, "has no weight above 0, and $signed positive leaves out the others",
                     "$signed absolute counts them with their size");
  }
  if (groups_.size() == 0) throw InputError(where_, "holds no edge");
  left_out_.require_one_graph();
  if (columns_.numbered()) {
    columns_.numbered()->require_texts(source_labels_, target_labels_, where_);
    dump.notes.push_back(columns_.numbered()->note());
  }
  finish_nodes(dump);
  note_columns(dump);
}

void EdgeRows::see_sides(const Row& row, const Edge& edge) {
  const auto check = [&](EdgeColumn column, std::int32_t index, std::optional<std::size_t> count,
                         const char* option) {
    if (!count || static_cast<std::size_t>(index) < *count) return;
    refuse(row, column, "an index below " + std::to_string(*count),
           std::string(option) + " has a label for each");
  };
  if (options_.cross && !edge.directed) {
    refuse(row, EdgeColumn::type, "Directed", "with $cross an edge leads from a query to a key");
  }
  check(EdgeColumn::source, edge.source, options_.queries, "$query-tokens");
  check(EdgeColumn::target, edge.target, options_.keys, "$tokens");
  sides_.see(edge);
}

void EdgeRows::finish_nodes(Dump& dump) {
  const bool two = of_sides_ && sides_.are_two(groups_, source_labels_, target_labels_);
  std::string sides = of_sides_ ? sides_.note(two, source_labels_, target_labels_) : "";
  if (two) {
    finish_two_sides(dump);
  } else {
    source_labels_.merge(target_labels_);
    const std::vector<std::int32_t> numbers = nodes_.finish(dump, source_labels_);
    if (!numbers.empty()) sides.clear();
    groups_.finish(dump, dump.nodes, numbers);
  }
  if (!sides.empty()) dump.notes.push_back(sides);
}

/// Queries come first. Their marks, with which attngraph parts them from the keys, are taken off.
void EdgeRows::finish_two_sides(Dump& dump) {
  const std::size_t queries = sides_.queries();
  const std::size_t keys = sides_.keys();
  dump.queries = queries;
  groups_.shift_targets(static_cast<std::int32_t>(queries));
  groups_.finish(dump, queries + keys, {});
  if (are_marked(source_labels_, target_labels_)) {
    source_labels_.cut(2);
    target_labels_.cut(2);
  }
  if (source_labels_.are_indices() && target_labels_.are_indices()) return;
  dump.tokens = source_labels_.of_indices(queries);
  const std::vector<std::string> tokens = target_labels_.of_indices(keys);
  dump.tokens.insert(dump.tokens.end(), tokens.begin(), tokens.end());
}

void EdgeRows::note_columns(Dump& dump) {
  std::vector<std::string> others = columns_.others();
  if (columns_.has(EdgeColumn::type) && !has_type_) {
    others.push_back(columns_.name(EdgeColumn::type));
  }
  if (!groups_.weighted() && columns_.has(EdgeColumn::weight)) {
    dump.notes.push_back("the column " + in_quotes(columns_.name(EdgeColumn::weight)) +
                         " is empty: every edge weighs 1");
  } else if (!groups_.weighted()) {
    dump.notes.push_back(every_edge_weighs_one("column", others));
  } else {
    if (others.size() == 1) dump.notes.push_back("column " + in_quotes(others[0]) + " left out");
    if (others.size() > 1) {
      dump.notes.push_back(counted(others.size(), "column") + " left out: " + in_quotes(others));
    }
  }
  for (const EdgeColumn column : {EdgeColumn::layer, EdgeColumn::head}) {
    if (!columns_.has(column) || !columns_.called_otherwise(column)) continue;
    dump.notes.push_back("column " + in_quotes(columns_.name(column)) + " read as the " +
                         (column == EdgeColumn::layer ? "layer" : "head"));
  }
  if (fused_head_) dump.notes.push_back("head " + in_quotes(*fused_head_) + " read as head 0");
  if (comma_) dump.notes.push_back("weights have a decimal comma: " + *comma_);
}

std::string_view EdgeRows::field(const Row& row, EdgeColumn column) const {
  return row.fields[*columns_.position(column)];
}

FieldPlace EdgeRows::at(const Row& row, EdgeColumn column) const {
  return {row.place, columns_.name(column)};
}

void EdgeRows::refuse(const Row& row, EdgeColumn column, const std::string& expected,
                      const std::string& hint) const {
  throw InputError(at(row, column).text(), in_quotes(field(row, column)) + ", expected " + expected,
                   hint);
}

std::optional<std::int32_t> EdgeRows::node(const Row& row, EdgeColumn id, EdgeColumn label,
                                           NodeLabels& labels) {
  const auto number = nodes_.number(field(row, id), at(row, id));
  if (!number && options_.cross) {
    refuse(row, id, "an index",
           "with $cross number queries and keys from 0 on; what they are called stands in columns "
           "query_label and key_label");
  }
  if (number && columns_.has(label)) {
    labels.add(*number, field(row, label), at(row, label), label_hint_);
  }
  return number;
}

std::optional<double> EdgeRows::weight(const Row& row) {
  if (!columns_.has(EdgeColumn::weight)) return std::nullopt;
  const std::string_view text = without_blanks(field(row, EdgeColumn::weight));
  if (text.empty()) return std::nullopt;
  const bool comma = text.find(',') != text.npos;
  if (comma && mark_ == DecimalMark::point) {
    refuse(row, EdgeColumn::weight, "a finite number", "write a decimal point");
  }
  std::string pointed;
  if (comma) {
    pointed = text;
    std::replace(pointed.begin(), pointed.end(), ',', '.');
  }
  const auto value = decimal_number(comma ? pointed : text);
  if (!value || !std::isfinite(*value)) refuse(row, EdgeColumn::weight, "a finite number");
  if (comma && !comma_) comma_ = std::string(text) + " read as " + pointed;
  if (may_be_thousands(text) && mark_ == DecimalMark::comma && !point_) point_ = text;
  if (comma_ && point_) {
    throw InputError(at(row, EdgeColumn::weight).text(),
                     in_quotes(*point_) + " may be thousands where others have a decimal comma",
                     "write all with a decimal point");
  }
  return value;
}

std::int64_t EdgeRows::head(const Row& row) {
  if (!columns_.has(EdgeColumn::head)) return 0;
  const std::string_view text = field(row, EdgeColumn::head);
  const bool fused =
      std::find(std::begin(fused_heads), std::end(fused_heads), text) != std::end(fused_heads);
  if (groups_.size() == 0 && fused) fused_head_ = text;
  if (fused_head_ ? text != *fused_head_ : fused) {
    throw InputError(at(row, EdgeColumn::head).text(),
                     in_quotes(text) + " behind rows of " +
                         (fused_head_ ? in_quotes(*fused_head_) : "single heads") +
                         ", expected rows of one kind",
                     "keep the rows of single heads, or those of one way to fuse them");
  }
  return fused ? 0 : index(row, EdgeColumn::head);
}

std::int64_t EdgeRows::index(const Row& row, EdgeColumn column) const {
  const auto value = whole_index(field(row, column));
  if (!value) refuse(row, column, "an index");
  return *value;
}

/// A column `type` that does not begin with a direction is something else.
bool EdgeRows::directed(const Row& row) {
  if (!has_type_) return true;
  const std::string type = lower_case(field(row, EdgeColumn::type));
  if (type.empty()) return true;
  const bool known = type == "directed" || type == "undirected";
  if (!known && seen_type_) refuse(row, EdgeColumn::type, "Directed or Undirected");
  has_type_ = known;
  seen_type_ = true;
  return type != "undirected";
}

/// Rows of another item of the batch are not; rows of two files cannot be one graph.
bool EdgeRows::is_wanted(const Row& row) {
  const auto require_one = [&](EdgeColumn column, std::optional<std::string>& first,
                               const char* hint) {
    if (!columns_.has(column)) return;
    if (!first) first = field(row, column);
    if (field(row, column) == *first) return;
    throw InputError(at(row, column).text(),
                     in_quotes(field(row, column)) + " behind rows of " + in_quotes(*first) +
                         ", expected rows of one",
                     hint);
  };
  if (options_.batch && !columns_.has(EdgeColumn::batch)) {
    throw InputError(where_, "no column says of which item of a batch a row is",
                     "leave $batch out");
  }
  require_one(EdgeColumn::file, file_, "keep the rows of one file");
  if (columns_.has(EdgeColumn::batch) && options_.batch) {
    return index(row, EdgeColumn::batch) == static_cast<std::int64_t>(*options_.batch);
  }
  require_one(EdgeColumn::batch, batch_, "choose one with $batch");
  return true;
}

}  // namespace attngraph
