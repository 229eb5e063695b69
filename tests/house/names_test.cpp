// Two types of one name in two headers are one type to the linker: it keeps the functions of
// either, and the program of the other falls over.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>

TEST_CASE("every type in a header has a name of its own") {
  const std::regex definition("^(struct|class|enum class) ([A-Za-z0-9]+)( final)?( : .*)? \\{.*");
  std::map<std::string, std::string> header_of;
  for (const char* part : {"/app", "/lib"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(ATTNGRAPH_ROOT + std::string(part))) {
      if (entry.path().extension() != ".hpp") continue;
      std::ifstream file(entry.path());
      std::smatch found;
      for (std::string line; std::getline(file, line);) {
        if (!std::regex_match(line, found, definition)) continue;
        const std::string path = entry.path().string();
        const std::string& other = header_of.emplace(found[2], path).first->second;
        CHECK_MESSAGE(other == path, found[2], " stands in ", path, " and in ", other);
      }
    }
  }
  CHECK(header_of.size() > 100);
}
