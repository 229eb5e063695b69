#include "help/manual_page.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "help/help.hpp"
#include "output/option_notation.hpp"

namespace attngraph {
namespace {

/// A text without marks for scdoc.
std::string plain(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    if (std::string_view("\\*_#~`+<[.").find(c) != std::string_view::npos) shown += '\\';
    shown += c;
  }
  return shown;
}

std::string bold(std::string_view text) { return "*" + plain(text) + "*"; }
std::string slanted(std::string_view text) { return "_" + plain(text) + "_"; }
std::string section(const std::string& name) { return "\n# " + name + "\n\n"; }
std::string item(const std::string& term, std::string_view meaning) {
  return term + "\n\t" + plain(meaning) + "\n\n";
}

std::string head(const std::string& name, const std::string& summary) {
  return name + "(1) \"\" \"attngraph " ATTNGRAPH_VERSION "\"\n" + section("NAME") + plain(name) +
         " - " + plain(summary) + "\n";
}

std::string term_of(const DeclaredOption& option) {
  std::string term = option.letter.empty() ? "" : bold(option.letter) + ", ";
  term += bold(option.name);
  if (option.value_optional) return term + " \\[" + slanted(option.type) + "]";
  return option.takes_value() ? term + " " + slanted(option.type) : term;
}

std::string options_section(const std::vector<DeclaredOption>& options) {
  std::string text = section("OPTIONS");
  std::vector<std::string> written;
  for (const DeclaredOption& first : options) {
    if (std::find(written.begin(), written.end(), first.group) != written.end()) continue;
    written.push_back(first.group);
    text += "## " + plain(first.group) + "\n\n";
    for (const DeclaredOption& option : options) {
      if (option.group != first.group) continue;
      const std::string fallback = option.fallback.empty() ? "" : " [" + option.fallback + "]";
      text += item(term_of(option), option.help + fallback);
    }
  }
  return text;
}

std::string columns_section(Command& command) {
  std::string text;
  std::vector<std::string> written;
  for (const AnswerColumns& answer : command.every_columns()) {
    for (const Column& column : answer.columns) {
      if (std::find(written.begin(), written.end(), column.name) != written.end()) continue;
      written.push_back(column.name);
      text += item(bold(column.name), in_dashes(std::string(column.about)));
    }
  }
  return text.empty() ? "" : section("COLUMNS") + text;
}

std::string examples_section(const std::vector<Example>& examples) {
  std::string text = section("EXAMPLES");
  for (const Example& example : examples) {
    text += plain(example.comment) + "\n\n```\n" + example.command_line + "\n```\n\n";
  }
  return text;
}

constexpr const char* exit_statuses =
    "0 done; 1 some of several inputs failed; 2 usage; 3 bad input data; 4 reading or writing "
    "failed; 5 a limit; 70 a mistake of attngraph itself; 128+n stopped by signal n";

}  // namespace

std::string manual_page(Command& command) {
  const Manual manual = command.manual();
  const Declarations declared = declarations_of(command);
  std::string text = head("attngraph-" + manual.name, manual.summary);
  text += section("SYNOPSIS") + bold("attngraph " + manual.name);
  text += (declared.input.empty() ? "" : " \\[" + slanted("INPUT") + "…]");
  text += " \\[" + slanted("options") + "]\n";
  if (!declared.input.empty()) text += "\n" + item(slanted("INPUT"), declared.input);
  text += options_section(declared.options) + columns_section(command);
  text += examples_section(manual.examples);
  return text + section("EXIT STATUS") + exit_statuses + section("SEE ALSO") + "*attngraph*(1)\n";
}

std::string program_manual_page() {
  std::string text = head("attngraph", "transformer self-attention as a directed graph");
  text += section("SYNOPSIS") + "*attngraph* _COMMAND_ \\[_INPUT_…] \\[_options_]\n";
  text += section("COMMANDS");
  for (const auto& make : command_makers()) {
    const Manual manual = make()->manual();
    text += item("*attngraph-" + manual.name + "*(1)", manual.summary);
  }
  text += item("*attngraph demo*", "Writes a sentence's attention here, and says what to try.");
  text += item("*attngraph completion* _SHELL_", "Completion for bash, zsh or fish.");
  text += item("*attngraph explain* _NAME_…",
               "What a column says, and the number below a table, and a kind of head.");
  text += item("*attngraph help* _COMMAND_", "The same as a manual page, in the terminal.");
  return text + section("EXIT STATUS") + exit_statuses + "\n";
}

}  // namespace attngraph
