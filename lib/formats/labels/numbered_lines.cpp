#include "formats/labels/numbered_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/error.hpp"
#include "formats/labels/counting.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/rules.hpp"
#include "formats/tables/csv_records.hpp"

namespace attngraph {
namespace {

using Lines = std::vector<std::string_view>;

constexpr const char* beside_numbers = "labels are the column beside the numbers of the tokens";
constexpr const char* before_ids = "labels are the first column, in the order of the lines";

Lines lines_of(std::string_view text, const TakenMemory& taken) {
  const char end_of_line = text.find('\n') == text.npos ? '\r' : '\n';
  const auto most = static_cast<std::size_t>(std::count(text.begin(), text.end(), end_of_line)) + 1;
  taken.require(most * sizeof(std::string_view));
  Lines lines;
  lines.reserve(most);
  while (!text.empty()) {
    const auto end = text.find(end_of_line);
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

bool is_number(std::string_view text) { return parsed<std::size_t>(text).has_value(); }

/// How a field of all lines but the first ones counts.
template <typename Field>
Counting counting_of(const Lines& lines, std::size_t first, Field field) {
  if (lines.size() < first + 2) return Counting::no;
  std::vector<std::size_t> numbers;
  for (std::size_t i = first; i < lines.size(); ++i) {
    const auto number = parsed<std::size_t>(field(lines[i]));
    if (!number || *number > lines.size()) return Counting::no;
    numbers.push_back(*number);
  }
  return counting(numbers);
}

/// Another order than that of the lines may be that of the tokens, or a rank.
[[noreturn]] void refuse_shuffled(const std::string& source) {
  throw InputError(source,
                   "every line has a number, and they count the lines in another order than that "
                   "in which they stand",
                   "where the numbers are the places of the tokens, sort the lines by them; where "
                   "not, leave them out");
}

/// A table of two columns.
struct Table {
  char separator;
  /// Which column holds the labels.
  std::size_t labels;
  std::size_t header_lines;
  const char* note = beside_numbers;
};

std::optional<Table> table_of(const Lines& lines, char separator, const std::string& source) {
  const auto begins = [&](std::string_view line) { return line.substr(0, line.find(separator)); };
  const auto ends = [&](std::string_view line) {
    const auto at = line.rfind(separator);
    return at == line.npos ? std::string_view() : line.substr(at + 1);
  };
  const auto has_two = [&](std::string_view line) { return line.find(separator) != line.npos; };
  if (!std::all_of(lines.begin(), lines.end(), has_two)) return std::nullopt;
  const std::size_t header = is_number(begins(lines[0])) || is_number(ends(lines[0])) ? 0 : 1;
  for (const std::size_t first : {header, std::size_t{1}}) {
    const Counting front = counting_of(lines, first, begins);
    if (front == Counting::in_order) return Table{separator, 1, first};
    const Counting back = counting_of(lines, first, ends);
    if (back == Counting::in_order) return Table{separator, 0, first};
    if (front == Counting::shuffled || back == Counting::shuffled) refuse_shuffled(source);
  }
  const auto ids = [&](std::string_view line) { return is_number(ends(line)); };
  const bool behind_tabs = separator == '\t' && lines.size() > 1;
  if (behind_tabs && std::all_of(lines.begin(), lines.end(), ids))
    return Table{separator, 0, 0, before_ids};
  return std::nullopt;
}

/// A label with tabs in all lines alike would be a strange one.
void refuse_columns(const Lines& lines, const std::string& source) {
  const auto tabs = [](std::string_view line) {
    return std::count(line.begin(), line.end(), '\t');
  };
  const auto columns = lines.empty() ? 0 : tabs(lines.front());
  if (columns == 0 || lines.size() < 2) return;
  if (!std::all_of(lines.begin(), lines.end(), [&](auto line) { return tabs(line) == columns; })) {
    return;
  }
  throw InputError(source,
                   "every line has " + std::to_string(columns + 1) +
                       " columns, and no header says which holds the labels",
                   "write a first line that calls it token, or one label a line");
}

/// What stands behind a number that counts from 0 or 1 on, and a blank: `0 [CLS]`, `0: [CLS]`.
std::optional<Labels> labels_behind_numbers(const Lines& lines, const std::string& source,
                                            LabelTexts& labels) {
  const auto begins = [](std::string_view line) {
    const std::string_view number = line.substr(0, line.find(' '));
    return number.substr(0, number.ends_with(':') ? number.size() - 1 : number.size());
  };
  const auto has_text = [](std::string_view line) {
    const auto blank = line.find(' ');
    return blank != line.npos && blank + 1 < line.size();
  };
  const Counting numbers = counting_of(lines, 0, begins);
  if (numbers == Counting::no || !std::all_of(lines.begin(), lines.end(), has_text)) {
    return std::nullopt;
  }
  if (numbers == Counting::shuffled) refuse_shuffled(source);
  for (const std::string_view line : lines) {
    labels.add(line.substr(line.find(' ') + 1),
               source + ": line " + std::to_string(labels.size() + 1));
  }
  return Labels{labels.taken(), beside_numbers};
}

Labels labels_of(std::string_view text, const Table& table, const std::string& source,
                 LabelTexts& labels) {
  CsvRecords records(text, table.separator, source);
  records.take_exact(table.labels);
  for (std::size_t i = 0; records.next() && !records.at_end(); ++i) {
    if (i < table.header_lines) continue;
    const auto& fields = records.fields();
    const std::string_view label =
        table.labels < fields.size() ? fields[table.labels] : std::string_view();
    labels.add(label, records.place());
  }
  return {labels.taken(), table.note};
}

}  // namespace

std::optional<Labels> numbered_labels(std::string_view text, const std::string& source,
                                      const Limits& limits, TakenMemory& taken) {
  const Lines lines = lines_of(text, taken);
  if (lines.size() < 2) return std::nullopt;
  const std::size_t before = taken.bytes();
  taken.add(lines.capacity() * sizeof(std::string_view));
  LabelTexts labels(limits, taken);
  for (const char separator : {'\t', ',', ';'}) {
    if (const auto table = table_of(lines, separator, source)) {
      return labels_of(text, *table, source, labels);
    }
  }
  refuse_columns(lines, source);
  auto found = labels_behind_numbers(lines, source, labels);
  if (!found) taken.give_back(taken.bytes() - before);
  return found;
}

}  // namespace attngraph
