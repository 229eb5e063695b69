#include "formats/labels/label_lines.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.hpp"
#include "formats/graphs/csv_records.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr const char* list_hint = "write one label a line, or a JSON list: json.dump(tokens, file)";

/// What a column of labels is called, the likeliest first: beside `label`, `token` is an index.
constexpr std::array<std::string_view, 7> column_names{"label", "labels", "tokens", "token_str",
                                                       "token", "text",   "word"};

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

/// Which column of a CSV holds labels.
struct Column {
  char separator = ',';
  std::size_t index = 0;
};

/// By the header: the first line names a column of labels among others, or, in a file called .csv
/// or .tsv, alone.
const Column* column_of(std::string_view header, const std::string& source, Column& found) {
  const std::string name = lower_case(source);
  const bool is_csv = name.ends_with(".csv") || name.ends_with(".tsv");
  for (const char separator : {',', '\t', ';'}) {
    const auto fields = split(header, separator);
    if (fields.size() < 2 && !is_csv) continue;
    for (const auto wanted : column_names) {
      const auto at = std::find(fields.begin(), fields.end(), wanted);
      if (at == fields.end()) continue;
      found = {separator, static_cast<std::size_t>(at - fields.begin())};
      return &found;
    }
  }
  return nullptr;
}

class LabelTexts {
 public:
  LabelTexts(const std::string& source, const Limits& limits) : source_(source), limits_(limits) {}

  void add(std::string_view label, const std::string& place) {
    require_label(label, limits_, place);
    require_memory((texts.size() + 1) * sizeof(std::string), limits_, source_);
    texts.emplace_back(label);
  }

  std::vector<std::string> texts;

 private:
  const std::string& source_;
  const Limits& limits_;
};

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

}  // namespace

Labels label_lines(std::string_view text, const std::string& source, const Limits& limits) {
  refuse_python(trimmed(text), source);
  LabelTexts labels(source, limits);
  Column found;
  if (const Column* column = column_of(first_line(text), source, found)) {
    CsvRecords records(text, column->separator, source);
    records.take_exact(column->index);
    for (records.next(); records.next();) {
      const auto& fields = records.fields();
      if (column->index >= fields.size()) {
        throw InputError(records.place(), counted(fields.size(), "field") +
                                              ", expected more than " +
                                              std::to_string(column->index));
      }
      labels.add(fields[column->index], records.place());
    }
    return {std::move(labels.texts), ""};
  }
  refuse_sentence(text, source);
  const char end_of_line = text.find('\n') == text.npos ? '\r' : '\n';
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find(end_of_line);
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    labels.add(line, source + ": line " + std::to_string(number));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return {std::move(labels.texts), ""};
}

}  // namespace attngraph
