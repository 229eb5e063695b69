#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace fs = std::filesystem;

namespace {

using Names = std::set<std::string>;

/// Which floor may include which.
const std::map<std::string, Names> may_include{
    {"core", {}},
    {"tensor", {"core"}},
    {"formats", {"core", "tensor"}},
    {"numeric", {"core", "tensor"}},
    {"reading", {"core", "tensor"}},
    {"attention", {"core", "tensor", "numeric", "reading"}},
    {"graph", {"core", "tensor", "numeric", "reading", "attention"}},
    {"metrics", {"core", "tensor", "numeric", "reading", "attention", "graph"}},
    {"report", {"core", "tensor", "numeric", "reading", "attention", "graph", "metrics"}},
    {"writers", {"core", "tensor", "graph", "report"}},
};

/// Where a heavy header of somebody else may be included: files whose path fits.
const std::map<std::string, std::regex> doors{
    {"CLI/", std::regex("app/options/options\\.cpp")},
    {"igraph", std::regex("lib/graph/igraph_door\\.hpp")},
    {"nlohmann/", std::regex("lib/writers/rows/json_text\\.cpp")},
    {"Eigen/", std::regex("lib/(numeric|attention|metrics|report)/.*")},
    {"png.h", std::regex("lib/writers/.*\\.cpp")},
    {"libdeflate.h", std::regex("lib/(formats|writers)/.*\\.cpp")},
    {"zlib.h", std::regex("lib/formats/arrays/zip_archive\\.cpp")},
    {"utf8proc.h", std::regex("lib/core/text\\.cpp")},
    {"fnmatch.h", std::regex("lib/core/text\\.cpp")},
};

/// Calls `visit(path, floor, included)` for every #include of the tree.
template <typename Visit>
void for_each_include(const std::string& folder, Visit visit) {
  const fs::path root(ATTNGRAPH_ROOT);
  const std::regex include("^#include [<\"]([^>\"]+)[>\"]");
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".hpp") continue;
    const std::string path = fs::relative(entry.path(), root).generic_string();
    std::ifstream file(entry.path());
    std::string line;
    std::smatch match;
    while (std::getline(file, line)) {
      if (std::regex_search(line, match, include)) visit(path, match[1].str());
    }
  }
}

std::string first_part(const std::string& path) { return path.substr(0, path.find('/')); }

}  // namespace

TEST_CASE("a floor includes only floors below it") {
  int seen = 0;
  for_each_include("lib", [&](const std::string& path, const std::string& included) {
    const std::string floor = first_part(path.substr(4));
    const std::string other = first_part(included);
    if (other == included || !may_include.contains(other) || other == floor) return;
    ++seen;
    INFO(path << " includes " << included);
    CHECK(may_include.at(floor).contains(other));
  });
  CHECK(seen > 0);
}

TEST_CASE("the app does not reach below the floors it may use") {
  for_each_include("app", [&](const std::string& path, const std::string& included) {
    INFO(path << " includes " << included);
    CHECK_FALSE(Names{"graph", "metrics"}.contains(first_part(included)));
  });
}

TEST_CASE("heavy headers come in through their doors") {
  for (const char* folder : {"lib", "app"}) {
    for_each_include(folder, [&](const std::string& path, const std::string& included) {
      for (const auto& [header, door] : doors) {
        if (!included.starts_with(header) || included == "igraph_door.hpp") continue;
        INFO(path << " includes " << included);
        CHECK(std::regex_match(path, door));
      }
    });
  }
}
