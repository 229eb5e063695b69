#include <fmt/format.h>

#include "command.hpp"
#include "help/examples_folder.hpp"
#include "help/help.hpp"
#include "help/text_layout.hpp"
#include "report/parts/inspected/versions.hpp"

namespace attngraph {

std::string general_help(std::size_t width) {
  TextLayout layout(width);
  layout.paragraph("attngraph treats transformer self-attention as a directed graph.");
  const std::string folder = examples_folder();
  layout.heading(folder.empty() ? "Examples" : "Examples, in " + folder);
  const std::string cats = "attngraph {} data/minilm/cats/attention.npy{}";
  layout.command_line(fmt::format(fmt::runtime(cats), "inspect", ""));
  layout.command_line(fmt::format(fmt::runtime(cats), "centrality", " --layer 2 --head 5"));
  layout.command_line(fmt::format(fmt::runtime(cats), "graph", " --layer 2 --head 5 -o cats.svg"));
  layout.blank();
  layout.paragraph("Usage: attngraph COMMAND [INPUT…] [options]");
  layout.heading("Commands");
  std::vector<Term> commands;
  for (const auto& make : command_makers()) {
    const Manual manual = make()->manual();
    commands.push_back({manual.name, manual.summary});
  }
  commands.push_back({"demo", "Writes a sentence's attention here, and says what to try."});
  commands.push_back({"completion", "Completion of commands, options and values in a shell."});
  commands.push_back({"explain", "What a column says: attngraph explain entropy"});
  commands.push_back({"help", "The manual page of a command: attngraph help heads"});
  layout.terms(commands);
  layout.blank();
  layout.paragraph("attngraph COMMAND -h tells on one screen about one, --help everything.");
  layout.paragraph(
      "Exit status: 0 done, 1 some inputs failed, 2 usage, 3 bad input data, 4 reading or writing "
      "failed, 5 a limit, 70 a mistake of attngraph itself, 128+n stopped by signal n.",
      0, 13);
  return layout.text();
}

std::string version_text(bool verbose) {
  std::string text = "attngraph " ATTNGRAPH_VERSION "\n";
  if (!verbose) return text;
  for (const auto& [library, version] : library_versions()) {
    text += fmt::format("  {:<8} {}\n", library, version);
  }
  return text;
}

}  // namespace attngraph
