#include "options/table_options.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "command.hpp"
#include "core/error.hpp"
#include "options/options.hpp"
#include "output/option_notation.hpp"
#include "report/answer/column_place.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {
namespace {

constexpr int most_digits = 17;  // as many as a float64 has

/// A whole number, or `all`.
std::size_t number_or_all(const std::string& text, const std::string& option, std::size_t all) {
  if (text == "all") return all;
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end) return number;
  throw ArgumentError(option, "'" + text + "' is neither a number nor all");
}

std::optional<int> digits_named(const std::string& text) {
  constexpr std::size_t all = 0;
  const std::size_t digits = text == "0" ? most_digits + 1 : number_or_all(text, "--digits", all);
  if (digits <= most_digits) return digits == all ? std::nullopt : std::optional(int(digits));
  throw ArgumentError("--digits", "is " + text + ", expected 1 to 17, or all");
}

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    names.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

void declare_order(OptionTable& options, TableOptions& table) {
  options.text("--sort", table.sort,
               "rows by this column, numbers from the largest, within a head where it has several",
               "COLUMN");
  options.flag("--reverse", table.reverse, "rows in the opposite order");
  const bool of_the_question =
      std::any_of(options.declared().begin(), options.declared().end(),
                  [](const DeclaredOption& option) { return option.name == "--top"; });
  if (of_the_question) return;
  options.count("--top", table.top,
                "only the first so many rows, of each head where it has several");
}

bool has(const Schema& schema, const std::string& name) {
  return std::any_of(schema.begin(), schema.end(),
                     [&](const Column& column) { return column.name == name; });
}

bool has_all(const Schema& schema, const Schema& columns) {
  return std::all_of(columns.begin(), columns.end(),
                     [&](const Column& column) { return has(schema, column.name); });
}

/// The option that asks for the answer with these columns; empty for the usual one.
std::string asking_for(const Schema& columns, const std::vector<AnswerColumns>& answers) {
  for (const AnswerColumns& answer : answers) {
    if (has_all(answer.columns, columns)) return answer.asked_by;
  }
  return {};
}

/// How a column is asked for that another answer of the command has; empty where none has it.
std::string way_to(const std::string& name, const Schema& columns, const Command& command) {
  const std::vector<AnswerColumns> answers = command.every_columns();
  const std::string now = asking_for(columns, answers);
  for (const AnswerColumns& answer : answers) {
    if (!has(answer.columns, name)) continue;
    const std::string option = command.option_of(name);
    if (!answer.asked_by.empty()) return answer.asked_by + " gives it";
    if (!now.empty()) return "leave " + now + " out: it is a column of the usual answer";
    if (!option.empty()) return option + " gives it";
  }
  return {};
}

/// Refuses a column that another answer of the command has, and says how to ask for it.
void check_other_ways(const std::string& name, const Schema& columns, const Command& command,
                      const std::string& option) {
  if (columns.empty() || name.empty() || has(columns, name)) return;
  const std::string way = in_dashes(way_to(name, columns, command));
  if (!way.empty()) throw ArgumentError(option, "there is no column '" + name + "'", way);
}

}  // namespace

void declare_table(OptionTable& options, TableOptions& table) {
  options.parsed(
      "--rows", "N|all", "50 in a terminal, else all",
      [&table](const std::string& text) { table.rows = number_or_all(text, "--rows", all_rows); },
      "rows that a table shows");
  options.parsed(
      "--digits", "N|all", "4",
      [&table](const std::string& text) {
        table.digits = digits_named(text);
        table.digits_chosen = true;
      },
      "significant digits of the numbers in a table");
  options.flag("--wide", table.wide, "every column of a table, also where a terminal has no room");
  options.list(
      "--columns", "LIST", "",
      [&table](const std::string& text) { table.columns = names_in(text); },
      "these columns of the rows alone, in this order");
  options.group("Output");
  declare_order(options, table);
  options.group("Output", Concern::output);
}

void check_table(const TableOptions& table, const AnswerColumns& answer) {
  if (table.top == std::size_t{0}) throw ArgumentError("--top", "is 0, expected 1 or more");
  if (answer.columns.empty()) return;
  for (const std::string& name : table.columns) {
    if (name != columns::file.name) column_place(name, answer.columns, "--columns");
  }
  if (!table.sort.empty()) column_place(table.sort, answer.columns, "--sort");
}

void check_table(const TableOptions& table, const Command& command) {
  const AnswerColumns answer = command.columns();
  for (const std::string& name : table.columns) {
    if (name != columns::file.name) check_other_ways(name, answer.columns, command, "--columns");
  }
  check_other_ways(table.sort, answer.columns, command, "--sort");
  check_table(table, answer);
}

}  // namespace attngraph
