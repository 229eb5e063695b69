#include "options/table_options.hpp"

#include <charconv>
#include <string>

#include "core/error.hpp"
#include "options/options.hpp"

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

}  // namespace

void declare_table(OptionTable& options, TableOptions& table) {
  options.parsed(
      "--rows", "N|all", "50 in a terminal, else all",
      [&table](const std::string& text) { table.rows = number_or_all(text, "--rows", all_rows); },
      "rows that a table shows");
  options.parsed(
      "--digits", "N|all", "4",
      [&table](const std::string& text) { table.digits = digits_named(text); },
      "significant digits of the numbers in a table");
  options.flag("--wide", table.wide, "every column of a table, also where a terminal has no room");
}

}  // namespace attngraph
