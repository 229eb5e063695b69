#include "reading/arrays/tokens/side_tokens.hpp"

#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"

namespace attngraph {
namespace {

using Texts = std::vector<std::string>;

/// A file that has a list for each side.
Dump with_lists(NamedTensor array, NamedTokens keys, NamedTokens queries) {
  Dump dump = dump_of({std::move(array)});
  dump.tokens_name = keys.name;
  dump.tokens = std::move(keys.tokens);
  dump.query_tokens = {std::move(queries)};
  return dump;
}

Reading bertviz(const Shape& shape, Texts right, Texts left, const ReadingRequest& request = {}) {
  return attention_reading(
      with_lists({"attn", uniform(shape)}, {"right_text", right}, {"left_text", left}), request);
}

std::string fault(const Dump& dump) {
  return error_of<InputError>([&] { attention_reading(dump, {}); });
}

}  // namespace

TEST_CASE("lists of both sides that differ are those of cross-attention") {
  const Reading square = bertviz({1, 3, 3}, {"a", "b", "c"}, {"x", "y", "z"});
  CHECK(square.sides == Sides::cross);
  CHECK(square.key_labels == Texts{"a", "b", "c"});
  CHECK(square.query_labels == Texts{"x", "y", "z"});
  CHECK(square.notes == Texts{"queries are labelled by left_text, keys by right_text"});
  const Reading oblong = bertviz({1, 2, 3}, {"a", "b", "c"}, {"x", "y"});
  CHECK(oblong.key_labels == Texts{"a", "b", "c"});
  CHECK(oblong.query_labels == Texts{"x", "y"});
}

TEST_CASE("lists of both sides that are the same are those of self-attention") {
  const Reading reading = bertviz({1, 2, 2}, {"a", "b"}, {"a", "b"});
  CHECK(reading.sides == Sides::self);
  CHECK(reading.query_labels == Texts{"a", "b"});
  // the queries are the last tokens
  const Tensor end = Tensor::from(std::vector<double>{.2, .8, 0, .3, .3, .4}, {2, 3});
  const Dump dump =
      with_lists({"attn", end}, {"key_tokens", {"a", "b", "c"}}, {"query_tokens", {"b", "c"}});
  CHECK(attention_reading(dump, {}).sides == Sides::self);
}

TEST_CASE("a list of the queries alone labels the queries") {
  const Dump cross = with_lists({"cross_attn", uniform({2, 2})}, {"left_text", {"x", "y"}},
                                {"left_text", {"x", "y"}});
  const Reading reading = attention_reading(cross, {});
  CHECK(reading.key_labels.empty());
  CHECK(reading.query_labels == Texts{"x", "y"});
  const Dump self =
      with_lists({"attn", uniform({2, 2})}, {"left_text", {"x", "y"}}, {"left_text", {"x", "y"}});
  CHECK(attention_reading(self, {}).key_labels == Texts{"x", "y"});
}

TEST_CASE("what the request says goes before the lists of the file") {
  ReadingRequest tokens;
  tokens.tokens = {"p", "q", "r"};
  const Reading self = bertviz({1, 3, 3}, {"a", "b", "c"}, {"x", "y", "z"}, tokens);
  CHECK(self.sides == Sides::self);
  CHECK(self.key_labels == tokens.tokens);
  tokens.cross = true;
  CHECK(bertviz({1, 3, 3}, {"a", "b", "c"}, {"x", "y", "z"}, tokens).query_labels ==
        Texts{"x", "y", "z"});
  ReadingRequest causal;
  causal.causal = true;
  CHECK(bertviz({1, 3, 3}, {"a", "b", "c"}, {"x", "y", "z"}, causal).sides == Sides::self);
}

TEST_CASE("a square beside texts of encoder and decoder is asked about, unless its name says") {
  const auto of = [](const char* array) {
    return with_lists({array, uniform({1, 2, 2})}, {"src_tokens", {"a", "b"}},
                      {"tgt_tokens", {"x", "y"}});
  };
  CHECK(fault(of("attention")) ==
        "a.npz: src_tokens and tgt_tokens hold 2 labels each and differ: this may be "
        "cross-attention, or the self-attention of one of them / say which: $cross, or $tokens "
        ":src_tokens or $tokens :tgt_tokens");
  CHECK(attention_reading(of("encoder_attentions"), {}).key_labels == Texts{"a", "b"});
  CHECK(attention_reading(of("decoder_attentions"), {}).key_labels == Texts{"x", "y"});
  const Reading cross = attention_reading(of("cross_attentions"), {});
  CHECK(cross.key_labels == Texts{"a", "b"});
  CHECK(cross.query_labels == Texts{"x", "y"});
  const Reading found = attention_reading(of("attention"), {}, Faults::found);
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings[0].cure ==
        "say which: $cross, or $tokens :src_tokens or $tokens :tgt_tokens");
}

TEST_CASE("of texts of encoder and decoder the one that is as long labels self-attention") {
  const auto of = [](std::size_t tokens) {
    return attention_reading(
        with_lists({"attention", uniform({1, tokens, tokens})}, {"src_tokens", {"a", "b"}},
                   {"tgt_tokens", {"x", "y", "z"}}),
        {});
  };
  CHECK(of(2).key_labels == Texts{"a", "b"});
  CHECK(of(3).key_labels == Texts{"x", "y", "z"});
  CHECK(of(3).notes.front() == "tokens taken from 'tgt_tokens'");
  CHECK(of(4).key_labels.empty());
  CHECK(of(4).notes.front() == "src_tokens left out: 2 labels for 4 queries and 4 keys");
}

TEST_CASE("tokens of queries label the steps that are put together, the last of them none") {
  const auto of = [](Texts target) {
    return attention_reading(
        with_lists({"cross_attentions.0.0", uniform({1, 1, 1, 4})},
                   {"src_tokens", {"a", "b", "c", "d"}}, {"tgt_tokens", std::move(target)}),
        {});
  };
  CHECK(of({"x"}).query_labels == Texts{"x"});
  CHECK(of({"x", "y"}).query_labels.empty());
  CHECK(of({"x", "y"}).notes.back() ==
        "tgt_tokens left out: 2 labels for 1 query and 4 keys: without the last they fit, "
        "tokens[:-1]");
}

TEST_CASE("source and target that name the ends of an edge are turned by their numbers") {
  const Reading reading =
      attention_reading(with_lists({"attention", uniform({1, 2, 3})}, {"source_tokens", {"x", "y"}},
                                   {"target_tokens", {"a", "b", "c"}}),
                        {});
  CHECK(reading.key_labels == Texts{"a", "b", "c"});
  CHECK(reading.query_labels == Texts{"x", "y"});
}

TEST_CASE("targets beside tokens are no other side of a square") {
  const Dump dump = with_lists({"attention", uniform({1, 2, 2})}, {"tokens", {"a", "b"}},
                               {"target_tokens", {"b", "c"}});
  CHECK(attention_reading(dump, {}).sides == Sides::self);
  const Dump queries = with_lists({"attention", uniform({1, 2, 2})}, {"tokens", {"a", "b"}},
                                  {"query_tokens", {"x", "y"}});
  CHECK(attention_reading(queries, {}).sides == Sides::cross);
}

TEST_CASE("the hint about the queries' tokens works as it stands") {
  Dump dump = dump_of({{"attn", uniform({1, 2, 3})}});
  dump.tokens_name = "tokens";
  dump.tokens = {"x", "y"};
  CHECK(fault(dump) ==
        "a.npz: tokens: 2 labels for attention with 2 queries and 3 keys / these "
        "may be the queries' tokens: $query-tokens");
  ReadingRequest followed;
  followed.query_tokens = {"x", "y"};
  const Reading reading = attention_reading(dump, followed);
  CHECK(reading.key_labels.empty());
  CHECK(reading.query_labels == Texts{"x", "y"});
}

TEST_CASE("of one label too many the hint says what it may be") {
  ReadingRequest request;
  request.tokens = {"0", "a", "b"};
  const auto hint = [&](std::vector<NamedTensor> tensors) {
    return error_of<InputError>([&] { attention_reading(dump_of(std::move(tensors)), request); });
  };
  CHECK(hint({{"a", uniform({2, 2})}})
            .ends_with("/ give one label for each key with $tokens (the first, '0', may be the "
                       "header of a column)"));
  request.tokens = {"x", "a", "b"};
  CHECK(hint({{"a", uniform({2, 2})}}).ends_with("for each key with $tokens"));
  const Tensor first = Tensor::from(std::vector<double>{1}, {1, 1, 1, 1});
  const Tensor second = Tensor::from(std::vector<double>{.5, .5}, {1, 1, 1, 2});
  CHECK(hint({{"step_0.layer_0", first}, {"step_1.layer_0", second}})
            .ends_with("$tokens (the last token that generate() gave asks nothing: tokens[:-1])"));
}

TEST_CASE("each input of a file has lists of its own") {
  Dump dump = dump_of({{"0.attn", uniform({2, 2})}, {"1.attn", uniform({2, 2})}});
  dump.tokens_name = "0.right_text";
  dump.tokens = {"a", "b"};
  dump.tokens_of_inputs = {{"0.right_text", {"a", "b"}}, {"1.right_text", {"c", "d"}}};
  dump.query_tokens = {{"0.left_text", {"x", "y"}}, {"1.left_text", {"z", "w"}}};
  ReadingRequest second;
  second.tensor = "1.attn";
  const Reading reading = attention_reading(dump, second);
  CHECK(reading.key_labels == Texts{"c", "d"});
  CHECK(reading.query_labels == Texts{"z", "w"});
}

TEST_CASE("the list in the same object is the array's own") {
  Dump dump = dump_of({{"cat.attn", uniform({2, 2})},
                       {"dog.attn", uniform({2, 2})},
                       {"cow.attn", uniform({2, 2})}});
  dump.tokens_name = "cat.tokens";
  dump.tokens = {"a", "b"};
  dump.tokens_of_inputs = {{"cat.tokens", {"a", "b"}}, {"dog.tokens", {"c", "d"}}};
  ReadingRequest request;
  const auto labels = [&](const char* array) {
    request.tensor = array;
    return attention_reading(dump, request).key_labels;
  };
  CHECK(labels("cat.attn") == Texts{"a", "b"});
  CHECK(labels("dog.attn") == Texts{"c", "d"});
  CHECK(labels("cow.attn").empty());
  dump.tokens_of_inputs.push_back({"tokens", {"p", "q"}});
  CHECK(labels("cow.attn") == Texts{"p", "q"});
  request.tensor = "dog.attn";
  CHECK(attention_reading(dump, request).notes.back() == "tokens taken from 'dog.tokens'");
}

TEST_CASE("both lists in the same object are the array's own") {
  Dump dump = dump_of({{"All.attn", uniform({1, 2, 2})}, {"A->B.attn", uniform({1, 2, 2})}});
  dump.tokens_name = "All.right_text";
  dump.tokens = {"a", "b"};
  dump.tokens_of_inputs = {{"All.right_text", {"a", "b"}}, {"A->B.right_text", {"c", "d"}}};
  dump.query_tokens = {{"All.left_text", {"a", "b"}}, {"A->B.left_text", {"x", "y"}}};
  ReadingRequest request;
  request.tensor = "A->B.attn";
  const Reading cross = attention_reading(dump, request);
  CHECK(cross.sides == Sides::cross);
  CHECK(cross.key_labels == Texts{"c", "d"});
  CHECK(cross.query_labels == Texts{"x", "y"});
  request.tensor = "All.attn";
  CHECK(attention_reading(dump, request).sides == Sides::self);
}

TEST_CASE("cross-attention in a decoder has the keys of the encoder") {
  Dump dump = dump_of({{"encoder.attentions", uniform({1, 2, 2})},
                       {"decoder.attentions", uniform({1, 2, 2})},
                       {"decoder.cross_attentions", uniform({1, 2, 2})}});
  dump.tokens_name = "encoder.tokens";
  dump.tokens = {"a", "b"};
  dump.tokens_of_inputs = {{"encoder.tokens", {"a", "b"}}, {"decoder.tokens", {"x", "y"}}};
  ReadingRequest request;
  request.tensor = "decoder.cross_attentions";
  const Reading reading = attention_reading(dump, request);
  CHECK(reading.key_labels == Texts{"a", "b"});
  CHECK(reading.query_labels == Texts{"x", "y"});
  request.tensor = "decoder.attentions";
  CHECK(attention_reading(dump, request).key_labels == Texts{"x", "y"});
}

}  // namespace attngraph
