// Files and programs are opened at a few doors, each of which is handed a name by the command line
// or makes one; so nothing that stands in a file becomes a path. No text is a format that is not
// known when the program is built.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

/// Calls `use(path, line)` with each line of lib/ and app/, without its comment.
template <typename Use>
void for_each_line(const Use& use) {
  for (const char* part : {"/lib", "/app"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(ATTNGRAPH_ROOT + std::string(part))) {
      const auto ending = entry.path().extension();
      if (ending != ".cpp" && ending != ".hpp") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        use(entry.path().lexically_relative(ATTNGRAPH_ROOT).string(),
            line.substr(0, line.find("//")));
      }
    }
  }
}

using Doors = std::map<std::string, std::set<std::string>>;

/// The calls of each source that open, rename or run something, or take a format at run time.
Doors doors() {
  const std::regex call(
      R"(\b(fopen|mkos?temp|mkdtemp|popen|system|exec[lv]p?e?|posix_spawnp?|rename|unlink|runtime)"
      R"(|vformat|[fsv]?n?printf)\(|\b(tmpfile|ofstream|ifstream|directory_iterator)\b)"
      R"(|[^.>](open(?:ed)?)\((?:path|"))");
  Doors found;
  for_each_line([&](const std::string& path, const std::string& line) {
    std::smatch match;
    if (!std::regex_search(line, match, call)) return;
    std::string name;
    for (std::size_t i = 1; i < match.size(); ++i) name += match[i].str();
    found[path].insert(name);
  });
  return found;
}

}  // namespace

TEST_CASE("files and programs are opened at few doors, and no text of a file is a format") {
  const Doors expected{
      {"app/help/general_help.cpp", {"runtime"}},         // a sentence of its own, twice
      {"app/input/machine.cpp", {"ifstream"}},            // /proc and the limits of a control group
      {"app/manual_pages.cpp", {"ofstream"}},             // a folder that the build names
      {"app/output/several/spool.cpp", {"tmpfile"}},      // has no name
      {"lib/core/process/blas_threads.cpp", {"execve"}},  // this program
      {"lib/core/process/descriptor.cpp", {"open"}},      // a path, /dev/null
      {"lib/core/process/program.cpp", {"tmpfile", "posix_spawnp"}},  // rsvg-convert, fc-list
      {"lib/formats/file_bytes.cpp", {"opened"}},                     // inputs and files of options
      {"lib/writers/output/output.cpp", {"opened", "rename", "unlink"}},
      {"lib/writers/output/temporary_names.cpp", {"mkostemp", "unlink"}}};
  const Doors found = doors();
  for (const auto& one : found) {
    CAPTURE(one.first);
    const auto known = expected.find(one.first);
    REQUIRE(known != expected.end());
    for (const std::string& call : one.second) CHECK_MESSAGE(known->second.contains(call), call);
  }
  CHECK(found.size() == expected.size());
}

TEST_CASE("what is to be typed behind an option is quoted by shell_word, not by hand") {
  const std::regex by_hand(R"x((\$[a-z-]+|option\w* \+ ") '" *\+)x");
  CHECK(std::regex_search("\"choose $tensor '\" + name", by_hand));
  CHECK(std::regex_search("option + \" '\" + name", by_hand));
  for_each_line([&](const std::string& path, const std::string& line) {
    CHECK_MESSAGE(!std::regex_search(line, by_hand), path << ": " << line);
  });
}
