#include "formats/graphs/row_json.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/edges/edge_rows.hpp"
#include "formats/edges/turned_edges.hpp"
#include "formats/graphs/json_edges.hpp"
#include "formats/graphs/json_elements.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// The rows of one text, which must come again where ids turn out to be names, or a row has a name
/// that the first has not.
class RowReader : public JsonListener {
 public:
  RowReader(Ids ids, std::vector<std::string> names, const std::string& source,
            const Limits& limits, const EdgeOptions& options)
      : ids_(ids), source_(source), limits_(limits), options_(options) {
    for (std::string& name : names) add_name(std::move(name));
  }

  void read(std::string_view text) {
    if (text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size())).starts_with('[')) {
      read_list(text);
    } else if (json_edges(text) == JsonEdges::answer) {
      read_json_elements(text, source_, 0, *this);
    } else {
      read_lines(text);
    }
  }

  bool names_needed() const { return names_needed_; }
  bool is_complete() const { return names_.size() == names_of_rows_; }
  /// Of all columns, those of the first row in front.
  std::vector<std::string> names() const { return names_; }

  Dump dump() {
    if (!rows_) throw InputError(source_, "holds no row of an edge");
    Dump dump;
    dump.source = source_;
    dump.format = "JSON edges";
    rows_->finish(dump);
    if (informs_) turn_edges(dump);
    return dump;
  }

  bool value(std::string_view key, const std::string& text) override {
    if (of_lines_) line_.push_back({std::string(key), text});
    return true;
  }

  JsonList list(std::string_view key) override {
    if (of_list_) return key == "row" ? JsonList::read : JsonList::skip;
    return of_lines_ ? JsonList::skip : tables_.list(key);
  }

  /// What an answer was asked for, and whose rows they are.
  bool member(std::string_view object, std::string_view key, const std::string& text) override {
    tables_.member(object, key);
    if (!of_lines_ && object == "parameters" && key == "direction") informs_ = text == informs;
    return true;
  }

  bool element(std::string_view, const std::vector<EdgeDatum>& data) override { return add(data); }

  bool end() override { return !of_lines_ || add(line_); }

 private:
  Ids ids_;
  const std::string& source_;
  const Limits& limits_;
  const EdgeOptions& options_;
  bool of_lines_ = false;
  bool of_list_ = false;
  RowTables tables_;
  bool names_needed_ = false;
  std::size_t read_ = 0;
  std::vector<EdgeDatum> line_;
  bool informs_ = false;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> positions_;
  /// So many of the names are columns of rows_.
  std::size_t names_of_rows_ = 0;
  std::optional<EdgeRows> rows_;

  std::size_t add_name(std::string name) {
    const auto [entry, is_new] = positions_.emplace(std::move(name), names_.size());
    if (is_new) names_.push_back(entry->first);
    return entry->second;
  }

  /// Rows in a list, which are read as those of an answer; the line before it does not count.
  void read_list(std::string_view text) {
    constexpr std::string_view begin = "{\"row\":\n";
    of_list_ = true;
    require_memory(begin.size() + text.size() + 1, limits_, source_);
    std::string answer;
    answer.reserve(begin.size() + text.size() + 1);
    answer.append(begin).append(text).append("}");
    read_json_elements(answer, source_, std::size_t{0} - 1, *this);
  }

  void read_lines(std::string_view text) {
    of_lines_ = true;
    for (std::size_t lines = 0; !text.empty() && !names_needed_; ++lines) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (line.find_first_not_of(" \t\r") == line.npos) continue;
      line_.clear();
      read_json_elements(line, source_, lines, *this);
    }
  }

  std::string place() const { return source_ + ": row " + std::to_string(read_); }

  bool add(const std::vector<EdgeDatum>& data) {
    if (!rows_) begin(data);
    names_needed_ = !rows_->add(fields_of(data), [this] { return place(); });
    ++read_;
    return !names_needed_;
  }

  /// A text for each column, whichever are there.
  std::vector<std::string_view> fields_of(const std::vector<EdgeDatum>& data) {
    std::vector<std::string_view> fields(names_of_rows_);
    for (std::size_t i = 0; i < data.size(); ++i) {
      // Rows nearly always have their names in one order.
      const bool in_order = i < names_.size() && names_[i] == data[i].name;
      const std::size_t position = in_order ? i : add_name(data[i].name);
      if (position < fields.size()) fields[position] = data[i].text;
    }
    return fields;
  }

  void begin(const std::vector<EdgeDatum>& data) {
    for (const EdgeDatum& datum : data) add_name(datum.name);
    names_of_rows_ = names_.size();
    const std::vector<std::string_view> names(names_.begin(), names_.end());
    if (!name_both_ends(names)) {
      throw InputError(source_, "holds an answer of attngraph without edges",
                       "edges are what graph, attend, gat and sparsify with `$edges` write");
    }
    EdgeColumns columns(names, options_.edge_weight, place());
    if (ids_ == Ids::numbers) columns.take_indices(fields_of(data));
    rows_.emplace(std::move(columns), DecimalMark::point, ids_, source_, limits_, options_);
  }
};

}  // namespace

Dump read_row_json(const Bytes& bytes, const std::string& source, const Limits& limits,
                   const EdgeOptions& options) {
  const std::string_view text = text_of(bytes.data);
  Ids ids = Ids::numbers;
  std::vector<std::string> names;
  while (true) {
    RowReader reader(ids, names, source, limits, options);
    reader.read(text);
    if (reader.is_complete() && !reader.names_needed()) return reader.dump();
    if (reader.names_needed()) ids = Ids::names;
    names = reader.names();
  }
}

}  // namespace attngraph
