#include "help/first_word.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "command.hpp"
#include "core/error.hpp"
#include "core/text/near_word.hpp"
#include "core/text/shell_path.hpp"
#include "options/stray_words.hpp"

namespace attngraph {
namespace {

/// What other programs call a question that is asked here by another name.
const std::map<std::string, std::string>& other_names() {
  static const std::map<std::string, std::string> names{
      {"info", "inspect"},
      {"show", "inspect"},
      {"describe", "inspect"},
      {"check", "inspect"},
      {"validate", "inspect"},
      {"head", "heads"},
      {"stats", "heads"},
      {"entropy", "heads"},
      {"bertviz", "view"},
      {"browser", "view"},
      {"html", "view"},
      {"page", "view"},
      {"plot", "heatmap"},
      {"draw", "graph"},
      {"edges", "graph"},
      {"convert", "graph"},
      {"export", "graph"},
      {"image", "heatmap"},
      {"picture", "heatmap"},
      {"matrix", "heatmap"},
      {"prune", "sparsify"},
      {"threshold", "sparsify"},
      {"filter", "sparsify"},
      {"diff", "compare"},
      {"similarity", "compare"},
      {"cluster", "compare"},
      {"mincut", "maxflow --cut"},
      {"routes", "paths"},
      {"attention", "attend"},
      {"compute", "attend"},
      {"man", "help"},
      {"pagerank", "centrality --metric pagerank"},
      {"betweenness", "centrality --metric betweenness"},
      {"closeness", "centrality --metric closeness"},
      {"eigenvector", "centrality --metric eigenvector"}};
  return names;
}

bool is_file(const std::string& word) {
  std::error_code ignored;
  return std::filesystem::exists(word, ignored) || word.find('/') != word.npos ||
         word.find('.') != word.npos;
}

[[noreturn]] void refuse_option(const std::vector<std::string>& arguments) {
  const auto command = std::find_if(arguments.begin(), arguments.end(),
                                    [](const auto& word) { return find_command(word) != nullptr; });
  throw ArgumentError(
      "", arguments.front() + " stands where a command is expected",
      command == arguments.end()
          ? "the command comes first, options behind it: see attngraph --help"
          : "the command comes first: attngraph " + *command + " " + arguments.front() + " …");
}

}  // namespace

std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const auto& make : command_makers()) words.push_back(make()->manual().name);
  words.insert(words.end(), {"demo", "completion", "explain", "help"});
  return words;
}

std::unique_ptr<Command> find_command(const std::string& name) {
  for (const auto& make : command_makers()) {
    auto command = make();
    if (command->manual().name == name) return command;
  }
  return nullptr;
}

void refuse_first_word(const std::vector<std::string>& arguments) {
  const std::string& word = arguments.front();
  check_dash(word);
  if (word.starts_with('-') && word != "-") refuse_option(arguments);
  const std::string problem = "there is no command '" + word + "'";
  const std::string near = nearest_word(word, first_words());
  if (!near.empty()) throw ArgumentError("", problem, "did you mean " + near + "?");
  if (word == "-" || is_file(word)) {
    throw ArgumentError("", problem,
                        "name a command in front of a file: attngraph inspect " + shell_path(word));
  }
  const auto other = other_names().find(word);
  throw ArgumentError("", problem,
                      other == other_names().end() ? "see attngraph --help"
                                                   : "did you mean " + other->second + "?");
}

}  // namespace attngraph
