#include "help.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "options/common_options.hpp"
#include "options/options.hpp"
#include "report/parts/versions.hpp"

namespace attngraph {
namespace {

std::vector<Manual> manuals() {
  std::vector<Manual> all;
  for (const auto& make : command_makers()) all.push_back(make()->manual());
  return all;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names{"help", "completion"};
  for (const auto& manual : manuals()) names.push_back(manual.name);
  return names;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> options_of(Command& command) {
  CommonOptions common;
  std::vector<std::string> names;
  for (const auto& option : declared_options([&](OptionTable& table) {
         command.declare(table);
         declare_common(table, common, command.manual());
       })) {
    names.push_back(option.name);
  }
  return names;
}

}  // namespace

std::unique_ptr<Command> command_named(const std::string& name) {
  for (const auto& make : command_makers()) {
    auto command = make();
    if (command->manual().name == name) return command;
  }
  const std::string near = nearest_word(name, command_names());
  throw ArgumentError("", "there is no command '" + name + "'",
                      near.empty() ? "see attngraph --help" : "did you mean " + near + "?");
}

std::string general_help() {
  std::string text =
      "attngraph treats transformer self-attention as a directed graph.\n\n"
      "Examples:\n"
      "  attngraph inspect data/minilm/cats/attention.npy\n"
      "  attngraph centrality data/minilm/cats/attention.npy --layer 2 --head 5\n"
      "  attngraph graph data/minilm/cats/attention.npy --layer 2 --head 5 -o cats.dot\n\n"
      "Usage: attngraph COMMAND [INPUT…] [options]\n\n"
      "Commands:\n";
  for (const auto& manual : manuals()) {
    text += fmt::format("  {:<12} {}\n", manual.name, manual.summary);
  }
  text +=
      "  completion   Completion script for bash, zsh or fish\n\n"
      "attngraph COMMAND --help tells more about one.\n"
      "Exit status: 0 done, 1 some inputs failed, 2 usage, 3 bad input data, 4 reading or writing\n"
      "failed, 5 a limit, 70 a mistake of attngraph itself, 128+n stopped by signal n.\n";
  return text;
}

std::string help_head(const Manual& manual) {
  std::string text = manual.summary + "\n\nExamples:\n";
  for (const auto& example : manual.examples) {
    text += "  " + example.command_line + "\n      " + example.comment + "\n";
  }
  return text;
}

std::string version_text(bool verbose) {
  std::string text = "attngraph " ATTNGRAPH_VERSION "\n";
  if (!verbose) return text;
  for (const auto& [library, version] : library_versions()) {
    text += fmt::format("  {:<8} {}\n", library, version);
  }
  return text;
}

std::string completion_script(const std::string& shell) {
  std::string script;
  if (shell == "bash") {
    script =
        "_attngraph() {\n  local word=\"${COMP_WORDS[COMP_CWORD]}\"\n  local words\n"
        "  if [ \"$COMP_CWORD\" = 1 ]; then\n    words=\"" +
        joined(command_names()) + "\"\n  else\n    case \"${COMP_WORDS[1]}\" in\n";
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
             joined(command_names()) + "\n    return\n  fi\n  case $words[2] in\n";
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
