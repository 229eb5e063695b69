// A check of clang-tidy is off for a reason that stands in the same file: `# name, name: why`.
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace {

/// The last part of a check's name: `bugprone-exception-escape` is of the group `bugprone`, and
/// `clang-analyzer-optin.performance.Padding` of a long one.
std::string short_name(std::string check) {
  check.erase(0, check.find('-', 1) + 1);
  const auto dot = check.rfind('.');
  return dot == std::string::npos ? check : check.substr(dot + 1);
}

std::set<std::string> names_with_reason(const std::string& comment) {
  std::set<std::string> names;
  const auto colon = comment.find(": ");
  if (!comment.starts_with("# ") || colon == std::string::npos) return names;
  std::istringstream list(comment.substr(2, colon - 2));
  for (std::string name; list >> name;) {
    if (name.back() == ',') name.pop_back();
    names.insert(name);
  }
  return names;
}

}  // namespace

TEST_CASE("every check of clang-tidy that is off has its reason beside it") {
  std::ifstream file(ATTNGRAPH_ROOT "/.clang-tidy");
  std::set<std::string> off;
  std::set<std::string> explained;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("  -")) off.insert(short_name(line.substr(3, line.find(',') - 3)));
    explained.merge(names_with_reason(line));
  }
  CHECK(off.size() > 3);
  for (const auto& name : off) CHECK_MESSAGE(explained.count(name) == 1, name, " has no reason");
}
