#include <algorithm>

#include "command.hpp"
#include "help/help.hpp"
#include "help/text_layout.hpp"
#include "options/common_options.hpp"

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

void add_examples(TextLayout& layout, const Manual& manual) {
  layout.heading("Examples");
  for (const Example& example : manual.examples) {
    layout.command_line(example.command_line);
    layout.paragraph(example.comment, 6, 6);
  }
}

/// `and a, b, c`
void add_names(TextLayout& layout, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "and " : ", ") + name;
  layout.paragraph(list, 2, 2);
}

/// How much of a command its help explains; of the rest it gives the names.
struct Explained {
  int highest_rank = 9;
  std::size_t options = static_cast<std::size_t>(-1);
};

/// What the columns mean.
void add_columns(TextLayout& layout, const Schema& columns, const Explained& explained) {
  if (columns.empty()) return;
  std::vector<Term> terms;
  std::vector<std::string> others;
  for (const Column& column : columns) {
    if (column.rank <= explained.highest_rank) {
      terms.push_back({column.name, std::string(column.about)});
    } else {
      others.push_back(column.name);
    }
  }
  layout.heading("Columns");
  layout.terms(terms);
  add_names(layout, others);
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
  add_examples(layout, manual);
  std::vector<DeclaredOption> options = own_options(command);
  std::vector<std::string> others;
  while (options.size() > explained.options) {
    others.insert(others.begin(), options.back().name);
    options.pop_back();
  }
  add_options(layout, options);
  add_names(layout, others);
  add_columns(layout, {}, explained);
  layout.blank();
  layout.paragraph("attngraph " + manual.name +
                   " --help has all options: of inputs, selection and output.");
  return layout.text();
}

/// As much as goes on one screen.
Explained fitting(Command& command) {
  Explained explained;
  const auto too_long = [&] {
    const std::string text = screen(command, columns_of_a_screen, explained);
    return std::count(text.begin(), text.end(), '\n') > lines_of_a_screen;
  };
  while (explained.highest_rank >= 0 && too_long()) --explained.highest_rank;
  if (!too_long()) return explained;
  explained.options = own_options(command).size();
  while (explained.options > 0 && too_long()) --explained.options;
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
  add_examples(layout, manual);
  add_columns(layout, {}, {});
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
