#include "demo/demo.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "core/error.hpp"
#include "memory_disk.hpp"

using namespace attngraph;

namespace {

std::string bundled(const std::string& name) {
  std::ifstream file(ATTNGRAPH_ROOT "/data/minilm/cats/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string refusal(const std::vector<std::string>& words, Disk& disk) {
  std::ostringstream out;
  try {
    demo(words, disk, out);
  } catch (const ArgumentError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("demo writes the bundled sentence, byte by byte, and shows five commands") {
  MemoryDisk disk;
  std::ostringstream out;
  demo({}, disk, out);
  CHECK(disk.files.size() == 2);
  CHECK(disk.files.at("cats.npy") == bundled("attention.npy"));
  CHECK(disk.files.at("cats.json") == bundled("tokens.json"));
  std::size_t commands = 0;
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) commands += line.starts_with("  attngraph ");
  CHECK(commands == 5);
}

TEST_CASE("demo writes over nothing, and takes no words") {
  MemoryDisk disk;
  disk.files["cats.json"] = "mine";
  CHECK(refusal({}, disk) == "demo: cats.json is there already");
  CHECK(refusal({"here"}, disk) == "demo: 'here' is one word too many");
  CHECK(disk.files == std::map<std::string, std::string>{{"cats.json", "mine"}});
}
