#include "formats/tables/number_table.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/text/text.hpp"
#include "formats/rules.hpp"
#include "formats/tables/decimal_number.hpp"

namespace attngraph {
namespace {

using Fields = std::vector<std::string_view>;

/// How the fields of a line are told apart; `' '` stands for any blanks.
char separator_of(std::string_view line) {
  for (const char separator : {'\t', ';', ','}) {
    if (line.find(separator) != line.npos) return separator;
  }
  return ' ';
}

Fields fields_of(std::string_view line, char separator) {
  Fields fields;
  while (true) {
    const auto end = line.find(separator);
    std::string_view field = without_blanks(line.substr(0, end));
    if (field.size() > 1 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    if (separator != ' ' || !field.empty()) fields.push_back(field);
    if (end == line.npos) return fields;
    line.remove_prefix(end + 1);
  }
}

/// `0,5`
bool has_decimal_comma(std::string_view field) {
  const auto comma = field.find(',');
  return comma != field.npos && comma + 1 < field.size() &&
         field.find_first_not_of("0123456789+-eE", 0) == comma &&
         field.find_first_not_of("0123456789eE+-", comma + 1) == field.npos;
}

bool is_number(std::string_view field) {
  return decimal_number(field).has_value() || has_decimal_comma(field) ||
         lower_case(field) == "nan";
}

bool is_fraction(std::string_view field) {
  return is_number(field) && field.find_first_of(".,eE") != field.npos;
}

bool counts_from_zero(const Fields& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i] != std::to_string(i)) return false;
  }
  return fields.size() > 1;
}

/// The first lines of a table, taken apart; none without a field.
struct Table {
  char separator;
  std::vector<Fields> lines;
  bool has_comments;
  bool has_quotes;
};

Table table_of(std::string_view text) {
  constexpr std::size_t most_lines = 8;
  Table table{' ', {}, false, false};
  while (!text.empty() && table.lines.size() < most_lines) {
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (without_blanks(line).empty()) continue;
    if (line.starts_with('#')) {
      table.has_comments = true;
      continue;
    }
    if (table.lines.empty()) table.separator = separator_of(line);
    table.has_quotes = table.has_quotes || line.find('"') != line.npos;
    Fields fields = fields_of(line, table.separator);
    if (!fields.empty()) table.lines.push_back(std::move(fields));
  }
  return table;
}

bool all_numbers(const Fields& fields) {
  return std::all_of(fields.begin(), fields.end(), is_number);
}

/// Whether the first line names the columns: words, or 0, 1, 2 … as pandas writes of an array. Two
/// lines of two fields are a matrix.
bool has_header(const Table& table) {
  const Fields& first = table.lines.front();
  if (counts_from_zero(first)) return first.size() > 2 || table.lines.size() > 2;
  const Fields behind(first.begin() + 1, first.end());
  if (!all_numbers(behind)) return true;
  if (behind.empty() || is_number(first.front())) return false;
  const auto begins_with_number = [](const Fields& line) { return is_number(line.front()); };
  if (first.front().empty() || counts_from_zero(behind)) return true;
  return std::none_of(behind.begin(), behind.end(), is_fraction) &&
         std::all_of(table.lines.begin() + 1, table.lines.end(), begins_with_number);
}

/// Whether the first column names the rows: words, or 0, 1, 2 … beside fractions.
bool has_index(const Table& table, std::size_t header) {
  if (header == 1 && table.lines.front().front().empty()) return true;
  bool fractions = false;
  Fields firsts;
  for (std::size_t i = header; i < table.lines.size(); ++i) {
    const Fields& line = table.lines[i];
    firsts.push_back(line.front());
    fractions = fractions || std::any_of(line.begin() + 1, line.end(), is_fraction);
  }
  if (firsts.empty()) return false;
  if (!all_numbers(firsts)) return true;
  return fractions && counts_from_zero(firsts);
}

/// Whether all lines behind the header are as long as the first of them, and numbers but for the
/// index.
bool holds_numbers(const Table& table, std::size_t header, bool index) {
  const auto skipped = static_cast<std::ptrdiff_t>(index);
  return std::all_of(table.lines.begin() + static_cast<std::ptrdiff_t>(header), table.lines.end(),
                     [&](const Fields& line) {
                       return line.size() > static_cast<std::size_t>(skipped) &&
                              all_numbers({line.begin() + skipped, line.end()});
                     });
}

std::string loadtxt(char separator) {
  if (separator == ',' || separator == ';') {
    return std::string("numpy.loadtxt(table, delimiter='") + separator + "')";
  }
  return "numpy.loadtxt(table)";
}

std::string read_csv(const Table& table, bool header, bool index, bool decimal_comma) {
  std::string options;
  if (table.separator == '\t') options += ", sep='\\t'";
  if (table.separator == ';') options += ", sep=';'";
  if (table.separator == ' ') options += ", sep=r'\\s+'";
  if (decimal_comma) options += ", decimal=','";
  if (table.has_comments) options += ", comment='#'";
  if (!header) options += ", header=None";
  if (index) options += ", index_col=0";
  return "pandas.read_csv(table" + options + ").to_numpy()";
}

bool has_decimal_commas(const Table& table) {
  return std::any_of(table.lines.begin(), table.lines.end(), [](const Fields& line) {
    return std::any_of(line.begin(), line.end(), has_decimal_comma);
  });
}

}  // namespace

std::string table_in_python(std::string_view text) {
  const Table table = table_of(text);
  if (table.lines.empty()) return "";
  const bool header = has_header(table);
  if (header && table.lines.size() == 1) return "";
  const bool index = has_index(table, header ? 1 : 0);
  if (!holds_numbers(table, header ? 1 : 0, index)) return "";
  const bool decimal_comma = table.separator != ',' && has_decimal_commas(table);
  if (header || index || decimal_comma || table.has_quotes) {
    return read_csv(table, header, index, decimal_comma);
  }
  return loadtxt(table.separator);
}

}  // namespace attngraph
