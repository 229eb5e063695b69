#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "command.hpp"
#include "core/error.hpp"
#include "help/explain.hpp"
#include "help/first_word.hpp"
#include "options/common_options.hpp"
#include "options/options.hpp"
#include "options/table_options.hpp"
#include "output/option_notation.hpp"

using namespace attngraph;

namespace {

constexpr std::size_t wide = 100;

/// Calls `visit(command, answer, column)` for every column and number of every answer.
template <typename Visit>
void for_each_column(const Visit& visit) {
  for (const auto& make : command_makers()) {
    const auto command = make();
    for (const AnswerColumns& answer : command->every_columns()) {
      for (const Schema* schema : {&answer.columns, &answer.summary}) {
        for (const Column& column : *schema) visit(command->manual().name, answer, column);
      }
    }
  }
}

/// What a text is in a cell of a table in Markdown.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : in_dashes(std::string(text))) escaped += c == '|' ? "\\|" : std::string(1, c);
  return escaped;
}

void append_table(std::string& text, const AnswerColumns& answer) {
  text += "| column | says | formula, paper |\n|---|---|---|\n";
  for (const Schema* schema : {&answer.columns, &answer.summary}) {
    for (const Column& column : *schema) {
      const bool both = !column.formula.empty() && !column.paper.empty();
      text += "| `" + column.name + "` | " + cell(column.about) + " | " + cell(column.formula) +
              (both ? "; " : "") + cell(column.paper) + " |\n";
    }
  }
  for (const Column& column : answer.columns) {
    if (column.words.empty()) continue;
    text += "\n| " + column.name + " | holds where |\n|---|---|\n";
    for (const auto& [word, meaning] : column.words) {
      text += "| `" + std::string(word) + "` | " + cell(meaning) + " |\n";
    }
  }
}

/// docs/columns.md as the declarations have it.
std::string document() {
  std::string text =
      "# Columns\n\n"
      "What each column of an answer says, and each number below its rows, as `attngraph explain "
      "NAME` tells "
      "it.\n"
      "[methods.md](methods.md) defines the numbers in full. Labels stand at the end of a row, "
      "where "
      "tokens are known.\n";
  for (const auto& make : command_makers()) {
    const auto command = make();
    for (const AnswerColumns& answer : command->every_columns()) {
      if (answer.columns.empty()) continue;
      text += answer.asked_by.empty() ? "\n## " : "\n### ";
      text += command->manual().name;
      if (!answer.asked_by.empty()) text += " " + in_dashes(answer.asked_by);
      text += "\n\n";
      append_table(text, answer);
    }
  }
  return text;
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every column and number has one sentence, which fits on a line") {
  for_each_column([](const std::string& command, const AnswerColumns&, const Column& column) {
    CAPTURE(command);
    CAPTURE(column.name);
    CHECK_FALSE(column.about.empty());
    CHECK(column.about.size() < 120);
    CHECK_FALSE(column.about.ends_with('.'));
    CHECK(column.about.find("--") == column.about.npos);
  });
}

TEST_CASE("a label stands beside an index of its answer, and every token has one") {
  for_each_column(
      [](const std::string& command, const AnswerColumns& answer, const Column& column) {
        CAPTURE(command);
        CAPTURE(column.name);
        const auto labels = [&](const Column& other) { return other.label_of == column.name; };
        const auto& columns = answer.columns;
        const bool token = column.about.find("token") != column.about.npos &&
                           column.type == ColumnType::integer && column.name != "tokens";
        if (token) CHECK(std::any_of(columns.begin(), columns.end(), labels));
        if (column.label_of.empty()) return;
        CHECK(std::any_of(columns.begin(), columns.end(),
                          [&](const Column& other) { return other.name == column.label_of; }));
      });
}

TEST_CASE("the document of columns has the sentences of the declarations") {
  const std::string path = ATTNGRAPH_ROOT "/docs/columns.md";
  if (std::getenv("ATTNGRAPH_REBASE") != nullptr) {
    std::ofstream(path, std::ios::binary) << document();
  }
  CHECK(file_text(path) == document());
}

TEST_CASE("explain tells sentence, formula and paper of a column") {
  CHECK(explanation({"sink_mass"}, wide) ==
        "sink_mass (heads)\n"
        "  mean attention to the sink of the queries that see it; above 0.3 it is one\n"
        "  formula  max_k mean_q A[q, k] over queries q that see k, keys k seen by half of them\n"
        "  paper    Xiao et al. 2024; Gu et al. 2025 for the threshold, who ask key 0 alone\n");
}

TEST_CASE("explain tells a name that means several things for each answer that has it") {
  const std::string text = explanation({"cluster"}, wide);
  CHECK(text.find("cluster (compare --cluster)\n  group of the head") != text.npos);
  CHECK(text.find("\n\ncluster (compare --merges)\n  cluster that the merge makes") != text.npos);
}

TEST_CASE("explain tells of one command what is asked about with its name") {
  const std::string text = explanation({"layers.weight"}, wide);
  CHECK(text.starts_with("weight (layers)\n"));
  CHECK(text.find("(attend") == text.npos);
}

TEST_CASE("explain tells kinds of heads and numbers below the rows") {
  CHECK(explanation({"mixed"}, wide) == "mixed, a type (heads)\n  none of the other rules holds\n");
  CHECK(explanation({"type"}, wide).find("\n  mixed      none of the other rules holds\n") !=
        std::string::npos);
  CHECK(explanation({"saturated_share"}, wide).starts_with("saturated_share (flow)\n"));
}

TEST_CASE("explain lists the columns of a command that is no column itself") {
  CHECK(explanation({"maxflow"}, wide).find("maxflow --cut:\n") != std::string::npos);
}

TEST_CASE("a name that nothing has is refused with the nearest one") {
  try {
    explanation({"entropi"}, wide);
    FAIL("it was explained");
  } catch (const ArgumentError& error) {
    CHECK(error.problem() == "no column, number or kind of head is called 'entropi'");
    CHECK(error.hint() == "did you mean entropy?");
  }
  CHECK_THROWS_AS(explanation({}, wide), ArgumentError);
  CHECK_THROWS_AS(explanation({"centrality.entropy"}, wide), ArgumentError);
}

TEST_CASE("explain tells a column and the columns of the command that has the same name") {
  const std::string text = explanation({"heads"}, wide);
  CHECK(text.starts_with("heads (inspect)\n"));
  CHECK(text.find("\nheads:\n") != text.npos);
  CHECK(text.find("  sink_mass") != text.npos);
  CHECK(text.find("\nheads --offsets:\n") != text.npos);
}

TEST_CASE("a command without columns, and what is no command with any, is not explained") {
  const auto refusal = [](const std::string& name) {
    try {
      return explanation({name}, wide);
    } catch (const ArgumentError& error) {
      return error.problem() + " / " + error.hint();
    }
  };
  CHECK(
      refusal("heatmap") ==
      "heatmap is a command whose answer has no columns / what it does: attngraph heatmap --help");
  CHECK(refusal("demo").find("did you mean demo") == std::string::npos);
  CHECK(refusal("xyzzy") ==
        "no column, number or kind of head is called 'xyzzy' / attngraph explain heads lists those "
        "of heads, a command");
}

namespace {

/// What is said of a column to sort by, after these other words of a command line.
std::string refused_column(const std::string& name, const std::vector<std::string>& words,
                           const std::string& column) {
  const auto command = find_command(name);
  CommonOptions common;
  parse_options(name, words, [&](OptionTable& options) { declare_all(options, *command, common); });
  common.output.table.sort = column;
  try {
    check_table(common.output.table, *command);
  } catch (const ArgumentError& error) {
    return error.problem() + " / " + error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("a column that another way to ask has leads to that way, not to one called alike") {
  const auto none = [](const std::string& column, const std::string& hint) {
    return "there is no column '" + column + "' / " + hint;
  };
  CHECK(refused_column("topology", {}, "h1_sum") == none("h1_sum", "--dimension 1 gives it"));
  CHECK(refused_column("topology", {"--dimension", "1"}, "h1_sum").empty());
  CHECK(refused_column("structure", {}, "community") == none("community", "--members gives it"));
  CHECK(refused_column("heads", {}, "gini") == none("gini", "--gini gives it"));
  CHECK(refused_column("heads", {}, "grid_distance") ==
        none("grid_distance", "--grid HxW gives it"));
  CHECK(refused_column("heads", {"--offsets"}, "entropy") ==
        none("entropy", "leave --offsets out: it is a column of the usual answer"));
  CHECK(refused_column("centrality", {}, "hub") == none("hub", "--metric hub gives it"));
  CHECK(refused_column("heads", {}, "entropi").starts_with(none("entropi", "did you mean")));
}

TEST_CASE("every column that an option adds is known with that option") {
  for (const char* column : {"gini", "grid_distance", "spatial_entropy"}) {
    CAPTURE(column);
    CHECK_FALSE(find_command("heads")->option_of(column).empty());
  }
  CHECK(find_command("heads")->option_of("entropy").empty());
  CHECK(find_command("topology")->option_of("h0_sum").empty());
  CHECK(find_command("centrality")->option_of("influence") == "$metric influence");
}
