#include "output/console.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "output/notes_of_inputs.hpp"

using namespace attngraph;

namespace {

std::string noted(const std::string& text, std::optional<std::size_t> columns) {
  std::ostringstream err;
  Console(err, columns).note(text);
  return err.str();
}

/// What is said of inputs, each with its notes.
std::string said_of(const std::vector<std::pair<std::string, std::vector<std::string>>>& inputs) {
  std::ostringstream err;
  Console console(err, std::nullopt);
  NotesOfInputs notes(console);
  for (const auto& [name, texts] : inputs) {
    notes.begin_input(name);
    for (const auto& text : texts) notes.note(text);
  }
  CHECK(err.str().empty());
  notes.say();
  return err.str();
}

}  // namespace

TEST_CASE("a note is one line in a file, and broken between words in a terminal") {
  const std::string text = "read as [query, key]: 8 tokens, see $axes";
  CHECK(noted(text, std::nullopt) == "note: read as [query, key]: 8 tokens, see --axes\n");
  CHECK(noted(text, 30) ==
        "note: read as [query, key]: 8\n"
        "      tokens, see --axes\n");
  CHECK(noted(text, 20) == "note: read as [query, key]: 8 tokens, see --axes\n");
}

TEST_CASE("a path that is longer than a line stays whole, so that it can be copied") {
  CHECK(noted("runs/2024-01-01/attention-of-all-layers.npy has no tokens", 30) ==
        "note: runs/2024-01-01/attention-of-all-layers.npy\n"
        "      has no tokens\n");
}

TEST_CASE("errors and hints are broken as notes are") {
  std::ostringstream err;
  Console(err, 40).error(
      {3, "a.npy: holds no attention, but a batch of 2", "choose one: $batch 0"});
  CHECK(err.str() ==
        "attngraph: a.npy: holds no attention,\n"
        "           but a batch of 2\n"
        "hint: choose one: --batch 0\n");
}

TEST_CASE("what is true of all inputs is said once, of some with their names") {
  CHECK(said_of({{"a", {"causal", "8 tokens"}}, {"b", {"causal", "9 tokens"}}}) ==
        "note: causal\nnote: a: 8 tokens\nnote: b: 9 tokens\n");
  CHECK(said_of({{"a", {"x"}}, {"b", {"x"}}, {"c", {}}}) == "note: a, b: x\n");
  CHECK(
      said_of({{"a", {"x"}}, {"b", {"x"}}, {"c", {"x"}}, {"d", {"x"}}, {"e", {"x"}}, {"f", {}}}) ==
      "note: a, b, c and 2 more: x\n");
}

TEST_CASE("a note that is heard twice of an input is said of it once, and a name not doubled") {
  CHECK(said_of({{"a", {"x", "x"}}, {"b", {"b: y"}}}) == "note: a: x\nnote: b: y\n");
}
