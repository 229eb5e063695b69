#include "options/table_options.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/error.hpp"
#include "options/options.hpp"
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

}  // namespace attngraph
