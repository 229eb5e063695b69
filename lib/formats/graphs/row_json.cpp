#include "formats/graphs/row_json.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/edges/edge_rows.hpp"
#include "formats/edges/turned_edges.hpp"
#include "formats/graphs/json_elements.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// The rows of one text, which must come again where ids turn out to be names.
class RowReader : public JsonListener {
 public:
  RowReader(Ids ids, const std::string& source, const Limits& limits, const EdgeOptions& options)
      : ids_(ids), source_(source), limits_(limits), options_(options) {}

  std::optional<Dump> read(std::string_view text) {
    if (is_answer(text)) {
      read_json_elements(text, source_, 0, *this);
    } else {
      read_lines(text);
    }
    if (names_needed_) return std::nullopt;
    if (!rows_) throw InputError(source_, "holds no row of an edge");
    Dump dump;
    dump.source = source_;
    dump.format = "JSON edges";
    rows_->finish(dump);
    if (is_answer(text) && says_informs(text)) turn_edges(dump);
    return dump;
  }

  bool value(std::string_view key, const std::string& text) override {
    if (of_lines_) line_.push_back({std::string(key), text});
    return true;
  }

  JsonList list(std::string_view key) override {
    return key == "results" ? JsonList::read : JsonList::skip;
  }

  bool element(std::string_view, const std::vector<EdgeDatum>& data) override { return add(data); }

  bool end() override { return !of_lines_ || add(line_); }

 private:
  Ids ids_;
  const std::string& source_;
  const Limits& limits_;
  const EdgeOptions& options_;
  bool of_lines_ = false;
  bool names_needed_ = false;
  std::size_t read_ = 0;
  std::vector<EdgeDatum> line_;
  std::vector<std::string> names_;
  std::optional<EdgeRows> rows_;

  /// One object over all lines.
  static bool is_answer(std::string_view text) {
    return text.substr(0, text.find('\n')).find("\"schema\"") != text.npos;
  }

  /// What was asked stands in front of the rows; text of files is escaped there.
  static bool says_informs(std::string_view text) {
    const std::string_view asked = text.substr(0, text.find("\"results\""));
    return asked.find("\"direction\":\"informs\"") != asked.npos;
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
    std::vector<std::string_view> fields(names_.size());
    for (std::size_t i = 0; i < data.size(); ++i) {
      // Rows nearly always have their names in one order.
      const auto position = i < names_.size() && names_[i] == data[i].name
                                ? names_.begin() + static_cast<std::ptrdiff_t>(i)
                                : std::find(names_.begin(), names_.end(), data[i].name);
      if (position != names_.end()) {
        fields[static_cast<std::size_t>(position - names_.begin())] = data[i].text;
      }
    }
    names_needed_ = !rows_->add(fields, [this] { return place(); });
    ++read_;
    return !names_needed_;
  }

  void begin(const std::vector<EdgeDatum>& data) {
    std::vector<std::string_view> names;
    for (const EdgeDatum& datum : data) {
      names_.push_back(datum.name);
      names.push_back(datum.name);
    }
    if (!name_both_ends(names)) {
      throw InputError(source_, "holds an answer of attngraph without edges",
                       "edges are what graph, attend, gat and sparsify with `$edges` write");
    }
    rows_.emplace(EdgeColumns(names, options_.edge_weight, place()), DecimalMark::point, ids_,
                  source_, limits_, options_);
  }
};

}  // namespace

Dump read_row_json(const Bytes& bytes, const std::string& source, const Limits& limits,
                   const EdgeOptions& options) {
  const std::string_view text = text_of(bytes.data);
  auto dump = RowReader(Ids::numbers, source, limits, options).read(text);
  if (!dump) dump = RowReader(Ids::names, source, limits, options).read(text);
  return *std::move(dump);
}

}  // namespace attngraph
