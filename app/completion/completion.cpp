#include "completion/completion.hpp"

#include "completion/candidates.hpp"
#include "completion/scripts.hpp"
#include "core/error.hpp"
#include "help/text_layout.hpp"

namespace attngraph {
namespace {

std::string first_line(Completed::Kind kind) {
  switch (kind) {
    case Completed::Kind::list:
      return "list\n";
    case Completed::Kind::files:
      return "files\n";
    case Completed::Kind::words:
      break;
  }
  return "words\n";
}

std::string lines_of(const Completed& completed) {
  std::string lines = first_line(completed.kind);
  for (const CompletionWord& candidate : completed.candidates) {
    const bool one_line = candidate.word.find_first_of("\n\r\t") == std::string::npos;
    if (one_line) lines += candidate.word + '\t' + candidate.about + '\n';
  }
  return lines;
}

}  // namespace

std::string completion_help(std::size_t width) {
  TextLayout layout(width);
  layout.paragraph("Completes commands, options and their values at TAB in a shell.");
  layout.heading("Bash, in ~/.bashrc");
  layout.command_line("source <(attngraph completion bash)");
  layout.heading("Zsh, for a folder of $fpath, before compinit; or as in Bash behind it");
  layout.command_line("attngraph completion zsh > ~/.zfunc/_attngraph");
  layout.heading("Fish");
  layout.command_line("attngraph completion fish > ~/.config/fish/completions/attngraph.fish");
  layout.blank();
  layout.paragraph("Usage: attngraph completion bash|zsh|fish");
  layout.paragraph("An installed attngraph has brought its completions along.");
  return layout.text();
}

std::string completion_answer(const std::vector<std::string>& arguments) {
  const std::string asked = arguments.empty() ? "" : arguments.front();
  if (asked == "--complete") {
    return lines_of(completed({arguments.begin() + 1, arguments.end()}));
  }
  if (arguments.size() > 1) {
    throw ArgumentError("completion", "'" + arguments[1] + "' is one word too many",
                        "name one shell: attngraph completion " + asked);
  }
  if (asked.empty()) {
    throw ArgumentError("completion", "which shell is not said",
                        "write attngraph completion bash, zsh or fish");
  }
  if (asked == "bash") return bash_script;
  if (asked == "zsh") return zsh_script;
  if (asked == "fish") return fish_script;
  throw ArgumentError("completion", "there is no script for '" + asked + "'",
                      "write attngraph completion bash, zsh or fish");
}

}  // namespace attngraph
