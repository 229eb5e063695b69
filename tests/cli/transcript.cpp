#include "cli/transcript.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "cli/terminal.hpp"
#include "run.hpp"

namespace attngraph::test {
namespace {

std::string with_status(std::string shown, int status) {
  if (status != 0) shown += "[status " + std::to_string(status) + "]\n";
  return shown;
}

}  // namespace

std::vector<std::string> words(const std::string& command) {
  std::vector<std::string> all;
  std::string word;
  bool inside = false;
  char quote = 0;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '\'' || c == '"') {
      quote = c;
      inside = true;
    } else if (c == '\\' && i + 1 < command.size()) {
      word += command[++i];
      inside = true;
    } else if (c == ' ') {
      if (inside) all.push_back(std::move(word));
      word.clear();
      inside = false;
    } else {
      word += c;
      inside = true;
    }
  }
  if (inside) all.push_back(std::move(word));
  return all;
}

std::string shown_in_process(const std::string& command) {
  std::vector<std::string> arguments;
  std::string piped;
  std::string shown;
  int status = 0;
  const auto run_stage = [&] {
    if (arguments.empty() || arguments.front() != "attngraph") {
      throw std::runtime_error("not a command of attngraph: " + command);
    }
    std::istringstream in(std::exchange(piped, {}));
    std::ostringstream out;
    std::ostringstream err;
    status = run({arguments.begin() + 1, arguments.end()}, in, out, err);
    shown += err.str();
    piped = out.str();
    arguments.clear();
  };
  for (auto& word : words(command)) {
    if (word == "|")
      run_stage();
    else
      arguments.push_back(std::move(word));
  }
  run_stage();
  return with_status(shown + piped, status);
}

std::string shown_by_shell(const std::string& command, const std::string& folder,
                           std::size_t columns) {
  const std::string line = "cd '" + folder +
                           "' && export PATH='" ATTNGRAPH_BINARY_DIR
                           "':\"$PATH\" LC_ALL=C.UTF-8 NO_COLOR=1 && { " +
                           command + "\n}";
  const TerminalRun run = in_terminal(line, columns);
  return with_status(run.err + run.out, run.status);
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

bool rebasing() { return std::getenv("ATTNGRAPH_REBASE") != nullptr; }

}  // namespace attngraph::test
