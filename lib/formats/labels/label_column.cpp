#include "formats/labels/label_column.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/error.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// What a column of labels is called, the likeliest first: beside texts, `label` is a class.
constexpr std::array<std::string_view, 7> column_names{"tokens", "token_str", "token", "text",
                                                       "word",   "label",     "labels"};

/// What a column beside them is called that says which token a row is, the likeliest first. pandas
/// writes the index of a frame under no name, and reads that as `Unnamed: 0`.
constexpr auto index_names =
    std::to_array<std::pair<std::string_view, Says>>({{"token", Says::places_or_texts},
                                                      {"index", Says::places},
                                                      {"position", Says::places},
                                                      {"idx", Says::places},
                                                      {"pos", Says::places},
                                                      {"token_index", Says::places},
                                                      {"token_idx", Says::places},
                                                      {"token_position", Says::places},
                                                      {"position_id", Says::places},
                                                      {"token_pos", Says::places},
                                                      {"tok_index", Says::places},
                                                      {"tok_idx", Says::places},
                                                      {"tok_pos", Says::places},
                                                      {"seq_pos", Says::places},
                                                      {"position_ids", Says::perhaps_places},
                                                      {"id", Says::perhaps_places},
                                                      {"i", Says::perhaps_places},
                                                      {"node", Says::perhaps_places},
                                                      {"query", Says::perhaps_places},
                                                      {"q", Says::perhaps_places},
                                                      {"source", Says::perhaps_places},
                                                      {"key", Says::perhaps_places},
                                                      {"target", Says::perhaps_places},
                                                      {"row", Says::perhaps_places},
                                                      {"patch", Says::perhaps_places},
                                                      {"number", Says::perhaps_places},
                                                      {"#", Says::perhaps_places},
                                                      {"", Says::perhaps_places},
                                                      {"unnamed: 0", Says::perhaps_places}});

std::vector<std::string> split(std::string_view line, char separator) {
  std::vector<std::string> fields;
  while (true) {
    const auto end = line.find(separator);
    std::string_view field = trimmed(line.substr(0, end));
    if (field.size() > 1 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    fields.push_back(lower_case(field));
    if (end == line.npos) return fields;
    line.remove_prefix(end + 1);
  }
}

/// A whole number, also as pandas writes it where others of its column are missing, `3.0`.
std::optional<std::size_t> whole_number(std::string_view text) {
  if (text.ends_with(".0")) text.remove_suffix(2);
  return parsed<std::size_t>(text);
}

/// The next column of labels behind that of tokens, which are places beside `label`, as in answers
/// of this program.
std::optional<OtherLabels> other_column(const std::vector<std::string>& fields,
                                        std::size_t labels) {
  if (fields[labels] != "token" && fields[labels] != "tokens") return std::nullopt;
  const auto known = std::find(column_names.begin(), column_names.end(), fields[labels]);
  for (auto name = known + 1; name != column_names.end(); ++name) {
    const auto at = std::find(fields.begin(), fields.end(), *name);
    const auto index = static_cast<std::size_t>(at - fields.begin());
    if (at == fields.end() || index == labels) continue;
    return OtherLabels{index,
                       name->starts_with("label") ? Says::places_or_texts : Says::perhaps_places};
  }
  return std::nullopt;
}

/// What a column `label` is left out for; empty where there is none.
std::string note_of_classes(const std::vector<std::string>& fields, std::size_t labels) {
  for (const char* name : {"label", "labels"}) {
    if (fields[labels] == name || std::find(fields.begin(), fields.end(), name) == fields.end()) {
      continue;
    }
    return "labels are those of column " + in_quotes(fields[labels]) + ": FILE:" + name +
           " takes those of " + in_quotes(name);
  }
  return "";
}

std::vector<IndexColumn> index_columns(const std::vector<std::string>& fields, std::size_t labels) {
  std::vector<IndexColumn> found;
  for (const auto& [name, says] : index_names) {
    const auto at = std::find(fields.begin(), fields.end(), name);
    const auto index = static_cast<std::size_t>(at - fields.begin());
    if (at != fields.end() && index != labels) found.push_back({std::string(name), says, index});
  }
  return found;
}

/// The columns that are nothing of all that.
std::vector<IndexColumn> unknown_columns(const std::vector<std::string>& fields,
                                         const LabelColumn& known) {
  std::vector<IndexColumn> unknown;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto is_here = [&](const IndexColumn& column) { return column.index == i; };
    const bool labels = i == known.index || (known.other && i == known.other->index);
    if (labels || std::any_of(known.orders.begin(), known.orders.end(), is_here)) continue;
    unknown.push_back({fields[i], Says::perhaps_places, i});
  }
  return unknown;
}

/// By the usual names.
std::optional<std::size_t> usual_place(const std::vector<std::string>& fields) {
  for (const auto wanted : column_names) {
    const auto at = std::find(fields.begin(), fields.end(), wanted);
    if (at != fields.end()) return static_cast<std::size_t>(at - fields.begin());
  }
  return std::nullopt;
}

std::optional<std::size_t> named_place(const std::vector<std::string>& fields,
                                       const std::string& name) {
  const auto at = std::find(fields.begin(), fields.end(), lower_case(name));
  if (at == fields.end()) return std::nullopt;
  return static_cast<std::size_t>(at - fields.begin());
}

[[noreturn]] void refuse_column(const std::vector<std::string>& fields, const std::string& source,
                                const std::string& name) {
  throw InputError(source,
                   "has no column " + in_quotes(name) + ", its columns are " +
                       in_quotes(std::span<const std::string>(fields)),
                   "name one of them: FILE:NAME");
}

}  // namespace

void IndexColumn::add(const std::vector<std::string_view>& fields, std::size_t at,
                      const std::string& place) {
  if (!is_whole()) return;
  const auto number = at < fields.size() ? whole_number(fields[at]) : std::nullopt;
  if (number) {
    numbers.push_back(*number);
  } else {
    wrong = place;
  }
}

std::size_t IndexColumn::first_number() const {
  return *std::min_element(numbers.begin(), numbers.end());
}

std::optional<LabelColumn> label_column(std::string_view header, const std::string& source,
                                        const std::string& name) {
  constexpr std::size_t longest_header = std::size_t{1} << 16;
  if (header.size() > longest_header) return std::nullopt;
  const std::string file = lower_case(source);
  const bool is_csv = file.ends_with(".csv") || file.ends_with(".tsv");
  std::vector<std::string> others;
  for (const char separator : {',', '\t', ';'}) {
    const auto fields = split(header, separator);
    if (fields.size() < 2 && !is_csv) continue;
    const auto usual = usual_place(fields);
    const auto index = name.empty() ? usual : named_place(fields, name);
    if (index) {
      LabelColumn column{separator, *index, index_columns(fields, *index)};
      if (name.empty()) column.other = other_column(fields, *index);
      if (name.empty()) column.note = note_of_classes(fields, *index);
      column.unknown = unknown_columns(fields, column);
      return column;
    }
    const bool is_header = usual || (is_csv && fields.size() > others.size());
    if (is_header) others = fields;
  }
  if (!name.empty() && !others.empty()) refuse_column(others, source, name);
  return std::nullopt;
}

}  // namespace attngraph
