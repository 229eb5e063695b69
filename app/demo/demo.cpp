#include "demo/demo.hpp"

#include <memory>
#include <ostream>

#include "core/error.hpp"
#include "help/text_layout.hpp"
#include "output/disk.hpp"

namespace attngraph {
namespace {

constexpr const char* what_is_written =
    "cats.npy   attention of all-MiniLM-L6-v2, 6 layers of 12 heads, on the sentence\n"
    "           \"The cat that chased the mice was tired because it had run all night.\"\n"
    "cats.json  its 17 tokens\n\n"
    "Five commands to try:\n"
    "  attngraph inspect cats.npy --tokens cats.json\n"
    "  attngraph heads cats.npy --tokens cats.json --sort sink_mass --rows 5\n"
    "  attngraph centrality cats.npy --tokens cats.json --layer 2 --head 5 --metric pagerank \\\n"
    "    --sort pagerank\n"
    "  attngraph rollout cats.npy --tokens cats.json --target 0\n"
    "  attngraph graph cats.npy --tokens cats.json --layer 2 --head 5 -o cats.svg\n";

void check_words(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return;
  throw ArgumentError("demo", "'" + arguments.front() + "' is one word too many",
                      "it writes into the current folder: attngraph demo");
}

}  // namespace

std::string demo_help(std::size_t width) {
  TextLayout layout(width);
  layout.paragraph(
      "attngraph demo writes cats.npy and cats.json, the attention and the tokens of a sentence, "
      "into the current folder, and shows five commands to try.");
  return layout.text();
}

void demo(const std::vector<std::string>& arguments, Disk& disk, std::ostream& out) {
  check_words(arguments);
  for (const DemoFile& file : demo_files()) {
    if (!disk.exists(file.name)) continue;
    throw ArgumentError("demo", file.name + " is there already",
                        "make an empty folder: mkdir demo && cd demo && attngraph demo");
  }
  std::vector<std::unique_ptr<Output>> outputs;
  for (const DemoFile& file : demo_files()) {
    outputs.push_back(disk.open(file.name));
    outputs.back()->write(file.content);
    outputs.back()->complete();
  }
  for (auto& output : outputs) output->show();
  out << what_is_written;
}

}  // namespace attngraph
