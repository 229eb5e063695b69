#include "formats/graphs/edge_csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "formats/graphs/csv_records.hpp"
#include "formats/graphs/edge_groups.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::array<std::string_view, 5> column_names{"source", "target", "weight", "layer",
                                                       "head"};
enum Column : std::size_t {
  source_column,
  target_column,
  weight_column,
  layer_column,
  head_column
};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// What a column is called here: weights of attention may stand as `query,key,weight`.
std::string column_name(std::string_view written) {
  const std::string name = lower_case(written);
  if (name == "query") return "source";
  if (name == "key") return "target";
  return name;
}

enum class Naming { indices, labels };

/// One pass over the text; a second one follows where nodes turn out to have labels.
class EdgeReader {
 public:
  EdgeReader(std::string_view text, Naming naming, Dump& dump, const Limits& limits)
      : records_(text, dump.source),
        naming_(naming),
        dump_(dump),
        limits_(limits),
        groups_(dump.source, limits) {}

  /// False where indices were expected and a label was found; the dump is untouched then.
  bool read() {
    read_header();
    while (records_.next()) {
      check_stop();
      if (records_.fields().size() != width_) {
        throw InputError(records_.place(), counted(records_.fields().size(), "field") +
                                               ", expected " + std::to_string(width_) +
                                               " as in the header");
      }
      const auto source = node(source_column);
      if (!source) return false;
      const auto target = node(target_column);
      if (!target) return false;
      groups_.add(layer(), head(), *source, *target, weight());
      nodes_ = std::max({nodes_, *source + std::size_t{1}, *target + std::size_t{1}});
    }
    dump_.edges = groups_.take(nodes_);
    dump_.nodes = nodes_;
    dump_.notes.insert(dump_.notes.end(), notes_.begin(), notes_.end());
    if (dump_.edges.empty()) throw InputError(dump_.source, "holds no edge, only a header");
    return true;
  }

  /// The first field that is no index, for a note.
  const std::string& first_label() const { return first_label_; }

 private:
  CsvRecords records_;
  Naming naming_;
  Dump& dump_;
  const Limits& limits_;
  EdgeGroups groups_;
  std::array<std::optional<std::size_t>, column_names.size()> columns_;
  std::size_t width_ = 0;
  std::size_t nodes_ = 0;
  std::unordered_map<std::string, std::int32_t> labels_;
  std::string first_label_;
  std::vector<std::string> notes_;
  bool noted_fused_head_ = false;

  void read_header() {
    records_.next();
    const auto& names = records_.fields();
    width_ = names.size();
    for (std::size_t i = 0; i < width_; ++i) {
      const auto known = std::find(column_names.begin(), column_names.end(), column_name(names[i]));
      if (known == column_names.end()) {
        notes_.push_back("column " + in_quotes(names[i]) + " left out");
        continue;
      }
      auto& column = columns_[static_cast<std::size_t>(known - column_names.begin())];
      if (column)
        throw InputError(records_.place(), "the column " + in_quotes(*known) + " occurs twice");
      column = i;
    }
    for (const Column needed : {source_column, target_column}) {
      if (!columns_[needed]) {
        throw InputError(records_.place(),
                         "the column " + in_quotes(column_names[needed]) + " is missing",
                         "the first line names the columns: source,target,weight");
      }
    }
    if (!columns_[weight_column]) notes_.push_back("no column 'weight': every edge weighs 1");
  }

  std::string_view field(Column column) const { return records_.fields()[*columns_[column]]; }

  [[noreturn]] void refuse(Column column, const std::string& expected) {
    throw InputError(records_.place() + ": " + std::string(column_names[column]),
                     in_quotes(field(column)) + ", expected " + expected);
  }

  std::optional<std::int32_t> node(Column column) {
    const std::string_view text = field(column);
    if (text.empty()) refuse(column, "an index or a label");
    if (naming_ == Naming::labels) return labelled_node(column);
    const bool digits = text.find_first_not_of("0123456789") == text.npos;
    if (!digits) {
      first_label_ = in_quotes(text) + " in line " + std::to_string(records_.line());
      return std::nullopt;
    }
    const auto index = parsed<std::int32_t>(text);
    if (!index || *index > largest_node) refuse(column, "an index of at most 2147483646");
    return index;
  }

  std::int32_t labelled_node(Column column) {
    const std::string label(field(column));
    const auto found = labels_.find(label);
    if (found != labels_.end()) return found->second;
    require_label(label, limits_, records_.place());
    require_memory(2 * (labels_.size() + 1) * sizeof(std::string), limits_, dump_.source);
    const auto index = static_cast<std::int32_t>(labels_.size());
    labels_.emplace(label, index);
    dump_.tokens.push_back(label);
    return index;
  }

  double weight() {
    if (!columns_[weight_column]) return 1.0;
    const auto value = parsed<double>(field(weight_column));
    if (!value || !std::isfinite(*value)) refuse(weight_column, "a finite number");
    return *value;
  }

  std::int64_t layer() { return columns_[layer_column] ? index(layer_column) : 0; }

  std::int64_t head() {
    if (!columns_[head_column]) return 0;
    const std::string_view text = field(head_column);
    if (text != "mean" && text != "max" && text != "min") return index(head_column);
    if (!noted_fused_head_) notes_.push_back("head " + in_quotes(text) + " read as head 0");
    noted_fused_head_ = true;
    return 0;
  }

  std::int64_t index(Column column) {
    const auto value = parsed<std::int64_t>(field(column));
    if (!value || *value < 0) refuse(column, "an index");
    return *value;
  }
};

}  // namespace

bool begins_like_edge_csv(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::string_view line = text.substr(0, std::min<std::size_t>(text.find_first_of("\r\n"), 4096));
  while (true) {
    const std::size_t end = std::min(line.find(','), line.size());
    std::string_view name = line.substr(0, end);
    if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) {
      name = name.substr(1, name.size() - 2);
    }
    const std::string column = column_name(name);
    if (column == "source" || column == "target") return true;
    if (end == line.size()) return false;
    line.remove_prefix(end + 1);
  }
}

Dump read_edge_csv(const Bytes& bytes, const std::string& source, const Limits& limits) {
  std::string_view text = text_of(bytes.data);
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Dump dump;
  dump.source = source;
  dump.format = "CSV edges";
  EdgeReader indices(text, Naming::indices, dump, limits);
  if (indices.read()) return dump;
  EdgeReader(text, Naming::labels, dump, limits).read();
  dump.notes.push_back("source and target read as labels, because " + indices.first_label() +
                       " is no index");
  return dump;
}

}  // namespace attngraph
