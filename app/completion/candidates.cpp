#include "completion/candidates.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "command.hpp"
#include "completion/labels_at_hand.hpp"
#include "help/explain.hpp"
#include "help/first_word.hpp"
#include "help/help.hpp"

namespace attngraph {
namespace {

using Words = std::vector<std::string>;
using Kind = Completed::Kind;

/// A command line that is being typed: options with their values, and inputs.
class TypedLine {
 public:
  TypedLine(const Words& words, const std::vector<DeclaredOption>& options) : options_(options) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) take(words[i]);
    if (waiting_ != nullptr && waiting_->value_optional && words.back().starts_with('-')) {
      waiting_ = nullptr;
    }
  }

  /// The option whose value comes next; null where none does.
  const DeclaredOption* waiting() const { return waiting_; }
  bool ended() const { return ended_; }
  bool gives(const DeclaredOption& option) const { return values_.contains(option.name); }
  std::string value(const std::string& option) const {
    const auto given = values_.find(option);
    return given == values_.end() ? "" : given->second;
  }
  std::string input() const { return inputs_.empty() ? "" : inputs_.front(); }

  const DeclaredOption* option(const std::string& name) const {
    const auto found = std::find_if(options_.begin(), options_.end(), [&](const auto& one) {
      return one.name == name || (!one.letter.empty() && one.letter == name);
    });
    return found == options_.end() ? nullptr : &*found;
  }

 private:
  void take(const std::string& word) {
    const DeclaredOption* const before = std::exchange(waiting_, nullptr);
    const bool dash = !ended_ && word.starts_with('-') && word != "-";
    if (before != nullptr && !(before->value_optional && dash)) {
      values_[before->name] = word;
    } else if (!ended_ && word == "--") {
      ended_ = true;
    } else if (dash) {
      take_option(word);
    } else {
      inputs_.push_back(word);
    }
  }

  void take_option(const std::string& word) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const DeclaredOption* const found = option(word.substr(0, equals));
    if (found == nullptr) return;
    values_[found->name] = equals < word.size() ? word.substr(equals + 1) : "";
    if (found->takes_value() && equals == word.size()) waiting_ = found;
  }

  const std::vector<DeclaredOption>& options_;
  const DeclaredOption* waiting_ = nullptr;
  bool ended_ = false;
  std::map<std::string, std::string> values_;
  Words inputs_;
};

std::vector<CompletionWord> candidates_of(const Words& words) {
  std::vector<CompletionWord> candidates;
  for (const auto& word : words) candidates.push_back({word, ""});
  return candidates;
}

/// The first clause of a help text.
std::string short_text(const std::string& text) {
  return text.substr(0, std::min({text.find(';'), text.find(':'), text.find(" (")}));
}

std::vector<CompletionWord> columns_of(const Command& command) {
  std::vector<CompletionWord> columns;
  for (const AnswerColumns& answer : command.every_columns()) {
    for (const Column& column : answer.columns) {
      const bool known = std::any_of(columns.begin(), columns.end(),
                                     [&](const auto& one) { return one.word == column.name; });
      if (!known) columns.push_back({column.name, std::string(column.about)});
    }
  }
  return columns;
}

/// A label that only one token has, else the index.
std::vector<CompletionWord> tokens_named(const Words& labels) {
  std::map<std::string, int> times;
  for (const auto& label : labels) ++times[label];
  std::vector<CompletionWord> tokens;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string index = std::to_string(i);
    tokens.push_back(times[labels[i]] == 1 ? CompletionWord{labels[i], "token " + index}
                                           : CompletionWord{index, labels[i]});
  }
  return tokens;
}

std::vector<CompletionWord> values_of(const DeclaredOption& option, const Command& command,
                                      const TypedLine& line) {
  if (option.type == "TOKEN") {
    return tokens_named(labels_at_hand(line.value("--tokens"), line.input()));
  }
  const bool of_columns = option.type == "COLUMN" || option.name == "--columns";
  return of_columns ? columns_of(command) : candidates_of(option.choices);
}

/// The rest of a list: what stands in it already, and what may follow.
void continue_list(const std::string& typed, std::vector<CompletionWord>& candidates) {
  const std::size_t begin = typed.rfind(',') + 1;  // 0 where there is no comma
  const std::string before = typed.substr(0, begin);
  std::erase_if(candidates, [&](const CompletionWord& candidate) {
    const bool there = ("," + before).find("," + candidate.word + ",") != std::string::npos;
    return there || (!before.empty() && candidate.word == "all");
  });
  for (CompletionWord& candidate : candidates) candidate.word = before + candidate.word;
}

Completed value_of(const DeclaredOption& option, const Command& command, const TypedLine& line,
                   const std::string& typed) {
  Completed completed{Kind::words, values_of(option, command, line)};
  if (option.takes_file()) completed.kind = Kind::files;
  if (option.list) {
    completed.kind = Kind::list;
    continue_list(typed, completed.candidates);
  }
  return completed;
}

Completed option_names(const std::vector<DeclaredOption>& options, const TypedLine& line) {
  Completed completed;
  for (const DeclaredOption& option : options) {
    if (line.gives(option) && !option.list) continue;
    completed.candidates.push_back({option.name, short_text(option.help)});
    if (!option.letter.empty()) {
      completed.candidates.push_back({option.letter, short_text(option.help)});
    }
  }
  completed.candidates.push_back({"--help", "every option"});
  completed.candidates.push_back({"-h", "help on one screen"});
  return completed;
}

Completed in_command(Command& command, const Words& words) {
  const Declarations declared = declarations_of(command);
  const TypedLine line(words, declared.options);
  const std::string& typed = words.back();
  if (line.waiting() != nullptr) return value_of(*line.waiting(), command, line, typed);
  if (line.ended() || !typed.starts_with('-')) {
    return {declared.input.empty() ? Kind::words : Kind::files};
  }
  const std::size_t equals = typed.find('=');
  if (equals == typed.npos) return option_names(declared.options, line);
  const DeclaredOption* const option = line.option(typed.substr(0, equals));
  if (option == nullptr) return {};
  Completed completed = value_of(*option, command, line, typed.substr(equals + 1));
  for (CompletionWord& value : completed.candidates) {
    value.word = typed.substr(0, equals + 1) + value.word;
  }
  return completed;
}

Completed commands() {
  Completed completed;
  for (const std::string& word : first_words()) {
    const auto command = find_command(word);
    completed.candidates.push_back({word, command ? command->manual().summary : ""});
  }
  return completed;
}

}  // namespace

Completed completed(const Words& words) {
  if (words.size() <= 1) {
    if (words.empty() || !words.front().starts_with('-')) return commands();
    return {Kind::words, candidates_of({"--help", "--version"})};
  }
  const std::string& first = words.front();
  if (const auto command = find_command(first)) {
    return in_command(*command, {words.begin() + 1, words.end()});
  }
  if (first == "explain") return {Kind::words, candidates_of(explained_names())};
  if (words.size() > 2) return {};
  if (first == "help" || first == "--help" || first == "-h") return commands();
  if (first == "completion") return {Kind::words, candidates_of({"bash", "zsh", "fish"})};
  return {};
}

}  // namespace attngraph
