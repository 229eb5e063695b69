#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "options/elsewhere.hpp"
#include "options/given_words.hpp"
#include "options/near_names.hpp"
#include "options/options.hpp"
#include "options/stray_words.hpp"

namespace attngraph {
namespace {

std::string see_help(const std::string& command) { return "see attngraph " + command + " --help"; }

ArgumentError unknown(const OptionTable& table, const std::string& command,
                      const std::string& word) {
  if (!word.starts_with('-')) {
    check_dash(word);
    return {"", "'" + word + "' is one argument too many", see_help(command)};
  }
  if (word.starts_with("-:")) {
    return {"", "'" + word + "' begins like an option",
            "a member of standard input is chosen by --tensor " + word.substr(2)};
  }
  const std::string bare = word.substr(0, word.find('='));
  std::vector<std::string> names{"--help", "--version"};
  for (const DeclaredOption& option : table.declared()) names.push_back(option.name);
  const std::string elsewhere = commands_with(bare);
  const std::string near =
      elsewhere.empty() ? suggestion(bare, names) : of_other_programs(bare, names);
  const std::string otherwise = (elsewhere.empty() ? "" : elsewhere + "; ") + see_help(command);
  return {"", command + " has no option " + bare, near.empty() ? otherwise : near};
}

const DeclaredOption* declared(const OptionTable& table, const CLI::Option& option) {
  const auto& all = table.declared();
  const auto found = std::find_if(all.begin(), all.end(), [&](const DeclaredOption& one) {
    return !option.get_lnames().empty() && one.name == "--" + option.get_lnames().front();
  });
  return found == all.end() ? nullptr : &*found;
}

std::vector<GivenOption> given_options(const CLI::App& parser, const OptionTable& table) {
  std::vector<GivenOption> given;
  for (const CLI::Option* option : parser.get_options()) {
    if (option->count() == 0) continue;
    const DeclaredOption* const declaration = declared(table, *option);
    if (declaration == nullptr) continue;
    std::string value;
    for (const auto& part : option->results()) value += (value.empty() ? "" : ",") + part;
    given.push_back(
        {option->get_lnames().front(), value, declaration->concern, declaration->type == "FILE"});
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

/// An empty value would be as good as none: a name that is no file, a list of nothing.
void check_values(const std::vector<GivenOption>& given) {
  for (const GivenOption& option : given) {
    if (!option.value.empty()) continue;
    throw ArgumentError("--" + option.name, "is given nothing",
                        "leave it out, or give it a value; a variable of the shell may be empty");
  }
}

/// What is left over, without the `--` that ends options.
std::vector<std::string> left_over(const CLI::App& parser) {
  std::vector<std::string> left = parser.remaining();
  const auto end_of_options = std::find(left.begin(), left.end(), "--");
  if (end_of_options != left.end()) left.erase(end_of_options);
  return left;
}

/// Help that is asked for, whatever else the command line says.
std::optional<HelpExtent> help_asked(const std::vector<std::string>& arguments) {
  for (const auto& argument : arguments) {
    if (argument == "--") break;
    if (argument == "-h") return HelpExtent::screen;
    if (argument == "--help") return HelpExtent::everything;
  }
  return std::nullopt;
}

/// What the parser says of an option, in our words: it names the option in front of a colon.
ArgumentError misread(const CLI::ParseError& error, const OptionTable& table,
                      const std::string& command) {
  const std::string said = error.what();
  for (const DeclaredOption& option : table.declared()) {
    const std::string shown = option.name == "--out" ? "-o" : option.name;
    if (said.starts_with(option.name + ":")) {
      return {shown, "needs a value, " + option.type,
              shown + " " + option.type + ": " + option.help};
    }
  }
  return {"", said, see_help(command)};
}

void configure(CLI::App& parser) {
  parser.option_defaults()->take_last();
  parser.set_help_flag("");
  parser.allow_extras();
}

void read(CLI::App& parser, const OptionTable& table, const std::string& name,
          const std::vector<std::string>& arguments) {
  check_given_words(arguments, {table.declared().begin(), table.declared().end()});
  std::vector<std::string> reversed = table.completed(arguments);
  std::reverse(reversed.begin(), reversed.end());
  try {
    parser.parse(std::move(reversed));
  } catch (const ArgumentError& error) {
    throw ArgumentError(error.where(), error.problem(),
                        error.hint().empty() ? see_help(name) : error.hint());
  } catch (const CLI::ParseError& error) {
    throw misread(error, table, name);
  }
}

}  // namespace

bool Parsed::gives(const std::string& name) const {
  return std::any_of(given.begin(), given.end(),
                     [&](const GivenOption& option) { return option.name == name; });
}

Parsed parse_options(const std::string& name, const std::vector<std::string>& arguments,
                     const std::function<void(OptionTable&)>& declare) {
  if (const auto help = help_asked(arguments)) return {help, {}, {}};
  CLI::App parser("", "attngraph " + name);
  configure(parser);
  OptionTable table(parser);
  declare(table);
  read(parser, table, name, arguments);
  if (const auto extras = left_over(parser); !extras.empty()) {
    throw unknown(table, name, extras.front());
  }
  check_given_once(parser);
  Parsed parsed{std::nullopt, given_options(parser, table), table.further_outputs()};
  check_values(parsed.given);
  for (const DeclaredOption& option : table.declared()) {
    const bool question = option.concern == Concern::question;
    if (question && !parsed.gives(option.name.substr(2))) parsed.left_out.push_back(option);
  }
  return parsed;
}

Declarations declarations(const std::function<void(OptionTable&)>& declare) {
  CLI::App parser;
  configure(parser);
  OptionTable table(parser);
  declare(table);
  return {{table.declared().begin(), table.declared().end()}, table.positional_help()};
}

}  // namespace attngraph
