#include "reading/arrays/array_name.hpp"

#include <doctest/doctest.h>

using namespace attngraph;

TEST_CASE(
    "the role of an array is that of the last part of its name that tells more than a place") {
  using enum Role;
  const auto role = [](const char* name) { return array_name(name).role; };
  for (const char* name :
       {"attention", "attentions", "attentions.3", "attn", "attn_weights", "layer_3_attn",
        "blocks.2.attn.hook_pattern", "encoder_attentions.0", "step_0.cross_attentions.layer_1",
        "weights", "decoder.layers.4.self_attn", "out/attentions/layer_3", "Attention"}) {
    CHECK_MESSAGE(role(name) == attention, name);
  }
  for (const char* name : {"query", "q", "query_states", "layer.3.query_layer", "hook_q",
                           "blocks.0.attn.hook_q", "layer_2.q"}) {
    CHECK_MESSAGE(role(name) == query, name);
  }
  for (const char* name : {"key", "k", "blocks.0.attn.hook_k", "K"}) {
    CHECK_MESSAGE(role(name) == key, name);
  }
  CHECK(role("attn.v") == value);
  for (const char* name : {"layers.0.self_attn.q_proj", "q_lin", "to_q", "self.query.output"}) {
    CHECK_MESSAGE(role(name) == query, name);
  }
  CHECK(role("k_proj") == key);
  CHECK(role("attn.to_v.output") == value);
  for (const char* name : {"h.0.attn.c_attn", "attention.query_key_value", "blocks.0.attn.qkv",
                           "to_qkv", "qkv_proj", "Wqkv", "W_pack", "mixed_qkv", "c_attn.output"}) {
    CHECK_MESSAGE(role(name) == fused, name);
  }
  CHECK(role("layers.0.self_attn.output") == unknown);
  CHECK(role("q_proj.weight") == unknown);
  for (const char* name : {"mask", "attention_mask", "layer_0.attn_mask"}) {
    CHECK_MESSAGE(role(name) == mask, name);
  }
  for (const char* name : {"attn_weights_grad", "unmasked", "layer_0", "arr_3", "", "0",
                           "c_attn.bias", "blocks.0.attn.hook_attn_scores", "monkey"}) {
    CHECK_MESSAGE(role(name) == unknown, name);
  }
}

TEST_CASE("numbers of a name are taken out with the word before each") {
  const ArrayName name = array_name("step_12.Layer-3.head4");
  CHECK(name.pattern == "step_#.Layer-#.head#");
  CHECK(name.numbers == std::vector<std::int64_t>{12, 3, 4});
  CHECK(name.words == std::vector<std::string>{"step", "layer", "head"});
  CHECK(array_name("0.1").words == std::vector<std::string>{"", ""});
}

TEST_CASE("where a name begins with a number and ends with a word, words stand behind numbers") {
  CHECK(array_name("0_layer_3_head").words == std::vector<std::string>{"layer", "head"});
  CHECK(array_name("7layer").words == std::vector<std::string>{"layer"});
  CHECK(array_name("0_layer_3_attn").words == std::vector<std::string>{"", "layer"});
  CHECK(array_name("0.layer_3").words == std::vector<std::string>{"", "layer"});
  CHECK(array_name("x0_layer_3_head").words == std::vector<std::string>{"x", "layer"});
}

TEST_CASE("a minus behind a mark is the sign of a number") {
  const ArrayName name = array_name("layer_-2_q");
  CHECK(name.pattern == "layer_#_q");
  CHECK(name.numbers == std::vector<std::int64_t>{-2});
  CHECK(name.role == Role::query);
  CHECK(array_name("-1").numbers == std::vector<std::int64_t>{-1});
  CHECK(array_name("layer-3").numbers == std::vector<std::int64_t>{3});
}

TEST_CASE("the word before a number is the one that says what it counts") {
  CHECK(array_name("layer_idx_3").words == std::vector<std::string>{"layer"});
  CHECK(array_name("albert_layer_groups.0").words == std::vector<std::string>{"layer"});
  CHECK(array_name("idx_3").words == std::vector<std::string>{"idx"});
}

TEST_CASE("a number too long to count is part of the name") {
  CHECK(array_name("run20240131120000").pattern == "run20240131120000");
}

TEST_CASE("a # of the name's own is no number") {
  CHECK(array_name("attn_#").numbers.empty());
  CHECK(array_name("attn_#").pattern != array_name("attn_0").pattern);
  CHECK(array_name("#_3").pattern != array_name("3_#").pattern);
}

TEST_CASE("names say cross-attention, and tokens before heads") {
  CHECK(array_name("cross_attentions.0").cross);
  CHECK(array_name("decoder.block.0.EncDecAttention").cross);
  CHECK_FALSE(array_name("decoder_attentions.0").cross);
  CHECK(array_name("blocks.0.attn.hook_q").tokens_first);
  CHECK_FALSE(array_name("blocks.0.attn.hook_pattern").tokens_first);
  CHECK_FALSE(array_name("q").tokens_first);
}

TEST_CASE("names of projections say that heads lie in the width") {
  CHECK(array_name("layers.0.self_attn.q_proj").heads_in_width);
  CHECK(array_name("v_lin").heads_in_width);
  CHECK_FALSE(array_name("query").heads_in_width);
}

TEST_CASE("two names are those of queries and keys where they differ so") {
  const auto called = [](const char* query, const char* key) {
    return are_called_as_query_and_key(array_name(query), array_name(key));
  };
  CHECK(called("mixed_query_layer", "mixed_key_layer"));
  CHECK(called("layers.0.xq", "layers.1.xk"));
  CHECK(called("Q_norm", "K_norm"));
  CHECK_FALSE(called("xk", "xq"));
  CHECK_FALSE(called("xq", "xv"));
  CHECK_FALSE(called("xq", "wk"));
}
