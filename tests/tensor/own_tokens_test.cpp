#include "tensor/own_tokens.hpp"

#include <doctest/doctest.h>

#include <string_view>

using namespace attngraph;

TEST_CASE("the name of a list says whose tokens it holds") {
  struct Names {
    const char *list, *own, *other;
  };
  for (const Names& names : {Names{"dog.tokens", "dog.attn", "cat.attn"},
                             {"dog_tokens", "dog_attn", "cat_attn"},
                             {"dog/tokens", "dog/attn", "cat/attn"},
                             {"dog-words", "dog-attn", "dogs-attn"},
                             {"tokens_dog", "attn_dog", "attn_cat"},
                             {"tokens.dog", "attn.dog", "attn.cat"},
                             {"tokens.dog", "attn.dog.layer_3", "attn.dogs"},
                             {"dog_tokens", "dog", "cat"},
                             {"dog_left_text", "dog_attn", "cat_attn"},
                             {"0.0", "0.1", "1.1"},
                             {"1.tokens", "1.attn", "0.attn"},
                             {"tokens_1", "attn_1_layer_0", "attn_0_layer_1"},
                             {"s1.tokens", "s1.attn", "s2.attn"},
                             {"tokens.dog1", "attn.dog1", "attn.cat1"},
                             {"A->B.left_text", "A->B.attn", "All.attn"}}) {
    CAPTURE(names.list);
    CAPTURE(names.own);
    CHECK(kinship(names.list, names.own).whole);
    CHECK_FALSE(kinship(names.list, names.other).whole);
    CHECK(kinship(names.list, names.own).length > kinship(names.list, names.other).length);
  }
}

TEST_CASE("a list without more to its name is that of all arrays alike") {
  for (const char* list : {"tokens", "src_tokens", "input_tokens", "left_text"}) {
    CHECK(kinship(list, "dog.attn").length == 0);
    CHECK(kinship(list, "attn").whole);
  }
}

TEST_CASE("objects within one object are akin") {
  CHECK(kinship("dog.inputs.tokens", "dog.outputs.attentions.0").length == 4);
  CHECK(kinship("dog.inputs.tokens", "cat.outputs.attentions.0").length == 0);
  CHECK(kinship("input_1.tokens", "output_1.attn").length > 0);
}

TEST_CASE("what names tokens is told from the word beside it") {
  CHECK(token_word("a.dog_src_tokens_3") == "src_tokens");
  CHECK(token_word("tokens.dog") == "tokens");
  CHECK(token_word("run.tokens.dog") == "tokens");
  CHECK(token_word("x.vocabulary") == "vocabulary");
  CHECK(owner_place("a.tokens_0") == OwnerPlace::folder);
  CHECK(owner_place("dog_tokens") == OwnerPlace::word);
  CHECK(owner_place("vocabulary") == OwnerPlace::none);
}
