// docs/papers.md: every command runs, and every paper behind a column has a row.
#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "cli/scratch_folder.hpp"
#include "cli/transcript.hpp"
#include "command.hpp"

using namespace attngraph;
using namespace attngraph::test;

namespace {

struct Row {
  std::string paper, identifier, command;
};

/// The rows of its tables: | paper | identifier | its number | command | where it differs |
std::vector<Row> rows() {
  std::istringstream lines(file_text(ATTNGRAPH_ROOT "/docs/papers.md"));
  static const std::regex row(
      R"(\| ([^|]+) \| ([^|]*) ?\| [^|]+ \| `(attngraph [^`|]+)` \| [^|]*\|)");
  std::vector<Row> found;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ") || line.starts_with("| paper |")) continue;
    std::smatch parts;
    CAPTURE(line);
    REQUIRE(std::regex_match(line, parts, row));
    found.push_back({parts[1], parts[2], parts[3]});
  }
  return found;
}

/// Whose a measure is, as its column tells: "Lin 1991", "Clark et al. 2019".
std::set<std::string> papers_named_in(std::string_view text) {
  static const std::regex name(
      R"(((?:[A-Z][^\s,;()]*(?: and [A-Z][^\s,;()]*| et al\.)?) (?:19|20)\d\d))");
  const std::string whole(text);
  std::set<std::string> found;
  for (std::sregex_iterator at(whole.begin(), whole.end(), name), end; at != end; ++at) {
    found.insert(at->str());
  }
  return found;
}

}  // namespace

TEST_CASE("every command in the page of papers runs") {
  const ScratchFolder folder;
  for (const Row& row : rows()) {
    CAPTURE(row.command);
    CHECK(shown_by_shell(row.command + " -q >/dev/null", folder.path()) == "");
  }
}

TEST_CASE("the page of papers names each by an identifier that has its form") {
  static const std::regex form(R"(|arXiv:\d{4}\.\d{4,5} |doi:10\.\d{4,}/\S+ |OpenReview:\w+ )");
  for (const Row& row : rows()) {
    CAPTURE(row.paper);
    CHECK(std::regex_match(row.identifier, form));
  }
}

TEST_CASE("every paper behind a column has a row in the page of papers") {
  std::set<std::string> with_a_row;
  for (const Row& row : rows()) with_a_row.merge(papers_named_in(row.paper));
  for (const auto& make : command_makers()) {
    const auto command = make();
    for (const AnswerColumns& answer : command->every_columns()) {
      for (const Schema* schema : {&answer.columns, &answer.summary}) {
        for (const Column& column : *schema) {
          CAPTURE(command->manual().name);
          CAPTURE(column.paper);
          const std::set<std::string> named = papers_named_in(column.paper);
          CHECK((column.paper.empty() || !named.empty()));
          CHECK(std::includes(with_a_row.begin(), with_a_row.end(), named.begin(), named.end()));
        }
      }
    }
  }
}
