#include "help/help.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "cli/scratch_folder.hpp"
#include "command.hpp"
#include "core/text/text.hpp"
#include "help/examples_folder.hpp"
#include "help/text_layout.hpp"

using namespace attngraph;

namespace {

std::size_t longest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t longest = 0;
  for (std::string line; std::getline(lines, line);) {
    longest = std::max(longest, display_width(line));
  }
  return longest;
}

}  // namespace

TEST_CASE("a text is broken between words, with a hanging indent") {
  TextLayout layout(40);
  layout.paragraph("A sentence that does not fit into one line of forty.", 0, 4);
  layout.command_line("attngraph heads a_long_name.npy --layer 12 --csv");
  CHECK(layout.text() ==
        "A sentence that does not fit into one\n"
        "    line of forty.\n"
        "  attngraph heads a_long_name.npy \\\n"
        "    --layer 12 --csv\n");
}

TEST_CASE("names stand in a column, what they mean beside it, a long name above it") {
  TextLayout layout(48);
  layout.terms({{"--top N", "only the N first rows of each head"},
                {"--activation elu|none", "of the output"},
                {"-q", "no notes"}});
  CHECK(layout.text() ==
        "  --top N  only the N first rows of each head\n"
        "  --activation elu|none\n"
        "           of the output\n"
        "  -q       no notes\n");
}

TEST_CASE("a list longer than a line is broken behind a comma") {
  TextLayout layout(40);
  layout.paragraph("measures [in_degree,out_degree,in_strength,out_strength,pagerank]");
  CHECK(layout.text() ==
        "measures\n"
        "[in_degree,out_degree,in_strength,\n"
        "out_strength,pagerank]\n");
}

TEST_CASE("a word longer than a line stays whole") {
  TextLayout layout(40);
  layout.paragraph("see an_uncommonly_long_name/of_a_file/in_a_folder.npy now");
  CHECK(layout.text() == "see\nan_uncommonly_long_name/of_a_file/in_a_folder.npy\nnow\n");
}

TEST_CASE("the short help of every command is one screen, and no help is wider than the terminal") {
  for (const auto& make : command_makers()) {
    const auto command = make();
    INFO(command->manual().name);
    const std::string screen = command_help(*command, HelpExtent::screen, 80);
    CHECK(std::count(screen.begin(), screen.end(), '\n') <= 40);
    for (const std::size_t width : {60, 80, 100}) {
      CAPTURE(width);
      CHECK(longest_line(command_help(*command, HelpExtent::screen, width)) <= width);
      CHECK(longest_line(command_help(*command, HelpExtent::everything, width)) <= width);
      CHECK(longest_line(general_help(width)) <= width);
    }
    CHECK(longest_line(command_help(*command, HelpExtent::everything, 200)) <= 100);
  }
}

TEST_CASE("examples say where their files are, unless they are here") {
  const std::string root = ATTNGRAPH_ROOT;
  CHECK(examples_folder(root + "/build", root).empty());
  CHECK(examples_folder(root + "/build", "/") == root);
  CHECK(examples_folder("/nowhere/bin", "/").empty());
  const test::ScratchFolder folder;
  const std::string installed = folder.path() + "/share/attngraph";
  std::filesystem::create_directories(installed + "/data/minilm/cats");
  CHECK(examples_folder(folder.path() + "/bin", "/") == installed);
}

TEST_CASE("the whole help has every option with its default, the short one this command's own") {
  for (const auto& make : command_makers()) {
    const auto command = make();
    INFO(command->manual().name);
    const std::string screen = command_help(*command, HelpExtent::screen, 100);
    const std::string everything = command_help(*command, HelpExtent::everything, 100);
    for (const DeclaredOption& option : declarations_of(*command).options) {
      INFO(option.name);
      const std::string named = option.name + (option.takes_value() ? " " : "");
      CHECK(everything.find(named) != std::string::npos);
      if (!option.common) CHECK(screen.find(option.name) != std::string::npos);
    }
  }
}
