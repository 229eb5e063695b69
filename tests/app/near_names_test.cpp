#include "options/near_names.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "core/text/near_word.hpp"
#include "options/stray_words.hpp"

using namespace attngraph;

namespace {

using Names = std::vector<std::string>;

const Names options{"--head", "--heads", "--layer",    "--out",    "--rows",  "--top",
                    "--jobs", "--top-k", "--colormap", "--target", "--force", "--distance"};

std::string refusal(const Names& names) {
  try {
    check_stray_words(names);
  } catch (const ArgumentError& error) {
    return error.problem() + "\n" + error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("a word is near with a third of its letters other, left out, added or swapped") {
  CHECK(nearest_word("--layr", options) == "--layer");
  CHECK(nearest_word("--lyaer", options) == "--layer");
  CHECK(nearest_word("--LAYER", options) == "--layer");
  CHECK(nearest_word("--topk", options) == "--top-k");
  CHECK(nearest_word("--colourmap", options) == "--colormap");
  CHECK(nearest_word("--seed", options).empty());
  CHECK(nearest_word("--sort", options).empty());
  CHECK(nearest_word("-k", options).empty());
  CHECK(nearest_word("", options).empty());
}

TEST_CASE("a beginning that only one word has means that word") {
  CHECK(nearest_word("--dist", options) == "--distance");
  CHECK(nearest_word("--to", options).empty());
}

TEST_CASE("what other programs call an option leads to ours, where the command has it") {
  CHECK(suggestion("--output", options) == "did you mean --out?");
  CHECK(suggestion("--limit", options) == "did you mean --rows or --top?");
  CHECK(suggestion("-n", options) == "did you mean --rows or --top?");
  CHECK(suggestion("--threads", options) == "did you mean --jobs?");
  CHECK(suggestion("--cmap", options) == "did you mean --colormap?");
  CHECK(suggestion("--source", options) == "did you mean --target?");
  CHECK(suggestion("--query", options) == "did you mean --target?");
  CHECK(suggestion("-k", options) == "did you mean --top-k or --top?");
  CHECK(suggestion("--cols", options).empty());
  CHECK(suggestion("--cols", {"--columns"}) == "did you mean --columns?");
  CHECK(suggestion("--source", {"--force"}).empty());
  CHECK(suggestion("--seed", options).empty());
}

TEST_CASE("a dash that is no hyphen is named") {
  for (const std::string dash : {"–", "—", "−", "‐", "‑", "-–", "－"}) {
    CAPTURE(dash);
    CHECK(refusal({"data/minilm/cats/attention.npy", dash + "layer", "0"}) ==
          "'" + dash +
              "layer' begins with a dash that is no hyphen\n"
              "write --layer with hyphens, as on the keyboard");
  }
  CHECK(refusal({"–o", "x.csv"}).ends_with("write -o with hyphens, as on the keyboard"));
  CHECK(refusal({"-"}).empty());
  CHECK(refusal({"–"}).empty());
}

TEST_CASE("the halves of a name with a space, and of a list, are named") {
  CHECK(refusal({"my", "file.npy"}) ==
        "there is neither a file 'my' nor a file 'file.npy'\n"
        "quote a name with spaces: 'my file.npy'");
  CHECK(refusal({"a.npy", "b.npy"}).empty());
  CHECK(refusal({"data/minilm", "nowhere"}).empty());
  CHECK(refusal({",in_strength"}) ==
        "',in_strength' is half a list\nwrite no space beside a comma: a,b");
}

TEST_CASE("inputs with commas between them are no list") {
  CHECK(refusal({"README.md,", "b.npy"}) ==
        "'README.md,' is no file, README.md is\n"
        "several inputs have blanks between them, and no commas: a.npy b.npy");
}
