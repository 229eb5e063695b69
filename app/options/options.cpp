#include "options/options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "core/number_text.hpp"

namespace attngraph {
namespace {

/// Levenshtein's distance.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::vector<std::string> names_of(const CLI::App& parser) {
  std::vector<std::string> names;
  for (const CLI::Option* option : parser.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

ArgumentError unknown(const CLI::App& parser, const std::string& command,
                      const std::vector<std::string>& extras) {
  const std::string& word = extras.front();
  if (!word.starts_with('-')) {
    return {"", "'" + word + "' is one argument too many", "see attngraph " + command + " --help"};
  }
  const std::string bare = word.substr(0, word.find('='));
  const std::string near = nearest_word(bare, names_of(parser));
  return {"", command + " has no option " + bare,
          near.empty() ? "see attngraph " + command + " --help" : "did you mean " + near + "?"};
}

std::vector<GivenOption> given_options(const CLI::App& parser, const OptionTable& table) {
  std::vector<GivenOption> given;
  for (const CLI::Option* option : parser.get_options()) {
    if (option->count() == 0 || option->get_lnames().empty()) continue;
    std::string value;
    for (const auto& part : option->results()) value += (value.empty() ? "" : ",") + part;
    const std::string& name = option->get_lnames().front();
    given.push_back({name, value, table.concern_of(name)});
  }
  return given;
}

/// The last would win without a word.
void check_given_once(const CLI::App& parser) {
  for (const CLI::Option* option : parser.get_options()) {
    const bool single = option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeLast;
    if (!single || option->count() < 2 || option->get_lnames().empty()) continue;
    throw ArgumentError("--" + option->get_lnames().front(), "is given twice",
                        "give it once; only lists add up");
  }
}

/// What is left over, without the `--` that ends options.
std::vector<std::string> left_over(const CLI::App& parser) {
  std::vector<std::string> left = parser.remaining();
  const auto end_of_options = std::find(left.begin(), left.end(), "--");
  if (end_of_options != left.end()) left.erase(end_of_options);
  return left;
}

void configure(CLI::App& parser) {
  parser.get_formatter()->column_width(34);
  parser.option_defaults()->take_last();
  parser.set_help_flag("-h,--help", "show this help");
}

/// Sets `variable` to the number that a text is.
template <typename Number, typename Variable>
std::function<void(const std::string&)> number_reader(Variable& variable, const std::string& names,
                                                      const std::string& expected) {
  return [&variable, names, expected](const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(static_cast<double>(number))) {
      throw ArgumentError(names, "'" + text + "' is not " + expected);
    }
    variable = number;
  };
}

std::string without_double_blanks(std::string text) {
  for (auto at = text.find("\n\n\n"); at != text.npos; at = text.find("\n\n\n", at)) {
    text.erase(at, 1);
  }
  return text;
}

constexpr const char* a_number = "a number";
constexpr const char* a_count = "a whole number, 0 or more";

}  // namespace

void OptionTable::flag(const std::string& names, bool& value, const std::string& help) {
  declared(parser_.add_flag(names, value, help))->group(heading_);
}

void OptionTable::text(const std::string& names, std::string& value, const std::string& help,
                       const std::string& type) {
  declared(parser_.add_option(names, value, help))
      ->type_name(type)
      ->group(heading_)
      ->capture_default_str();
}

void OptionTable::further_output(const std::string& name, std::string& path,
                                 const std::string& help) {
  text(name, path, help, "FILE");
  further_outputs_.emplace_back(name, &path);
}

std::vector<std::pair<std::string, std::string>> OptionTable::further_outputs() const {
  std::vector<std::pair<std::string, std::string>> asked;
  for (const auto& [name, path] : further_outputs_) {
    if (!path->empty()) asked.emplace_back(name, *path);
  }
  return asked;
}

CLI::Option* OptionTable::declared(CLI::Option* option) {
  if (!option->get_lnames().empty()) concerns_[option->get_lnames().front()] = concern_;
  return option;
}

Concern OptionTable::concern_of(const std::string& name) const {
  const auto known = concerns_.find(name);
  return known == concerns_.end() ? Concern::output : known->second;  // --help
}

void OptionTable::number(const std::string& names, double& value, const std::string& help) {
  parsed(names, "NUMBER", number_text(value), number_reader<double>(value, names, a_number), help);
}

void OptionTable::number(const std::string& names, std::optional<double>& value,
                         const std::string& help) {
  parsed(names, "NUMBER", "", number_reader<double>(value, names, a_number), help);
}

void OptionTable::count(const std::string& names, std::size_t& value, const std::string& help) {
  parsed(names, "N", std::to_string(value), number_reader<std::size_t>(value, names, a_count),
         help);
}

void OptionTable::count(const std::string& names, std::optional<std::size_t>& value,
                        const std::string& help) {
  parsed(names, "N", "", number_reader<std::size_t>(value, names, a_count), help);
}

void OptionTable::yes_or_no(const std::string& name, std::optional<bool>& value,
                            const std::string& help) {
  optional_choice(name, value, {{"yes", true}, {"no", false}}, help);
  yes_or_no_.insert(name);
}

std::vector<std::string> OptionTable::completed(std::vector<std::string> arguments) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    if (!yes_or_no_.contains(arguments[i])) continue;
    const bool answered =
        i + 1 < arguments.size() && (arguments[i + 1] == "yes" || arguments[i + 1] == "no");
    if (!answered) arguments[i] += "=yes";
  }
  return arguments;
}

void OptionTable::positionals(const std::string& name, std::vector<std::string>& values,
                              const std::string& help) {
  parser_.add_option(name, values, help)->type_name("")->take_all();
}

void OptionTable::parsed(const std::string& names, const std::string& type,
                         const std::string& fallback, std::function<void(const std::string&)> read,
                         const std::string& help) {
  auto* option = declared(parser_.add_option_function<std::string>(
      names,
      [names, read = std::move(read)](const std::string& text) {
        try {
          read(text);
        } catch (const ArgumentError& error) {
          const std::string hint = error.hint().empty() ? "" : "\n" + error.hint();
          throw CLI::ValidationError(names, error.problem() + hint);
        }
      },
      help));
  option->type_name(type)->group(heading_);
  if (!fallback.empty()) option->default_str(fallback);
}

void OptionTable::list(const std::string& names, const std::string& type,
                       const std::string& fallback, std::function<void(const std::string&)> read,
                       const std::string& help) {
  const auto read_all = [read = std::move(read)](std::string text) {
    std::replace(text.begin(), text.end(), '\n', ',');  // what the parser joins with
    read(text);
  };
  parsed(names, type, fallback, read_all, help);
  parser_.get_option(names)->multi_option_policy(CLI::MultiOptionPolicy::Join);
}

bool Parsed::gives(const std::string& name) const {
  return std::any_of(given.begin(), given.end(),
                     [&](const GivenOption& option) { return option.name == name; });
}

Parsed parse_options(const std::string& name, const std::string& description,
                     const std::vector<std::string>& arguments,
                     const std::function<void(OptionTable&)>& declare) {
  CLI::App parser(description, "attngraph " + name);
  configure(parser);
  OptionTable table(parser);
  declare(table);
  parser.allow_extras();
  std::vector<std::string> reversed = table.completed(arguments);
  std::reverse(reversed.begin(), reversed.end());
  try {
    parser.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    return {without_double_blanks(parser.help()), {}, {}};
  } catch (const CLI::ParseError& error) {
    const std::string text = error.what();
    const auto line = text.find('\n');
    throw ArgumentError(
        "", text.substr(0, line),
        line == std::string::npos ? "see attngraph " + name + " --help" : text.substr(line + 1));
  }
  if (const auto extras = left_over(parser); !extras.empty()) throw unknown(parser, name, extras);
  check_given_once(parser);
  return {std::nullopt, given_options(parser, table), table.further_outputs()};
}

std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::vector<DeclaredOption> declared_options(const std::function<void(OptionTable&)>& declare) {
  CLI::App parser;
  configure(parser);
  OptionTable table(parser);
  declare(table);
  std::vector<DeclaredOption> options;
  for (const CLI::Option* option : parser.get_options()) {
    for (const auto& name : option->get_lnames()) {
      options.push_back({"--" + name, option->get_expected_max() > 0});
    }
  }
  return options;
}

}  // namespace attngraph
