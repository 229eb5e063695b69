#include "formats/edges/conllu.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

namespace attngraph {
namespace {

std::string word(const std::string& id, const std::string& form, const std::string& head) {
  return id + "\t" + form + "\t_\t_\t_\t_\t" + head + "\t_\t_\t_\n";
}

const std::string two_sentences = "# text = don't go\n" + word("1-2", "don't", "_") +
                                  word("1", "do", "3") + word("2", "n't", "3") +
                                  word("2.1", "x", "_") + word("3", "go", "0") + "\n" +
                                  word("1", "stay", "0") + word("2", "here", "1") + "\n";

std::string problem(const std::string& text) {
  try {
    read_conllu(text, "a.conllu", {});
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("words have an edge to their heads, sentence after sentence") {
  REQUIRE(is_conllu(two_sentences));
  const Dump dump = read_conllu(two_sentences, "a.conllu", {});
  CHECK(dump.tokens == std::vector<std::string>{"do", "n't", "go", "stay", "here"});
  CHECK(dump.edges.front().edges.source == std::vector<std::int32_t>{0, 1, 4});
  CHECK(dump.edges.front().edges.target == std::vector<std::int32_t>{2, 2, 3});
  CHECK(dump.edges.front().layer == 0);
  CHECK(dump.edges.front().head == 0);
  CHECK(dump.nodes == 5);
}

TEST_CASE("other text is told from CoNLL-U") {
  CHECK_FALSE(is_conllu("source,target\n0,1\n"));
  CHECK_FALSE(is_conllu("# only a comment\n"));
  CHECK_FALSE(is_conllu(""));
  CHECK_FALSE(is_conllu("a\tb\tc\td\te\tf\tg\th\ti\tj\n"));
}

TEST_CASE("lines that break the rules are named") {
  CHECK(problem("1\tgo\n") == "a.conllu: line 1: 2 fields, expected 10 with tabs between");
  CHECK(problem(word("1", "go", "0") + word("3", "x", "1")) ==
        "a.conllu: line 2: word '3', expected 2");
  CHECK(problem(word("1", "go", "_")) ==
        "a.conllu: line 1: head '_', expected the number of a word");
  CHECK(problem(word("1", "go", "4") + "\n") ==
        "a.conllu: line 2: the sentence before has 1 words, and word 1 has the head 4");
  CHECK(problem("# nothing\n") == "a.conllu: holds no word");
}

}  // namespace attngraph
