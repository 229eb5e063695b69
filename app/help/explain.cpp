#include "help/explain.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "command.hpp"
#include "core/error.hpp"
#include "core/text/near_word.hpp"
#include "help/first_word.hpp"
#include "help/text_layout.hpp"
#include "output/option_notation.hpp"

namespace attngraph {
namespace {

/// A column, number or word, and the answers that have it.
struct Meaning {
  Column column;
  std::vector<std::string> answers;
};

/// `heads`, `flow --cut`
std::string answer_name(const std::string& command, const AnswerColumns& answer) {
  return answer.asked_by.empty() ? command : command + " " + in_dashes(answer.asked_by);
}

/// Adds what one answer says; a question that means the same however it is asked stands once.
void add(std::vector<Meaning>& meanings, const Column& column, const std::string& command,
         const std::string& answer) {
  const auto same = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& known) {
    return known.column.name == column.name && known.column.about == column.about;
  });
  if (same == meanings.end()) return meanings.push_back({column, {answer}});
  const auto& answers = same->answers;
  if (std::find(answers.begin(), answers.end(), command) != answers.end()) return;
  same->answers.push_back(answer);
}

/// A word of a column as something that has a meaning itself.
Column word_column(const Column& column, const WordMeaning& word) {
  return {.name = std::string(word.word) + ", a " + column.name, .about = word.meaning};
}

/// Every meaning in every answer.
std::vector<Meaning> all_meanings() {
  std::vector<Meaning> meanings;
  for (const auto& make : command_makers()) {
    const auto command = make();
    const std::string name = command->manual().name;
    for (const AnswerColumns& answer : command->every_columns()) {
      for (const Schema* schema : {&answer.columns, &answer.summary}) {
        for (const Column& column : *schema) {
          add(meanings, column, name, answer_name(name, answer));
          for (const WordMeaning& word : column.words) {
            add(meanings, word_column(column, word), name, answer_name(name, answer));
          }
        }
      }
    }
  }
  return meanings;
}

/// `sink` of `sink, a type`
std::string_view called(const Meaning& meaning) {
  const std::string_view name = meaning.column.name;
  return name.substr(0, name.find(','));
}

bool is_of(const std::string& answer, const std::string& command) {
  return answer == command || answer.starts_with(command + " ");
}

/// Those that are called so; `heads.entropy` those of a command.
std::vector<Meaning> meanings_of(const std::string& name) {
  const auto dot = name.find('.');
  const std::string command = dot == name.npos ? "" : name.substr(0, dot);
  const std::string topic = dot == name.npos ? name : name.substr(dot + 1);
  std::vector<Meaning> found = all_meanings();
  std::erase_if(found, [&](Meaning& meaning) {
    if (called(meaning) != topic) return true;
    if (command.empty()) return false;
    std::erase_if(meaning.answers, [&](const auto& answer) { return !is_of(answer, command); });
    return meaning.answers.empty();
  });
  return found;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void tell(TextLayout& layout, const Meaning& meaning) {
  const Column& column = meaning.column;
  layout.paragraph(column.name + " (" + joined(meaning.answers) + ")", 0, 2);
  layout.paragraph(in_dashes(std::string(column.about)), 2, 2);
  std::vector<Term> terms;
  if (!column.formula.empty()) terms.push_back({"formula", std::string(column.formula)});
  if (!column.paper.empty()) terms.push_back({"paper", std::string(column.paper)});
  for (const auto& [word, said] : column.words) {
    terms.push_back({std::string(word), std::string(said)});
  }
  layout.terms(terms);
}

/// All columns of a command.
void tell_command(TextLayout& layout, const Command& command) {
  for (const AnswerColumns& answer : command.every_columns()) {
    layout.heading(answer_name(command.manual().name, answer));
    std::vector<Term> terms;
    for (const Schema* schema : {&answer.columns, &answer.summary}) {
      for (const Column& column : *schema) {
        terms.push_back({column.name, in_dashes(std::string(column.about))});
      }
    }
    layout.terms(terms);
  }
}

bool has_columns(const Command& command) {
  const auto answers = command.every_columns();
  return std::any_of(answers.begin(), answers.end(), [](const AnswerColumns& answer) {
    return !answer.columns.empty() || !answer.summary.empty();
  });
}

[[noreturn]] void refuse(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& make : command_makers()) {
    if (has_columns(*make())) known.push_back(make()->manual().name);
  }
  for (const Meaning& meaning : all_meanings()) known.emplace_back(called(meaning));
  const std::string near = nearest_word(name.substr(name.find('.') + 1), known);
  throw ArgumentError("", "no column, number or kind of head is called '" + name + "'",
                      near.empty() ? "attngraph explain heads lists those of heads, a command"
                                   : "did you mean " + near + "?");
}

[[noreturn]] void refuse_command(const std::string& name) {
  throw ArgumentError("", name + " is a command whose answer has no columns",
                      "what it does: attngraph " + name + " --help");
}

}  // namespace

std::string explain_help(std::size_t width) {
  TextLayout layout(width);
  layout.paragraph("What does a column say, and the number below a table, and a kind of head?");
  layout.heading("Examples");
  layout.command_line("attngraph explain sink_mass");
  layout.command_line("attngraph explain heads.entropy mixed");
  layout.command_line("attngraph explain maxflow");
  layout.blank();
  layout.paragraph("Usage: attngraph explain NAME…");
  layout.terms({{"NAME",
                 "a column, COMMAND.COLUMN, a number below the rows, a kind of head, or a "
                 "command for all of its columns"}});
  return layout.text();
}

std::vector<std::string> explained_names() {
  std::set<std::string> names;
  for (const Meaning& meaning : all_meanings()) names.emplace(called(meaning));
  return {names.begin(), names.end()};
}

std::string explanation(const std::vector<std::string>& names, std::size_t width) {
  if (names.empty()) {
    throw ArgumentError("", "explain needs the name of a column, a number or a command",
                        "such as attngraph explain entropy, or attngraph explain heads");
  }
  TextLayout layout(width);
  for (const std::string& name : names) {
    const std::vector<Meaning> meanings = meanings_of(name);
    const auto command = find_command(name);
    const bool has_more = command != nullptr && has_columns(*command);
    if (meanings.empty() && !has_more) {
      command == nullptr ? refuse(name) : refuse_command(name);
    }
    for (const Meaning& meaning : meanings) {
      if (layout.lines() > 0) layout.blank();
      tell(layout, meaning);
    }
    if (has_more) tell_command(layout, *command);
  }
  return layout.text();
}

}  // namespace attngraph
