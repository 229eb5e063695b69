#include "completion/completion.hpp"

#include <fmt/format.h>

#include "command.hpp"
#include "core/error.hpp"
#include "help/first_word.hpp"
#include "help/help.hpp"
#include "help/text_layout.hpp"

namespace attngraph {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> options_of(Command& command) {
  std::vector<std::string> names;
  for (const auto& option : declarations_of(command).options) names.push_back(option.name);
  return names;
}

}  // namespace

std::string completion_help(std::size_t width) {
  TextLayout layout(width);
  layout.paragraph("Completion of commands, options and values in a shell.");
  layout.heading("Examples");
  layout.command_line("source <(attngraph completion bash)");
  layout.command_line("attngraph completion zsh > ~/.zfunc/_attngraph");
  layout.command_line("attngraph completion fish > ~/.config/fish/completions/attngraph.fish");
  layout.blank();
  layout.paragraph("Usage: attngraph completion bash|zsh|fish");
  return layout.text();
}

std::string completion_script(const std::vector<std::string>& arguments) {
  const std::string shell = arguments.empty() ? "" : arguments.front();
  std::string script;
  if (shell == "bash") {
    script =
        "_attngraph() {\n  local word=\"${COMP_WORDS[COMP_CWORD]}\"\n  local words\n"
        "  if [ \"$COMP_CWORD\" = 1 ]; then\n    words=\"" +
        joined(first_words()) + "\"\n  else\n    case \"${COMP_WORDS[1]}\" in\n";
    for (const auto& make : command_makers()) {
      auto command = make();
      script += "      " + command->manual().name + ") words=\"" + joined(options_of(*command)) +
                "\";;\n";
    }
    script +=
        "    esac\n  fi\n  if [ \"$COMP_CWORD\" = 1 ] || [[ $word == -* ]]; then\n"
        "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n  fi\n}\n"
        "complete -o default -F _attngraph attngraph\n";
  } else if (shell == "zsh") {
    script = "#compdef attngraph\n_attngraph() {\n  if (( CURRENT == 2 )); then\n    compadd " +
             joined(first_words()) + "\n    return\n  fi\n  case $words[2] in\n";
    for (const auto& make : command_makers()) {
      auto command = make();
      script += "    " + command->manual().name + ") [[ $PREFIX == -* ]] && compadd -- " +
                joined(options_of(*command)) + ";;\n";
    }
    script += "  esac\n  _files\n}\ncompdef _attngraph attngraph\n";
  } else if (shell == "fish") {
    for (const auto& make : command_makers()) {
      auto command = make();
      const Manual manual = command->manual();
      script += fmt::format("complete -c attngraph -n __fish_use_subcommand -a {} -d '{}'\n",
                            manual.name, manual.summary);
      for (const auto& option : options_of(*command)) {
        script += fmt::format("complete -c attngraph -n '__fish_seen_subcommand_from {}' -l {}\n",
                              manual.name, option.substr(2));
      }
    }
  } else {
    throw ArgumentError("completion", "there is no script for '" + shell + "'",
                        "write attngraph completion bash, zsh or fish");
  }
  return script;
}

}  // namespace attngraph
