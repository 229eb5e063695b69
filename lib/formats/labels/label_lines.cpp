#include "formats/labels/label_lines.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "formats/edges/csv_records.hpp"
#include "formats/json/json_text.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/labels/numbered_lines.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr const char* list_hint = "write one label a line, or a JSON list: json.dump(tokens, file)";

/// What a column of labels is called, the likeliest first: beside `label`, `token` is an index.
constexpr std::array<std::string_view, 7> column_names{"label", "labels", "tokens", "token_str",
                                                       "token", "text",   "word"};

/// What a column beside them is called that says which token a row is, the likeliest first.
constexpr std::array<std::string_view, 5> index_names{"token", "index", "position", "idx", "id"};

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

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

/// What a row takes in a list of numbers that grows.
constexpr std::size_t bytes_of_number = 3 * sizeof(std::size_t);

/// Which tokens the rows of a CSV are, as one of its columns says.
struct IndexColumn {
  std::string_view name;
  std::size_t index = 0;
  std::vector<std::size_t> numbers;
  bool is_whole = true;

  /// @param at the field that is of this column
  void add(const std::vector<std::string_view>& fields, std::size_t at) {
    const auto number =
        at < fields.size() ? parsed<std::size_t>(fields[at]) : std::optional<std::size_t>{};
    if (!number) is_whole = false;
    if (is_whole) numbers.push_back(*number);
  }

  /// Whether the numbers are 0 … n-1, or 1 … n, each once.
  bool is_order() const {
    const std::size_t first = first_number();
    std::vector<bool> seen(numbers.size());
    for (const std::size_t number : numbers) {
      if (first > 1 || number - first >= seen.size() || seen[number - first]) return false;
      seen[number - first] = true;
    }
    return true;
  }

  std::size_t first_number() const { return *std::min_element(numbers.begin(), numbers.end()); }
};

/// Which column of a CSV holds labels, and which may say of what tokens.
struct Column {
  char separator = ',';
  std::size_t index = 0;
  std::vector<IndexColumn> orders;
  /// Another that may hold them, where this one holds nothing but numbers (`token,word`).
  std::optional<std::size_t> other = {};
};

/// The next column of labels behind that of tokens.
std::optional<std::size_t> other_column(const std::vector<std::string>& fields,
                                        std::size_t labels) {
  if (fields[labels] != "token" && fields[labels] != "tokens") return std::nullopt;
  const auto known = std::find(column_names.begin(), column_names.end(), fields[labels]);
  for (auto name = known + 1; name != column_names.end(); ++name) {
    const auto at = std::find(fields.begin(), fields.end(), *name);
    const auto index = static_cast<std::size_t>(at - fields.begin());
    if (at != fields.end() && index != labels) return index;
  }
  return std::nullopt;
}

std::vector<IndexColumn> index_columns(const std::vector<std::string>& fields, std::size_t labels) {
  std::vector<IndexColumn> found;
  for (const auto name : index_names) {
    const auto at = std::find(fields.begin(), fields.end(), name);
    const auto index = static_cast<std::size_t>(at - fields.begin());
    if (at != fields.end() && index != labels) found.push_back({name, index, {}, true});
  }
  return found;
}

/// By the header: the first line names a column of labels among others, or, in a file called .csv
/// or .tsv, alone.
std::optional<Column> column_of(std::string_view header, const std::string& source) {
  constexpr std::size_t longest_header = std::size_t{1} << 16;
  if (header.size() > longest_header) return std::nullopt;
  const std::string name = lower_case(source);
  const bool is_csv = name.ends_with(".csv") || name.ends_with(".tsv");
  for (const char separator : {',', '\t', ';'}) {
    const auto fields = split(header, separator);
    if (fields.size() < 2 && !is_csv) continue;
    for (const auto wanted : column_names) {
      const auto at = std::find(fields.begin(), fields.end(), wanted);
      if (at == fields.end()) continue;
      const auto index = static_cast<std::size_t>(at - fields.begin());
      return Column{separator, index, index_columns(fields, index), other_column(fields, index)};
    }
  }
  return std::nullopt;
}

/// The texts by the first column that numbers the tokens; without one as they stand.
std::vector<std::string> in_order(std::vector<std::string> texts,
                                  const std::vector<IndexColumn>& orders,
                                  const std::string& source) {
  if (texts.empty()) return texts;
  for (const IndexColumn& order : orders) {
    if (!order.is_whole) continue;
    if (order.is_order()) {
      std::vector<std::string> sorted(texts.size());
      const std::size_t first = order.first_number();
      for (std::size_t row = 0; row < texts.size(); ++row) {
        sorted[order.numbers[row] - first] = std::move(texts[row]);
      }
      return sorted;
    }
    // Such an id is one of the vocabulary.
    if (order.name == "id") continue;
    const std::string name = in_quotes(order.name);
    throw InputError(source,
                     "column " + name + " does not number its " + counted(texts.size(), "row") +
                         ", expected each of 0 to " + std::to_string(texts.size() - 1) + " once",
                     "give one row for each token, as of one layer and head; where " + name +
                         " is no position, leave the column out");
  }
  return texts;
}

/// A printed Python list or tuple, or NumPy's array of strings.
void refuse_python(std::string_view text, const std::string& source) {
  const bool list = text.starts_with("['") && text.ends_with("]");
  const bool tuple = text.starts_with("('") && text.ends_with(")");
  const bool array = text.starts_with("array([");
  if (!list && !tuple && !array) return;
  throw InputError(source, "is a printed Python list, expected a JSON list or one label a line",
                   "write it with json.dump(list(tokens), file)");
}

/// Several words on the only line are no label.
void refuse_sentence(std::string_view text, const std::string& source) {
  const std::string_view line = trimmed(text);
  if (line.find_first_of("\r\n") != line.npos) return;
  const auto is_between = [](char c) { return c == ' ' || c == '\t' || c == ',' || c == ';'; };
  std::size_t words = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!is_between(line[i]) && (i == 0 || is_between(line[i - 1]))) ++words;
  }
  if (words < 2) return;
  throw InputError(source, "one line of " + counted(words, "word") + ", expected one label a line",
                   list_hint);
}

/// The numbers of tokens that stand where labels were looked for; nothing where one is no number.
std::optional<IndexColumn> numbers_of(const std::vector<std::string>& texts, std::size_t index) {
  // Numbers that are no order are ids of a vocabulary.
  IndexColumn numbers{"id", index, {}, true};
  for (const std::string& text : texts) numbers.add({std::string_view(text)}, 0);
  return numbers.is_whole && !texts.empty() ? std::optional(numbers) : std::nullopt;
}

Labels table_labels(std::string_view text, Column column, const std::string& source,
                    const Limits& limits, TakenMemory& taken) {
  LabelTexts labels(limits, taken), others(limits, taken);
  CsvRecords records(text, column.separator, source);
  records.take_exact(column.index);
  if (column.other) records.take_exact(*column.other);
  records.next();
  const std::size_t width = records.fields().size();
  while (records.next()) {
    if (records.at_end()) break;
    const auto& fields = records.fields();
    if (fields.size() > width) {
      throw InputError(records.place(),
                       counted(fields.size(), "field") + ", expected " + std::to_string(width) +
                           " as in the header",
                       "write a label that holds the separator in quotes");
    }
    if (column.index >= fields.size()) {
      throw InputError(records.place(), counted(fields.size(), "field") + ", expected more than " +
                                            std::to_string(column.index));
    }
    labels.add(fields[column.index], records.place());
    if (column.other && *column.other < fields.size()) {
      others.add(fields[*column.other], records.place());
    }
    taken.add(column.orders.size() * bytes_of_number);
    for (IndexColumn& order : column.orders) order.add(fields, order.index);
  }
  const bool has_others = column.other && others.size() == labels.size();
  if (has_others) taken.add(labels.size() * bytes_of_number);
  const auto numbers = has_others ? numbers_of(labels.texts(), column.index) : std::nullopt;
  if (!numbers) return {in_order(labels.taken(), column.orders, source), ""};
  column.orders.insert(column.orders.begin(), *numbers);
  return {in_order(others.taken(), column.orders, source), ""};
}

/// Whether each line is a JSON string, as a file called .jsonl holds them.
bool holds_json_strings(std::string_view text, const std::string& source) {
  const std::string name = lower_case(source);
  return text.starts_with('"') && (name.ends_with(".jsonl") || name.ends_with(".ndjson"));
}

/// The label that a line of JSON Lines is.
std::string json_label(std::string_view line, const std::string& place) {
  const auto value = nlohmann::json::parse(line, nullptr, false);
  if (value.is_string()) return value.get<std::string>();
  throw InputError(place, "is no JSON string, expected one as the first line is", list_hint);
}

}  // namespace

Labels label_lines(std::string_view text, const std::string& source, const Limits& limits,
                   std::size_t held) {
  TakenMemory taken(source, limits, held, fewer_labels_hint);
  refuse_python(trimmed(text), source);
  if (auto column = column_of(first_line(text), source)) {
    return table_labels(text, std::move(*column), source, limits, taken);
  }
  const bool is_json = holds_json_strings(text, source);
  if (!is_json) {
    if (auto numbered = numbered_labels(text, source, limits, taken)) return *std::move(numbered);
    refuse_sentence(text, source);
  }
  LabelTexts labels(limits, taken);
  const char end_of_line = text.find('\n') == text.npos ? '\r' : '\n';
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find(end_of_line);
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string place = source + ": line " + std::to_string(number);
    if (line.find('\0') != line.npos) {
      throw InputError(place, "a NUL character, expected text", "a JSON list may hold any label");
    }
    if (is_json) taken.require(line.size() * json_bytes_per_character);
    is_json ? labels.add(json_label(line, place), place) : labels.add(line, place);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return {labels.taken(), ""};
}

}  // namespace attngraph
