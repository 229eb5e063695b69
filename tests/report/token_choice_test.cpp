#include "report/parts/token_choice.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace attngraph;

namespace {

const std::vector<std::string> cats{"[CLS]", "cats", "\u2581ice", "##cream", "cats"};
const std::vector<std::string> years{"1", "2019", "last"};
const std::vector<std::string> sides{"q:le", "q:chat", "k:\u2581the", "k:\u2581cat", "k:le"};

std::string fault(const std::string& text, const std::vector<std::string>& labels) {
  try {
    token_choice(text, labels, "$target");
  } catch (const ArgumentError& error) {
    return std::string(error.what()) + " / " + error.hint();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a token is meant by its index, from the end too, or by its label") {
  CHECK(token_choice("1", cats, "$target") == 1);
  CHECK(token_choice("-1", cats, "$target") == 4);
  CHECK(token_choice("#-2", cats, "$target") == 3);
  CHECK(token_choice("[CLS]", cats, "$target") == 0);
  CHECK(token_choice("=[CLS]", cats, "$target") == 0);
  CHECK(token_choice("last", cats, "$target") == 4);
  CHECK(token_choice("##cream", cats, "$target") == 3);
}

TEST_CASE("a number that is a label too says which it is") {
  CHECK(token_choice("2019", years, "$target") == 1);
  CHECK(fault("1", years) ==
        "$target: '1' is the index of a token, '2019', and the label of token 0 / write #1 for the "
        "first and =1 for the label");
  CHECK(token_choice("#1", years, "$target") == 1);
  CHECK(token_choice("=1", years, "$target") == 0);
  CHECK(token_choice("0", {"0", "1"}, "$target") == 0);
}

TEST_CASE("a word of the option that is a label too says which it is") {
  CHECK(token_choice("last", years, "$target") == 2);  // both are the same token
  const std::vector<std::string> labels{"last", "mean"};
  CHECK(fault("last", labels) ==
        "$target: 'last' is the last token, 'mean', and the label of token 0 / write #last for "
        "the first and =last for the label");
  CHECK(token_choice("#last", labels, "$target") == 1);
  CHECK(token_choice("=last", labels, "$target") == 0);
  CHECK(means_word("mean", "mean", cats, "$target"));
  CHECK(means_word("#mean", "mean", labels, "$target"));
  CHECK_FALSE(means_word("=mean", "mean", labels, "$target"));
  CHECK_THROWS_AS(means_word("mean", "mean", labels, "$target"), ArgumentError);
}

TEST_CASE("labels that begin with a sign are labels") {
  const std::vector<std::string> labels{"#1", "=", "=x", "x"};
  CHECK(token_choice("#1", labels, "$target") == 0);
  CHECK(token_choice("=", labels, "$target") == 1);
  CHECK(token_choice("=x", labels, "$target") == 2);
}

TEST_CASE("queries and keys that are nodes of their own are asked for by side") {
  CHECK(token_choice("k:#1", sides, "$target") == 3);
  CHECK(token_choice("q:1", sides, "$target") == 1);
  CHECK(token_choice("k:le", sides, "$target") == 4);
  CHECK(fault("cat", sides) == "$target: no token is 'cat' / did you mean 'k:\u2581cat'?");
  CHECK(fault("le", sides) == "$target: no token is 'le' / did you mean 'q:le' or 'k:le'?");
  CHECK(fault("k:#3", sides) == "$target: there is no token 3 among 3 / indices run from 0 to 2");
}

TEST_CASE("what no token is gets the nearest label, or what can be given") {
  CHECK(fault("Ice", cats) == "$target: no token is 'Ice' / did you mean '\u2581ice'?");
  CHECK(fault("CLS", cats) == "$target: no token is 'CLS' / did you mean '[CLS]'?");
  // Parts of a text, and what is left of it, are not listed anywhere else.
  CHECK(fault("dog", {"question", "answer"}) ==
        "$target: no token is 'dog' / those of this answer are 'question', 'answer'");
  CHECK(fault("dog", std::vector<std::string>(13, "cats")) ==
        "$target: no token is 'dog' / give an index from 0 to 12, or a label as `attngraph inspect "
        "$verbose` lists them");
  CHECK(fault("cats", cats) ==
        "$target: the token 'cats' occurs 2 times, at 1, 4 / give the index of the one you mean");
  CHECK(fault("cat", {"0", "1"}) ==
        "$target: no token is 'cat': no tokens were given / give an index from 0 to 1, or labels "
        "with $tokens FILE");
  CHECK(fault("7", cats) == "$target: there is no token 7 among 5 / indices run from 0 to 4");
}
