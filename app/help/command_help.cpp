#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "command.hpp"
#include "help/examples_folder.hpp"
#include "help/help.hpp"
#include "help/text_layout.hpp"
#include "options/common_options.hpp"
#include "output/option_notation.hpp"

namespace attngraph {
namespace {

constexpr std::ptrdiff_t lines_of_a_screen = 40;
constexpr std::size_t columns_of_a_screen = 80;

Term term_of(const DeclaredOption& option) {
  std::string name = option.letter.empty() ? option.name : option.letter + ", " + option.name;
  if (option.value_optional) {
    name += " [" + option.type + "]";
  } else if (option.takes_value()) {
    name += " " + option.type;
  }
  std::string meaning = option.help;
  if (!option.fallback.empty()) meaning += " [" + option.fallback + "]";
  return {name, meaning};
}

/// The options under their headings.
void add_options(TextLayout& layout, const std::vector<DeclaredOption>& options) {
  std::vector<std::string> headings;
  for (const DeclaredOption& option : options) {
    const bool known = std::find(headings.begin(), headings.end(), option.group) != headings.end();
    if (!known) headings.push_back(option.group);
  }
  for (const std::string& heading : headings) {
    std::vector<Term> terms;
    for (const DeclaredOption& option : options) {
      if (option.group == heading) terms.push_back(term_of(option));
    }
    layout.heading(heading);
    layout.terms(terms);
  }
}

/// How much of a command its help explains; of the rest it gives the names.
struct Explained {
  static constexpr std::size_t all = static_cast<std::size_t>(-1);
  int highest_rank = 9;
  /// What the examples are about.
  bool comments = true;
  /// The columns that say where a row stands: layer, head, token.
  bool places = true;
  std::size_t options = all;
  std::size_t columns = all;
};

void add_examples(TextLayout& layout, const Manual& manual, const Explained& explained) {
  const std::string folder = examples_folder();
  layout.heading(folder.empty() ? "Examples" : "Examples, in " + folder);
  for (const Example& example : manual.examples) {
    layout.command_line(example.command_line);
    if (explained.comments) layout.paragraph(example.comment, 6, 6);
  }
}

/// `and a, b, c`
void add_names(TextLayout& layout, const std::string& before,
               const std::vector<std::string>& names) {
  std::string list = before;
  for (const std::string& name : names) list += (&name == &names.front() ? "" : ", ") + name;
  if (!names.empty()) layout.paragraph(list, 2, 2);
}

bool is_place(const Column& column) {
  constexpr std::string_view places[] = {"layer", "head", "token", "label", "query", "key"};
  return std::find(std::begin(places), std::end(places), column.name) != std::end(places);
}

/// What the columns mean.
void add_columns(TextLayout& layout, const std::string& heading, const Schema& columns,
                 const Explained& explained) {
  if (columns.empty()) return;
  std::vector<Term> terms;
  std::vector<std::string> others;
  for (const Column& column : columns) {
    const bool told = column.rank <= explained.highest_rank && terms.size() < explained.columns &&
                      (explained.places || !is_place(column));
    if (told) {
      terms.push_back({column.name, in_dashes(std::string(column.about))});
    } else {
      others.push_back(column.name);
    }
  }
  layout.heading(heading);
  layout.terms(terms);
  add_names(layout, terms.empty() ? "" : "and ", others);
}

void add_all_columns(TextLayout& layout, const Command& command) {
  for (const AnswerColumns& answer : command.every_columns()) {
    const std::string with = answer.asked_by.empty() ? "" : " with " + in_dashes(answer.asked_by);
    add_columns(layout, "Columns" + with, answer.columns, {});
    add_columns(layout, "Numbers below the rows" + with, answer.summary, {});
  }
}

/// `--cut and --edge-flows have other columns`; empty where there is but one answer.
std::string other_answers(const Command& command) {
  std::string options;
  std::size_t count = 0;
  for (const AnswerColumns& answer : command.every_columns()) {
    if (answer.asked_by.empty()) continue;
    options += (count++ == 0 ? "" : ", ") + in_dashes(answer.asked_by);
  }
  return count == 0 ? "" : options + (count == 1 ? " has" : " have") + " other columns. ";
}

std::vector<DeclaredOption> own_options(Command& command) {
  std::vector<DeclaredOption> options = declarations_of(command).options;
  std::erase_if(options, [](const DeclaredOption& option) { return option.common; });
  return options;
}

std::string screen(Command& command, std::size_t width, const Explained& explained) {
  const Manual manual = command.manual();
  TextLayout layout(width);
  layout.paragraph(manual.summary);
  add_examples(layout, manual, explained);
  std::vector<DeclaredOption> options = own_options(command);
  std::vector<std::string> others;
  while (options.size() > explained.options) {
    others.insert(others.begin(), options.back().name);
    options.pop_back();
  }
  add_options(layout, options);
  add_names(layout, options.empty() ? "" : "and ", others);
  const std::vector<AnswerColumns> answers = command.every_columns();
  if (!answers.empty()) add_columns(layout, "Columns", answers.front().columns, explained);
  layout.blank();
  layout.paragraph(other_answers(command) + "attngraph " + manual.name +
                   " --help has all options and columns.");
  return layout.text();
}

/// Gives up the least useful of what is explained; false where nothing is left.
bool give_up_something(Explained& explained) {
  if (explained.highest_rank > 1) return explained.highest_rank-- > 0;
  if (explained.comments) return std::exchange(explained.comments, false);
  if (explained.places) return std::exchange(explained.places, false);
  if (explained.options > 6) return explained.options-- > 0;
  if (explained.columns > 0) return explained.columns-- > 0;
  return explained.options > 0 && explained.options-- > 0;
}

/// As much as goes on one screen.
Explained fitting(Command& command) {
  Explained explained;
  explained.options = own_options(command).size();
  const std::vector<AnswerColumns> answers = command.every_columns();
  explained.columns = answers.empty() ? 0 : answers.front().columns.size();
  const auto too_long = [&] {
    const std::string text = screen(command, columns_of_a_screen, explained);
    return std::count(text.begin(), text.end(), '\n') > lines_of_a_screen;
  };
  while (too_long() && give_up_something(explained)) {
  }
  return explained;
}

std::string everything(Command& command, std::size_t width) {
  const Manual manual = command.manual();
  const Declarations declared = declarations_of(command);
  TextLayout layout(width);
  layout.paragraph(manual.summary);
  layout.blank();
  const std::string inputs = declared.input.empty() ? "" : " [INPUT…]";
  layout.paragraph("Usage: attngraph " + manual.name + inputs + " [options]");
  if (!declared.input.empty()) layout.terms({{"INPUT", declared.input}});
  add_examples(layout, manual, {});
  add_all_columns(layout, command);
  add_options(layout, declared.options);
  layout.blank();
  layout.paragraph(
      "What stands in [] behind an option is its default. -h shows this on one screen.");
  return layout.text();
}

}  // namespace

Declarations declarations_of(Command& command) {
  return declarations([&](OptionTable& table) {
    CommonOptions common;
    declare_all(table, command, common);
  });
}

std::string command_help(Command& command, HelpExtent extent, std::size_t width) {
  if (extent == HelpExtent::everything) return everything(command, width);
  return screen(command, width, fitting(command));
}

}  // namespace attngraph
