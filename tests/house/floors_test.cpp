#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

using Names = std::set<std::string>;

const fs::path root(ATTNGRAPH_ROOT);

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What docs/architecture.md allows a floor.
struct Floor {
  Names floors;
  Names libraries;
};

Names words_of(const std::string& cell) {
  const std::regex word("[A-Za-z0-9_]+");
  Names words;
  for (std::sregex_iterator i(cell.begin(), cell.end(), word), end; i != end; ++i) {
    words.insert(i->str());
  }
  return words;
}

/// The rows of its table of floors: | `name` | rooms | may include | third party |
std::map<std::string, Floor> floors_of_the_document() {
  const std::string text = text_of(root / "docs/architecture.md");
  const std::regex row("\\n\\| `([a-z]+)` \\|[^|\\n]*\\|([^|\\n]*)\\|([^|\\n]*)\\|");
  std::map<std::string, Floor> floors;
  for (std::sregex_iterator i(text.begin(), text.end(), row), end; i != end; ++i) {
    floors[(*i)[1]] = {words_of((*i)[2]), words_of((*i)[3])};
  }
  return floors;
}

const std::map<std::string, Floor>& floors() {
  static const auto all = floors_of_the_document();
  return all;
}

/// Libraries by what the names of their headers begin with, as the document calls them.
const std::map<std::string, std::string> libraries{
    {"CLI/", "CLI11"},   {"igraph.h", "igraph"},      {"nlohmann/", "nlohmann"},
    {"Eigen/", "Eigen"}, {"png.h", "libpng"},         {"libdeflate.h", "libdeflate"},
    {"zlib.h", "zlib"},  {"simdjson", "simdjson"},    {"expat.h", "expat"},
    {"fmt/", "libfmt"},  {"utf8proc", "libutf8proc"}, {"gudhi/", "GUDHI"}};

/// Libraries whose headers are so large that none may come in through a header of ours either.
const Names heavy{"Eigen", "igraph", "CLI11", "nlohmann", "simdjson"};

/// Files that alone may include a library.
const std::map<std::string, std::regex> doors{
    {"CLI11", std::regex("app/options/(parse_)?options\\.cpp")},
    {"igraph", std::regex("lib/graph/igraph_door\\.hpp")},
    {"simdjson", std::regex("lib/formats/json/json_document\\.cpp")},
    {"nlohmann",
     std::regex("lib/(writers/rows/json_text\\.cpp|"
                "formats/(json/.*|labels/.*|graphs/json_elements\\.cpp|arrays/safetensors.*))")},
    {"libutf8proc", std::regex("lib/core/text/text\\.cpp")},
    {"expat", std::regex("lib/formats/graphs/xml_parser\\.cpp")},
    {"GUDHI", std::regex("lib/metrics/topology/loop_bars\\.cpp")},
};

std::string library_of(const std::string& header) {
  for (const auto& [begin, library] : libraries) {
    if (header.starts_with(begin)) return library;
  }
  return {};
}

std::string floor_of(const std::string& path) {
  if (path.starts_with("app/")) return "app";
  return path.substr(4, path.find('/', 4) - 4);
}

using Includes = std::map<std::string, std::vector<std::string>>;

/// For each source of app/ and lib/, what it includes: paths of ours from the root, and headers of
/// others as they are written.
Includes includes_of_the_tree() {
  const std::regex include("(^|\\n)#include [<\"]([^>\"]+)[>\"]");
  Includes all;
  for (const char* folder : {"lib", "app"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const auto ending = entry.path().extension();
      if (ending != ".cpp" && ending != ".hpp") continue;
      auto& mine = all[fs::relative(entry.path(), root).generic_string()];
      const std::string text = text_of(entry.path());
      for (std::sregex_iterator i(text.begin(), text.end(), include), end; i != end; ++i) {
        const std::string name = (*i)[2];
        const bool ours = fs::exists(root / "lib" / name) || fs::exists(root / "app" / name);
        mine.push_back(ours ? (fs::exists(root / "lib" / name) ? "lib/" : "app/") + name : name);
      }
    }
  }
  return all;
}

const Includes& includes() {
  static const Includes all = includes_of_the_tree();
  return all;
}

/// Heavy libraries that come into `path`, each with the header that brings it.
void collect(const std::string& path, Names& seen, std::map<std::string, std::string>& found) {
  if (!seen.insert(path).second) return;
  for (const std::string& included : includes().at(path)) {
    if (includes().contains(included)) collect(included, seen, found);
    const std::string library = library_of(included);
    if (heavy.contains(library)) found.try_emplace(library, path);
  }
}

}  // namespace

TEST_CASE("the document names every floor") {
  Names in_tree{"app"};
  for (const auto& entry : fs::directory_iterator(root / "lib")) {
    in_tree.insert(entry.path().filename().string());
  }
  Names in_document;
  for (const auto& [name, floor] : floors()) in_document.insert(name);
  CHECK(in_document == in_tree);
}

TEST_CASE("a floor includes only the floors that the document allows it") {
  for (const auto& [path, mine] : includes()) {
    const std::string floor = floor_of(path);
    for (const std::string& included : mine) {
      if (!includes().contains(included) || floor_of(included) == floor) continue;
      const std::string what = path + " includes " + included;
      INFO(what);
      CHECK(floors().at(floor).floors.contains(floor_of(included)));
    }
  }
}

TEST_CASE("a library comes in where the document allows it, and through its door") {
  for (const auto& [path, mine] : includes()) {
    for (const std::string& included : mine) {
      const std::string library = library_of(included);
      if (library.empty()) continue;
      const std::string what = path + " includes " + included;
      INFO(what);
      CHECK(floors().at(floor_of(path)).libraries.contains(library));
      if (doors.contains(library)) CHECK(std::regex_match(path, doors.at(library)));
    }
  }
}

TEST_CASE("no heavy library comes in through a header of ours where the document does not say so") {
  for (const auto& [path, mine] : includes()) {
    Names seen;
    std::map<std::string, std::string> found;
    collect(path, seen, found);
    for (const auto& [library, header] : found) {
      const std::string what = library + " comes into " + path + " through " + header;
      INFO(what);
      CHECK(floors().at(floor_of(path)).libraries.contains(library));
    }
  }
}
