#include "formats/labels/label_lines.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "formats/json/json_text.hpp"
#include "formats/labels/label_column.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/labels/numbered_lines.hpp"
#include "formats/rules.hpp"
#include "formats/tables/csv_records.hpp"

namespace attngraph {
namespace {

constexpr const char* list_hint = "write one label a line, or a JSON list: json.dump(tokens, file)";

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

/// What a row takes in a list of numbers that grows.
constexpr std::size_t bytes_of_number = 3 * sizeof(std::size_t);

/// Another order may be that of the tokens, or a rank. Of two rows it may be anything.
void refuse_another_order(const std::vector<IndexColumn>& unknown, const std::string& source) {
  constexpr std::size_t few = 3;
  const IndexColumn* shuffled = nullptr;
  for (const IndexColumn& column : unknown) {
    const Counting found = column.numbers.size() < few ? Counting::no : column.counting();
    if (found == Counting::in_order) return;
    if (found == Counting::shuffled && shuffled == nullptr) shuffled = &column;
  }
  if (shuffled == nullptr) return;
  const std::string name = in_quotes(shuffled->name);
  throw InputError(
      source, "column " + name + " numbers the rows in another order than that in which they stand",
      "where " + name + " says which token a row is, call it position; where not, leave it out");
}

/// The texts by the first column that numbers the tokens; without one as they stand.
std::vector<std::string> in_order(std::vector<std::string> texts, const LabelColumn& column,
                                  const std::string& source) {
  if (texts.empty()) return texts;
  for (const IndexColumn& order : column.orders) {
    const std::string name = in_quotes(order.name);
    if (!order.is_whole() && order.says == Says::places) {
      throw InputError(order.wrong,
                       "column " + name +
                           " has no whole number here, expected the "
                           "place of the token, from 0 on",
                       "where " + name + " is no position, leave the column out");
    }
    if (!order.is_whole()) continue;
    if (order.counting() != Counting::no) {
      std::vector<std::string> sorted(texts.size());
      const std::size_t first = order.first_number();
      for (std::size_t row = 0; row < texts.size(); ++row) {
        sorted[order.numbers[row] - first] = std::move(texts[row]);
      }
      return sorted;
    }
    if (order.says == Says::perhaps_places) continue;
    throw InputError(source,
                     "column " + name + " does not number its " + counted(texts.size(), "row") +
                         ", expected each of 0 to " + std::to_string(texts.size() - 1) + " once",
                     "give one row for each token, as of one layer and head; where " + name +
                         " is no position, leave the column out");
  }
  refuse_another_order(column.unknown, source);
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
std::optional<IndexColumn> numbers_of(const std::vector<std::string>& texts,
                                      const LabelColumn& column) {
  IndexColumn numbers{"token", column.other->numbers_say, column.index};
  for (const std::string& text : texts) numbers.add({std::string_view(text)}, 0, "a row");
  return numbers.is_whole() && !texts.empty() ? std::optional(numbers) : std::nullopt;
}

/// Those of a row. Of a column that nothing says to hold places one other text is enough.
void add_numbers(LabelColumn& column, const std::vector<std::string_view>& fields,
                 const CsvRecords& records) {
  const bool any = !column.orders.empty() || !column.unknown.empty();
  const std::string place = any ? records.place() : "";
  for (IndexColumn& order : column.orders) order.add(fields, order.index, place);
  for (IndexColumn& order : column.unknown) order.add(fields, order.index, place);
  std::erase_if(column.unknown, [](const IndexColumn& order) { return !order.is_whole(); });
}

Labels table_labels(std::string_view text, LabelColumn column, const std::string& source,
                    const Limits& limits, TakenMemory& taken) {
  LabelTexts labels(limits, taken), others(limits, taken);
  CsvRecords records(text, column.separator, source);
  records.take_exact(column.index);
  if (column.other) records.take_exact(column.other->index);
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
    if (column.other && column.other->index < fields.size()) {
      others.add(fields[column.other->index], records.place());
    }
    taken.add((column.orders.size() + column.unknown.size()) * bytes_of_number);
    add_numbers(column, fields, records);
  }
  const bool has_others = column.other && others.size() == labels.size();
  if (has_others) taken.add(labels.size() * bytes_of_number);
  const auto numbers = has_others ? numbers_of(labels.texts(), column) : std::nullopt;
  if (!numbers) return {in_order(labels.taken(), column, source), column.note};
  column.orders.insert(column.orders.begin(), *numbers);
  return {in_order(others.taken(), column, source), ""};
}

/// Whether a file called .jsonl begins with a JSON string, as each of its lines should be.
bool says_json_strings(std::string_view text, const std::string& source) {
  const std::string name = lower_case(source);
  return text.starts_with('"') && (name.ends_with(".jsonl") || name.ends_with(".ndjson"));
}

/// Whether several lines are all whole JSON strings, as `jq '.tokens[]'` and R write them, whatever
/// the file is called. A lone `"` is a token.
bool holds_json_strings(std::string_view text) {
  std::size_t lines = 0;
  for (; !text.empty(); ++lines) {
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    const bool in_quotes = line.size() > 1 && line.front() == '"' && line.back() == '"';
    if (!in_quotes || !nlohmann::json::accept(line)) return false;
  }
  return lines > 1;
}

/// The label that a line of JSON Lines is.
std::string json_label(std::string_view line, const std::string& place) {
  const auto value = nlohmann::json::parse(line, nullptr, false);
  if (value.is_string()) return value.get<std::string>();
  throw InputError(place, "is no JSON string, expected one as the first line is", list_hint);
}

}  // namespace

void refuse_name_of_list(const std::string& source, const ReadOptions& options) {
  if (options.labels.empty()) return;
  throw InputError(
      source, "is one list of labels, and nothing in it is called " + in_quotes(options.labels),
      "name the file alone, without :" + options.labels);
}

Labels label_lines(std::string_view text, const std::string& source, const ReadOptions& options) {
  const Limits& limits = options.limits;
  TakenMemory taken(source, limits, options.held, fewer_labels_hint);
  refuse_python(trimmed(text), source);
  if (auto column = label_column(first_line(text), source, options.labels)) {
    return table_labels(text, std::move(*column), source, limits, taken);
  }
  refuse_name_of_list(source, options);
  const bool says_json = says_json_strings(text, source);
  const bool is_json = says_json || holds_json_strings(text);
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
  return {labels.taken(), is_json && !says_json ? "lines are JSON strings" : ""};
}

}  // namespace attngraph
