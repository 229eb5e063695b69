#include "tensor/token_side.hpp"

#include <doctest/doctest.h>

namespace attngraph {

TEST_CASE("lists of tokens say by their names whose they are") {
  for (const char* name : {"left_text", "query_tokens", "tgt_tokens", "decoder_tokens", "q_tokens",
                           "tokens_q", "target_tokens", "decoder_input_tokens", "row_labels",
                           "params.attention.0.left_text", "tgt", "query_tokens_3"}) {
    CAPTURE(name);
    CHECK(token_side(name) == TokenSide::queries);
  }
  for (const char* name : {"right_text", "key_tokens", "src_tokens", "encoder_tokens", "k-tokens",
                           "source_tokens", "Source_Tokens", "col_labels", "src", "0.key_tokens"}) {
    CAPTURE(name);
    CHECK(token_side(name) == TokenSide::keys);
  }
  for (const char* name : {"tokens", "labels", "input_tokens", "text", "left", "q", "key",
                           "target_labels", "y_labels", "hypertext", "lefttext", ""}) {
    CAPTURE(name);
    CHECK(token_side(name) == TokenSide::both);
  }
}

TEST_CASE("source and target are texts of their own, left and right are sides") {
  CHECK(names_a_text("src_tokens"));
  CHECK(names_a_text("1.decoder_tokens"));
  CHECK_FALSE(names_a_text("left_text"));
  CHECK_FALSE(names_a_text("key_tokens"));
}

}  // namespace attngraph
