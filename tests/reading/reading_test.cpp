#include "reading/reading.hpp"
#include "reading/reading_text.hpp"

#include <doctest/doctest.h>

#include "sample.hpp"

using namespace attngraph;

namespace {

Reading read(std::vector<NamedTensor> tensors, const ReadingRequest& request = {}) {
  return attention_reading(dump_of(std::move(tensors)), request);
}

std::string text(std::vector<NamedTensor> tensors, const ReadingRequest& request = {}) {
  const Reading reading = read(std::move(tensors), request);
  return reading_text(reading, reading.causal);
}

ReadingRequest with_tensor(const std::string& name) {
  ReadingRequest request;
  request.tensor = name;
  return request;
}

ReadingRequest with_batch(std::size_t batch) {
  ReadingRequest request;
  request.batch = batch;
  return request;
}

template <typename Kind = InputError>
std::string fault(std::vector<NamedTensor> tensors, const ReadingRequest& request = {}) {
  return error_of<Kind>([&] { read(std::move(tensors), request); });
}

}  // namespace

TEST_CASE("one note says the reading") {
  CHECK(text({{"", uniform({3, 3})}}) ==
        "read as [query, key]: 1 layer of 1 head, 3 tokens, self-attention");
  CHECK(text({{"", uniform({2, 4, 3, 3})}}) ==
        "read as [layer, head, query, key]: 2 layers of 4 heads, 3 tokens, self-attention");
  CHECK(text({{"", uniform({6, 3, 12, 5, 5})}}, with_batch(1)) ==
        "read as [layer, batch, head, query, key]: 6 layers of 12 heads, 5 tokens, "
        "self-attention, $batch 1 of 0 to 2");
  CHECK(text({{"layer_2", uniform({1, 2, 3, 3})}, {"layer_10", uniform({1, 2, 3, 3})}}) ==
        "read as [batch, head, query, key] for each layer, layer_2 to layer_10: 2 layers of 2 "
        "heads, 3 tokens, self-attention");
  CHECK(text({{"cross_attentions.0", uniform({1, 2, 3, 3})}}) ==
        "read as [batch, head, query, key]: 1 layer of 2 heads, 3 queries and 3 keys, "
        "cross-attention");
  ReadingRequest causal;
  causal.causal = false;
  CHECK(text({{"", uniform({3, 3})}}, causal) ==
        "read as [query, key]: 1 layer of 1 head, 3 tokens, self-attention, not causal");
}

TEST_CASE("layers follow the numbers in their names") {
  const auto first = [](double value) {
    return Tensor::from(std::vector<double>{value, 1 - value, 0, 1}, {1, 2, 2});
  };
  const Reading reading = read({{"h.10", first(.3)}, {"h.2", first(.1)}, {"h.9", first(.2)}});
  REQUIRE(reading.layers.size() == 3);
  for (std::size_t l = 0; l < 3; ++l) {
    CHECK(reading.layers[l].to_doubles()[0] == doctest::Approx(.1 * static_cast<double>(l + 1)));
  }
}

TEST_CASE("one member chosen out of a set keeps the reading of the set") {
  const std::vector<NamedTensor> swin{{"layer_0", uniform({16, 3, 4, 4})},
                                      {"layer_1", uniform({4, 6, 4, 4})}};
  CHECK(fault(swin, with_tensor("layer_0")) ==
        "a.npz: layer_0: shape [16, 3, 4, 4] read as [batch, head, query, key] holds a batch of "
        "16 / choose one with $batch 0, or say what the axes are with $axes");
  ReadingRequest third = with_tensor("layer_0");
  third.batch = 3;
  const Reading reading = read(swin, third);
  CHECK(reading.layers.size() == 1);
  CHECK(reading.heads() == 3);
}

TEST_CASE("a name of one layer is that also where it stands alone") {
  const auto axes = [](const char* name) {
    return axes_text(read({{name, uniform({1, 2, 3, 3})}}).axes);
  };
  for (const char* name : {"blocks.3.attn.hook_pattern", "layer_0", "attentions.0", "0"}) {
    CHECK_MESSAGE(axes(name) == "[batch, head, query, key]", name);
  }
  for (const char* name : {"", "attention", "arr_0"}) {
    CHECK_MESSAGE(axes(name) == "[layer, head, query, key]", name);
  }
}

TEST_CASE("arrays of different inputs are no layers of one") {
  const std::vector<NamedTensor> set{{"sentence_0", uniform({2, 2, 3, 3})},
                                     {"sentence_1", uniform({2, 2, 3, 3})}};
  CHECK(
      fault(set) ==
      "a.npz: 2 arrays named by sentence, sentence_0 … sentence_1 (2 arrays) [2, 2, 3, 3], are "
      "different inputs, not layers of one / choose one with $tensor 'sentence_0'; where these are "
      "layers, $axes layer,batch,head,query,key");
}

TEST_CASE("names choose the attention, whatever lies beside it") {
  const Reading reading = read({{"attention", uniform({2, 2, 3, 3})},
                                {"gradient", counting({2, 2, 3, 3})},
                                {"hidden", uniform({3, 3})},
                                {"q", counting({3, 4})}});
  CHECK(reading.arrays == std::vector<std::string>{"attention"});
}

TEST_CASE("of several arrays named attention the numbers choose, or nobody") {
  CHECK(read({{"attn", uniform({2, 3, 3})}, {"weights", counting({2, 3, 3})}}).arrays.front() ==
        "attn");
  CHECK(fault({{"cross_attentions.0", uniform({1, 2, 3, 4})},
               {"cross_attentions.1", uniform({1, 2, 3, 4})},
               {"decoder_attentions.0", uniform({1, 2, 3, 3})},
               {"decoder_attentions.1", uniform({1, 2, 3, 3})}}) ==
        "a.npz: holds 2 that may be meant: cross_attentions.0 … cross_attentions.1 (2 arrays) "
        "[1, 2, 3, 4], decoder_attentions.0 … decoder_attentions.1 (2 arrays) [1, 2, 3, 3] / "
        "choose one with $tensor 'cross_attentions.*' or $tensor 'decoder_attentions.*'");
  CHECK(read({{"attention", uniform({2, 3, 3})}, {"weights", uniform({3, 3})}}).arrays.front() ==
        "attention");
}

TEST_CASE("arrays of one head each are put together by layer") {
  const auto head = [](double w) {
    return Tensor::from(std::vector<double>{w, 1 - w, 0, 1}, {2, 2});
  };
  const Reading layers = read({{"layer_0.head_0", head(.1)},
                               {"layer_0.head_1", head(.2)},
                               {"layer_1.head_0", head(.3)},
                               {"layer_1.head_1", head(.4)}});
  REQUIRE(layers.layers.size() == 2);
  CHECK(layers.layers[1].to_doubles() == std::vector<double>{.3, .7, 0, 1, .4, .6, 0, 1});
  CHECK(text({{"head_0", head(.1)}, {"head_1", head(.2)}}) ==
        "read as [query, key] for each head, head_0 to head_1: 1 layer of 2 heads, 2 tokens, "
        "self-attention");
  CHECK(fault({{"layer_0.head_0", head(.1)},
               {"layer_0.head_1", head(.2)},
               {"layer_1.head_0", head(.3)}}) ==
        "a.npz: layer_1.head_0: its layer has 1 head, that of layer_0.head_0 has 2 / a head of a "
        "layer is missing");
  CHECK(fault({{"head_0", head(.1)}, {"head_1", uniform({3, 3})}}) ==
        "a.npz: head_1: shape [3, 3] differs from that of head_0 / ");
}

TEST_CASE("arrays of two axes whose names count layers are layers of one head") {
  const Reading read_layers = read({{"layer_0", uniform({3, 3})}, {"layer_1", uniform({3, 3})}});
  REQUIRE(read_layers.layers.size() == 2);
  CHECK(read_layers.layers[1].shape() == Shape{1, 3, 3});
}

TEST_CASE("layers of stages, with heads and sizes of their own, are no stack") {
  const std::vector<NamedTensor> swin{{"attentions.0", uniform({4, 1, 3, 3})},
                                      {"attentions.1", uniform({4, 1, 3, 3})},
                                      {"attentions.2", uniform({1, 2, 3, 3})}};
  CHECK(fault(swin) ==
        "a.npz: arrays have heads and sizes of their own, as layers of stages have (Swin), or "
        "different inputs: attentions.0 [4, 1, 3, 3], attentions.2 [1, 2, 3, 3] … / ask about one, "
        "$tensor 'attentions.0'; where its first axis counts layers, $axes layer,head,query,key, "
        "where it counts windows, $batch 0 is one of them");
}

TEST_CASE("batches of different inputs, of which the last is smaller, are no layers") {
  const std::vector<NamedTensor> batches{
      {"0", uniform({4, 2, 3, 3})}, {"1", uniform({4, 2, 3, 3})}, {"2", uniform({3, 2, 3, 3})}};
  ReadingRequest request;
  for (const bool chosen : {false, true}) {
    if (chosen) request.batch = 0;
    CHECK(
        fault(batches, request) ==
        "a.npz: arrays have batches of their own, as batches of different inputs have, or windows "
        "(Swin): 0 [4, 2, 3, 3], 2 [3, 2, 3, 3] … / ask about one, $tensor '0', with $batch 0 "
        "about its first item; where its first axis counts layers, $axes layer,head,query,key");
  }
  request.tensor = "2";
  CHECK(read(batches, request).layers.size() == 1);
  CHECK(fault({batches[0], batches[2]}).find("0 [4, 2, 3, 3], 2 [3, 2, 3, 3] / ask") !=
        std::string::npos);
  CHECK(fault({batches[0], {"1", uniform({4, 3, 3, 3})}})
            .find("0 [4, 2, 3, 3], 1 [4, 3, 3, 3] / ask") != std::string::npos);
}

TEST_CASE("names that differ by two numbers must say which counts layers") {
  CHECK(fault({{"0.0", uniform({1, 2, 3, 3})},
               {"0.1", uniform({1, 2, 3, 3})},
               {"1.0", uniform({1, 2, 3, 3})},
               {"1.1", uniform({1, 2, 3, 3})}}) ==
        "a.npz: 0.0 … 1.1 (4 arrays) [1, 2, 3, 3] differ by two numbers: which counts layers is "
        "not said / choose the layers of one: $tensor '0.*' where the second counts them, $tensor "
        "'*.0' where the first does");
  CHECK(read({{"stages.0.blocks.0", uniform({1, 2, 3, 3})},
              {"stages.0.blocks.1", uniform({1, 2, 3, 3})},
              {"stages.1.blocks.0", uniform({1, 2, 3, 3})}})
            .layers.size() == 3);
}

TEST_CASE("a note says which layers and heads of the names the indices are") {
  const auto notes = [](std::vector<NamedTensor> tensors) {
    return read(std::move(tensors)).notes;
  };
  using Notes = std::vector<std::string>;
  CHECK(notes({{"layer_8", uniform({1, 2, 3, 3})}, {"layer_9", uniform({1, 2, 3, 3})}}) ==
        Notes{"layer 0 is 8, layer 1 is 9 in the names"});
  CHECK(notes({{"L2H1", uniform({3, 3})},
               {"L2H3", uniform({3, 3})},
               {"L5H1", uniform({3, 3})},
               {"L5H3", uniform({3, 3})}}) ==
        Notes{"layer 0 is 2, layer 1 is 5; head 0 is 1, head 1 is 3 in the names"});
  CHECK(notes({{"layer_0", uniform({1, 2, 3, 3})}, {"layer_1", uniform({1, 2, 3, 3})}}).empty());
}

TEST_CASE("places of the largest weights are none themselves") {
  const Tensor places(Bytes::from(std::string("\x00\x05\x02\x07", 4)), Dtype::u8, {1, 1, 2, 2});
  const Tensor weights = Tensor::from(std::vector<double>{.7, .2, .5, .4}, {1, 1, 2, 2});
  CHECK(fault({{"indices", places}, {"values", weights}}) ==
        "a.npz: indices: holds whole numbers beside values of the same shape, as the places and "
        "weights of a top-k / put the weights in place: torch.zeros(*shape, keys).scatter(-1, "
        "places, weights)");
  CHECK(fault({{"counts", places}}) == "no error");
  CHECK(fault({{"attention", places}, {"scores", weights}}) == "no error");
}

TEST_CASE("pairs of queries and keys of each layer are computed from") {
  const Tensor queries = Tensor::from(std::vector<double>{-.5, .2, .3, -.1}, {1, 1, 2, 2});
  CHECK(fault({{"0.0", queries}, {"0.1", queries}, {"1.0", queries}, {"1.1", queries}})
            .ends_with("; where the second counts queries and keys, attngraph attend $query "
                       "'a.npz:*.0' $key 'a.npz:*.1'"));
}

TEST_CASE("without names the largest family whose rows sum to 1 is read, and the rest is named") {
  const Reading reading = read({{"a.0", uniform({1, 2, 3, 3})},
                                {"a.1", uniform({1, 2, 3, 3})},
                                {"rollout", uniform({3, 3})},
                                {"b.0", counting({1, 2, 3, 3})},
                                {"b.1", counting({1, 2, 3, 3})}});
  CHECK(reading.arrays == std::vector<std::string>{"a.0", "a.1"});
  CHECK(reading.notes ==
        std::vector<std::string>{"read from a.0 … a.1 (2 arrays) [1, 2, 3, 3]; not from rollout "
                                 "[3, 3]: $tensor chooses"});
  CHECK(fault({{"x", uniform({3, 3})}, {"y", uniform({3, 3})}})
            .starts_with("a.npz: holds 2 that may be meant: x [3, 3], y [3, 3]"));
  CHECK(
      fault({{"xk", counting({2, 3, 4})}, {"xq", counting({2, 3, 4})}})
          .ends_with(" / choose one with $tensor 'xk' or $tensor 'xq'; where these are queries and "
                     "keys, attngraph attend $query a.npz:xq $key a.npz:xk computes the "
                     "attention"));
  CHECK(fault({{"x", counting({3})}}).starts_with("a.npz: holds no attention: x [3]"));
  CHECK(fault({{"x", counting({})}}, with_tensor("x"))
            .starts_with("a.npz: x: shape [] is no attention, expected 2 to 5 axes"));
  CHECK(fault({{"query", counting({2, 2})}})
            .starts_with("a.npz: holds query and no keys: attention takes both"));
  CHECK(fault({{"k", counting({2, 2})}}).starts_with("a.npz: holds k and no queries"));
}

TEST_CASE("queries without keys are not passed over for another array that nobody named") {
  CHECK(fault({{"query", counting({2, 2})}, {"other", uniform({2, 2})}}) ==
        "a.npz: holds query and no keys: attention takes both / save query and key in one file, or "
        "give each with $query and $key of attend; $tensor 'other' asks about that");
  CHECK(fault({{"k", counting({2, 2})}, {"attention_mask", uniform({2, 2})}})
            .ends_with("give each with $query and $key of attend"));
  CHECK(read({{"query", counting({2, 2})}, {"attention", uniform({2, 2})}}).arrays ==
        std::vector<std::string>{"attention"});
  CHECK(read({{"query", counting({2, 2})}, {"other", uniform({2, 2})}}, with_tensor("other"))
            .arrays == std::vector<std::string>{"other"});
  CHECK(read({{"k", counting({})}, {"other", uniform({2, 2})}}).arrays ==
        std::vector<std::string>{"other"});
}

TEST_CASE("a mask beside queries and keys is none of attention, alone it is a matrix as any") {
  const std::vector<NamedTensor> parts{
      {"key", counting({2, 2})}, {"mask", uniform({2, 2})}, {"query", counting({2, 2})}};
  CHECK(holds_queries_and_keys(dump_of(parts)));
  CHECK(fault(parts).starts_with("a.npz: holds query and key, not attention"));
  CHECK(read({{"mask", uniform({2, 2})}}).arrays == std::vector<std::string>{"mask"});
}

TEST_CASE("names of any length are cut where they are told of") {
  const std::string name(100'000, 'n');
  CHECK(fault({{name + "1", counting({3})}, {name + "2", counting({2, 3, 4})}}).size() < 1000);
  CHECK(
      fault({{name + "1", uniform({2, 2})}, {"b", uniform({2, 2})}}).starts_with("a.npz: holds 2"));
}

TEST_CASE("queries and keys alone are no attention, and the hint says what to type") {
  CHECK(fault({{"k", counting({3, 4})}, {"q", counting({3, 4})}, {"v", counting({3, 4})}}) ==
        "a.npz: holds q and k, not attention / attngraph attend $query a.npz:q $key a.npz:k "
        "computes the attention");
}

TEST_CASE("an array that nobody has is an error of the command line") {
  CHECK(fault<ArgumentError>({{"a", uniform({3, 3})}}, with_tensor("b*")) ==
        "$tensor: nothing in a.npz is called 'b*' / it holds a [3, 3]");
}

TEST_CASE("a batch in front of the layers is offered where it may be meant") {
  CHECK(fault({{"", uniform({1, 6, 4, 7, 7})}}) ==
        "a.npz: shape [1, 6, 4, 7, 7] read as [layer, batch, head, query, key] holds a batch of 6 "
        "/ choose one with $batch 0, or, where the first axis is the batch, $axes "
        "batch,layer,head,query,key");
  ReadingRequest named;
  named.axes = axes_named("batch,layer,head,query,key");
  CHECK(read({{"", uniform({1, 6, 4, 7, 7})}}, named).layers.size() == 6);
}

TEST_CASE(
    "multihead_attn of a decoder is cross-attention beside self_attn, and asked about alone") {
  const NamedTensor cross{"decoder.layers.0.multihead_attn", uniform({1, 2, 4, 4})};
  const NamedTensor self{"decoder.layers.0.self_attn", uniform({1, 2, 4, 4})};
  CHECK(read({cross, self}, with_tensor(cross.name)).sides == Sides::cross);
  CHECK(read({cross, self}, with_tensor(self.name)).sides == Sides::self);
  CHECK(fault({cross}) ==
        "a.npz: decoder.layers.0.multihead_attn may be self-attention, or cross-attention, as "
        "layers of torch.nn.TransformerDecoder call that / say which: $cross, or of self-attention "
        "$causal yes or $causal no");
  CHECK(attention_reading(dump_of({cross}), {}, Faults::found).findings.size() == 1);
  ReadingRequest said;
  said.cross = true;
  CHECK(read({cross}, said).sides == Sides::cross);
  said.cross = false;
  said.causal = false;
  CHECK(read({cross}, said).sides == Sides::self);
  CHECK(read({{cross.name, uniform({1, 2, 4, 6})}}).sides == Sides::cross);
  CHECK(read({{"encoder.layers.0.multihead_attn", uniform({1, 2, 4, 4})}}).sides == Sides::self);
}

TEST_CASE("queries and keys of different number are cross-attention, but for a causal end") {
  const auto sides = [](const Tensor& tensor) { return read({{"", tensor}}).sides; };
  const std::vector<double> end{.2, .8, 0, .3, .3, .4};
  CHECK(sides(Tensor::from(end, {2, 3})) == Sides::self);
  CHECK(sides(uniform({2, 3})) == Sides::cross);
  CHECK(sides(uniform({3, 2})) == Sides::cross);
  // the last key is seen by nobody: padding, not a causal end
  CHECK(sides(Tensor::from(std::vector<double>{.2, .8, 0, 0, .3, .7, 0, 0}, {2, 4})) ==
        Sides::cross);
  CHECK(sides(uniform({1, 4})) == Sides::cross);
  ReadingRequest causal;
  causal.causal = true;
  CHECK(read({{"", uniform({1, 4})}}, causal).sides == Sides::self);
  ReadingRequest cross;
  cross.cross = true;
  CHECK(read({{"", uniform({4, 4})}}, cross).sides == Sides::cross);
}

TEST_CASE("labels are those of the keys; queries of the same sequence are its last tokens") {
  ReadingRequest request;
  request.tokens = {"a", "b", "c"};
  const Reading end =
      read({{"", Tensor::from(std::vector<double>{.2, .8, 0, .3, .3, .4}, {2, 3})}}, request);
  CHECK(end.query_labels == std::vector<std::string>{"b", "c"});
  const Reading cross = read({{"", uniform({2, 3})}}, request);
  CHECK(cross.key_labels == std::vector<std::string>{"a", "b", "c"});
  CHECK(cross.query_labels.empty());
  request.query_tokens = {"x", "y"};
  CHECK(read({{"", uniform({2, 3})}}, request).query_labels == std::vector<std::string>{"x", "y"});
}

TEST_CASE("labels of the wrong side or number are named") {
  ReadingRequest request;
  request.tokens = {"a", "b"};
  CHECK(fault({{"", uniform({2, 3})}}, request) ==
        "$tokens: 2 labels for attention with 2 queries and 3 keys / these may be the "
        "queries' tokens: $query-tokens");
  request.tokens = {"a"};
  CHECK(fault({{"", uniform({3, 3})}}, request) ==
        "$tokens: 1 label for attention with 3 queries and 3 keys / give one label for each "
        "key with $tokens");
  request.tokens = {};
  request.query_tokens = {"a"};
  CHECK(fault({{"", uniform({2, 3})}}, request) ==
        "$query-tokens: 1 label for attention with 2 queries and 3 keys / give one label for each "
        "query with $query-tokens");
  CHECK(fault<ArgumentError>({{"", uniform({3, 3})}}, request) ==
        "$query-tokens: this is self-attention: queries and keys are the same / label them with "
        "$tokens, or say $cross");
}

TEST_CASE("offsets in a window are no keys") {
  // window 2, no global token: the row's own place is the middle column
  const Tensor offsets = Tensor::from(
      std::vector<double>{0, .5, .5, .2, .3, .5, .1, .8, .1, .3, .3, .4, .6, .4, 0}, {5, 3});
  CHECK(fault({{"", offsets}}) ==
        "a.npz: the last axis holds offsets in a window of 2 tokens and 0 global ones, not keys "
        "(Longformer) / put every offset at its key, [query, key], before the dump");
  CHECK(read({{"", uniform({5, 3})}}).sides == Sides::cross);
  // a global token, and a text shorter than the window of 8
  const Tensor short_text = Tensor::from(
      std::vector<double>{.1, 0, 0, 0,  0,  .2, .3, .2, .2, 0, .1, 0, 0,  0,  .1, .1, .3, .4, 0, 0,
                          .1, 0, 0, .2, .1, .2, .4, 0,  0,  0, .1, 0, .1, .3, .3, .2, 0,  0,  0, 0},
      {4, 10});
  const std::string window_of_8 =
      "a.npz: the last axis holds offsets in a window of 8 tokens and 1 global ones, not keys "
      "(Longformer) / put every offset at its key, [query, key], before the dump";
  CHECK(fault({{"", short_text}}) == window_of_8);
  ReadingRequest request;
  request.tokens = {"a", "b", "c", "d"};
  CHECK(fault({{"", short_text}}, request) == window_of_8);
  CHECK(read({{"", uniform({4, 10})}}).sides == Sides::cross);
  // a window of 4, but for weights behind the last token
  const Tensor behind =
      Tensor::from(std::vector<double>{0,  0,  .5, .3, .2, 0,  .2, .3, .3, .2, .1, .2, .3, .2, .2,
                                       .1, .2, .3, .2, .2, .1, .2, .4, .3, 0,  .1, .2, .4, .2, .1},
                   {6, 5});
  CHECK(read({{"", behind}}).sides == Sides::cross);
  // as many tokens as offsets are keys, and three tokens may look like that by chance
  const Tensor square =
      Tensor::from(std::vector<double>{0,  0,  .5, .3, .2, 0,  .2, .3, .3, .2, .1, .2, .3,
                                       .2, .2, .1, .2, .4, .3, 0,  .1, .2, .7, 0,  0},
                   {5, 5});
  CHECK(read({{"", square}}).sides == Sides::self);
  const Tensor few = Tensor::from(
      std::vector<double>{0, 0, .5, .3, .2, 0, .2, .5, .3, 0, .1, .2, .7, 0, 0}, {3, 5});
  CHECK(read({{"", few}}).sides == Sides::cross);
}

/// Weights on `global` tokens, then offsets in a window, as Longformer gives them: rows of global
/// and of padded tokens are zeros, and such tokens are in no window.
Tensor window_weights(std::size_t tokens, std::size_t window, std::size_t global,
                      std::size_t padded) {
  std::vector<double> weights;
  const std::size_t text = tokens - padded;
  for (std::size_t q = 0; q < tokens; ++q) {
    const bool sees = q >= global && q < text;
    weights.insert(weights.end(), global, sees ? .1 : 0.0);
    for (std::size_t j = 0; j <= window; ++j) {
      const std::size_t shifted = q + j;
      const bool inside = shifted >= window / 2 + global && shifted < text + window / 2;
      weights.push_back(sees && inside ? .2 : 0.0);
    }
  }
  return Tensor::from(std::move(weights), {tokens, global + window + 1});
}

TEST_CASE("windows are known by the zeros of global and padded tokens") {
  const auto is_window = [](const Tensor& weights) {
    return fault({{"", weights}}).find("offsets in a window") != std::string::npos;
  };
  CHECK(is_window(window_weights(12, 6, 1, 0)));
  CHECK(is_window(window_weights(5, 8, 1, 0)));
  CHECK(is_window(window_weights(3, 8, 1, 0)));
  CHECK(is_window(window_weights(40, 8, 5, 20)));
  CHECK(is_window(window_weights(200, 2, 1, 150)));
  CHECK(is_window(window_weights(600, 4, 0, 0)));
  CHECK_FALSE(is_window(uniform({12, 8})));
}

TEST_CASE("a square may hold offsets or keys, and the axes say which") {
  const Tensor square = window_weights(9, 8, 0, 0);
  CHECK(fault({{"", square}}) ==
        "a.npz: the last axis holds offsets in a window of 8 tokens and 0 global ones, not keys "
        "(Longformer) / put every offset at its key, [query, key], before the dump; where these "
        "are keys, $axes query,key");
  ReadingRequest keys;
  keys.axes = axes_named("query,key");
  CHECK(read({{"", square}}, keys).sides == Sides::self);
}

TEST_CASE("the column of a sink is no key") {
  const Tensor sink =
      Tensor::from(std::vector<double>{.4, 0, 0, .6, .2, .3, 0, .5, .1, .2, .3, .4}, {3, 4});
  CHECK(fault({{"", sink}}) ==
        "a.npz: the last key is one that every query sees, and the others are causal: the column "
        "of a sink (GPT-OSS) / cut it off before the dump, attention[..., :-1], and ask with "
        "$normalize none; where it is a key of another sequence, $cross says so");
  ReadingRequest cross;
  cross.cross = true;
  CHECK(read({{"", sink}}, cross).sides == Sides::cross);
  CHECK(read({{"", uniform({3, 4})}}).sides == Sides::cross);
}

TEST_CASE("a batch is chosen from an axis that is one") {
  CHECK(fault<ArgumentError>({{"", uniform({2, 3, 4, 4})}}, with_batch(1)) ==
        "$batch: a.npz: shape [2, 3, 4, 4] read as [layer, head, query, key] has no batch / where "
        "its first axis is one, say $axes batch,head,query,key");
  CHECK(fault<ArgumentError>({{"layer_0", uniform({2, 4, 4})}, {"layer_1", uniform({2, 4, 4})}},
                             with_batch(0)) ==
        "$batch: a.npz: layer_0: shape [2, 4, 4] read as [head, query, key] has no batch / where "
        "its first axis is one, say $axes batch,query,key");
  CHECK(read({{"", uniform({1, 4, 4})}}, with_batch(0)).heads() == 1);
}

TEST_CASE("a first axis as long as a batch of tokens, ids or masks may be the batch") {
  const auto whole = [](const Shape& shape) {
    return Tensor(Bytes::from(std::string(count_of(shape) * 8, '\0')), Dtype::i64, shape);
  };
  const NamedTensor attention{"attn", uniform({2, 4, 3, 3})};
  CHECK(fault({attention, {"input_ids", whole({2, 3})}}) ==
        "a.npz: shape [2, 4, 3, 3] may begin with 2 layers or with a batch of 2, as input_ids has "
        "a row for each / say which: $axes layer,head,query,key, or $axes batch,head,query,key and "
        "$batch 0");
  CHECK(fault({{"attn", uniform({2, 3, 3})}, {"attention_mask", whole({2, 3})}})
            .find("2 heads or with a batch of 2, as attention_mask has") != std::string::npos);
  CHECK(fault({attention, {"input_ids", whole({3, 3})}}) == "no error");
  CHECK(fault({{"attn", uniform({3, 4, 3, 3})}, {"mask", whole({3, 3})}}) == "no error");
  ReadingRequest layers;
  layers.axes = axes_named("layer,head,query,key");
  CHECK(read({attention, {"input_ids", whole({2, 3})}}, layers).layers.size() == 2);
  Dump lists = dump_of({attention});
  lists.unread.push_back({"tokens", InputError("a.npz: tokens", "holds 2 lists of labels, one …")});
  CHECK(error_of<InputError>([&] {
          attention_reading(lists, {});
        }).find("as tokens has a list for each") != std::string::npos);
  CHECK(attention_reading(lists, {}, Faults::found).findings.size() == 1);
}

TEST_CASE("queries, keys and values in one array are to be taken apart first") {
  CHECK(
      fault({{"h.0.attn.c_attn", counting({1, 5, 12})}, {"h.1.attn.c_attn", counting({1, 5, 12})}})
          .starts_with("a.npz: holds h.0.attn.c_attn … h.1.attn.c_attn (2 arrays) [1, 5, 12]: "
                       "queries, keys and values in one, in an order that the file does not say "
                       "/ split it before the dump: q, k, v = x.chunk(3, -1) where"));
  CHECK(fault({{"qkv", counting({3, 1, 4, 5, 8})}})
            .ends_with("split it before the dump: q, k, v = x.unbind(0)"));
  CHECK(fault({{"qkv", counting({1, 5, 3, 4, 8})}}).ends_with("x.unbind(2)"));
  CHECK(fault({{"a.qkv", counting({1, 5, 12})}, {"b", uniform({2, 2})}}, with_tensor("a.qkv"))
            .starts_with("a.npz: holds a.qkv [1, 5, 12]: queries, keys and values in one"));
  CHECK(read({{"qkv", counting({1, 5, 12})}, {"attn", uniform({2, 2})}}).arrays ==
        std::vector<std::string>{"attn"});
}

TEST_CASE("inputs with tokens of their own are no layers, and each has its own") {
  Dump dump = dump_of({{"0.attn", uniform({2, 3, 3})}, {"1.attn", uniform({2, 3, 3})}});
  dump.tokens = {"a", "b", "c"};
  dump.tokens_of_inputs = {{"0.tokens", {"a", "b", "c"}}, {"1.tokens", {"x", "y", "z"}}};
  CHECK(error_of<InputError>([&] { attention_reading(dump, {}); }) ==
        "a.npz: 2 arrays with tokens of their own, 0.attn … 1.attn (2 arrays) [2, 3, 3], are "
        "different inputs, not layers of one / choose one with $tensor '0.attn'; where these are "
        "layers, $axes layer,head,query,key");
  const Reading second = attention_reading(dump, with_tensor("1.attn"));
  CHECK(second.key_labels == std::vector<std::string>{"x", "y", "z"});
  CHECK(axes_text(second.axes) == "[head, query, key]");
  dump.tensors = {{"0.attn.0", uniform({1, 2, 3, 3})},
                  {"0.attn.1", uniform({1, 2, 3, 3})},
                  {"1.attn.0", uniform({1, 2, 3, 3})},
                  {"1.attn.1", uniform({1, 2, 3, 3})}};
  CHECK(error_of<InputError>([&] {
          attention_reading(dump, {});
        }).ends_with("choose one with $tensor '0.attn.*'"));
  CHECK(attention_reading(dump, with_tensor("1.attn.*")).layers.size() == 2);
}

TEST_CASE("arrays with token ids of their own are inputs too") {
  const Tensor ids = Tensor::from(std::vector<double>{1, 2, 3}, {3});
  const Tensor whole(Bytes::from(std::string(24, '\0')), Dtype::i64, {3});
  const auto inputs = [&](const Tensor& second) {
    return fault({{"attn_0", uniform({2, 3, 3})},
                  {"attn_1", uniform({2, 3, 3})},
                  {"input_ids_0", second},
                  {"input_ids_1", second}});
  };
  CHECK(inputs(whole).starts_with("a.npz: 2 arrays with tokens of their own, attn_0 … attn_1"));
  CHECK(inputs(ids) == "no error");
}

TEST_CASE("as many heads as keys may be queries before heads, and the note says so") {
  CHECK(read({{"", uniform({1, 5, 2, 5})}}).notes ==
        std::vector<std::string>{
            "$axes layer,query,head,key would make 2 heads of 5 tokens, self-attention"});
  CHECK(read({{"", uniform({1, 4, 2, 5})}}).notes.empty());
}

TEST_CASE("faults that are found leave a reading to look at") {
  Dump dump = dump_of({{"", uniform({2, 3, 1, 4, 4})}});
  dump.tokens = {"a"};
  const Reading reading = attention_reading(dump, {}, Faults::found);
  REQUIRE(reading.findings.size() == 2);
  CHECK(reading.findings[0].what == "a batch of 3 is left in; this is item 0");
  CHECK(reading.findings[1].what == "1 label for attention with 4 queries and 4 keys");
  CHECK(reading.key_labels.empty());
}

TEST_CASE("integers are read as numbers, and as another type of their size on request") {
  const Tensor bits(Bytes::from(std::string("\x80\x3f\x00\x00\x00\x00\x80\x3f", 8)), Dtype::i16,
                    {2, 2});
  ReadingRequest as_they_are;
  as_they_are.dtype = Dtype::i16;
  CHECK(read({{"", bits}}, as_they_are).notes ==
        std::vector<std::string>{"int16 values read as numbers"});
  ReadingRequest request;
  request.dtype = Dtype::bf16;
  CHECK(read({{"", bits}}, request).layers[0].to_doubles() == std::vector<double>{1, 0, 0, 1});
  request.dtype = Dtype::f64;
  CHECK(fault<ArgumentError>({{"", bits}}, request)
            .starts_with("$dtype: a.npz holds int16, whose bytes cannot be read as float64"));
}

TEST_CASE("that integers are read as numbers is said once of an array") {
  const auto notes = [](const std::string& said) {
    Dump dump = dump_of({{"a", Tensor(Bytes::from(std::string(4, '\1')), Dtype::i8, {2, 2})}});
    dump.notes = {said};
    return attention_reading(dump, {}).notes;
  };
  CHECK(notes("a: int8 values read as numbers").empty());
  for (const char* other : {"b: int8 values read as numbers", "a: uint8 values read as numbers"}) {
    CHECK(notes(other) == std::vector<std::string>{"int8 values read as numbers"});
  }
}

TEST_CASE("what is not asked for may be unreadable; what is asked for gives its reason") {
  Dump dump = dump_of({{"layer_0", uniform({1, 2, 3, 3})}});
  dump.unread = {{"scale", InputError("a.npz: scale", "is float8")}};
  CHECK(attention_reading(dump, {}).layers.size() == 1);
  CHECK(error_of<InputError>([&] { attention_reading(dump, with_tensor("scale")); }) ==
        "a.npz: scale: is float8 / ");
  dump.unread = {{"layer_1", InputError("a.npz: layer_1", "is None")}};
  CHECK(error_of<InputError>([&] { attention_reading(dump, {}); }) == "a.npz: layer_1: is None / ");
  CHECK(attention_reading(dump, with_tensor("layer_0")).layers.size() == 1);
  dump.unread = {{"attention", InputError("a.npz: attention", "is empty")}};
  CHECK(error_of<InputError>([&] { attention_reading(dump, {}); }) ==
        "a.npz: attention: is empty / ");
}

TEST_CASE(
    "where another axis than the keys sums to 1, that order is named and nothing is computed") {
  const auto turned = [](std::vector<std::size_t> order) {
    // rows that sum to 1 and columns that do not
    std::vector<double> values;
    for (std::size_t i = 0; i < 2 * 3 * 4; ++i) {
      for (const double w : {.7, .1, .1, .1}) values.push_back(w);
    }
    return Tensor::from(std::move(values), {2, 3, 4, 4}).permuted(order);
  };
  CHECK(fault({{"", turned({0, 1, 3, 2})}}) ==
        "a.npz: read as [layer, head, query, key] its rows do not sum to 1, but axis 2 does: it "
        "lies transposed / $axes layer,head,key,query");
  CHECK(
      fault({{"", turned({0, 2, 3, 1})}}) ==
      "a.npz: read as [layer, head, query, key] its rows do not sum to 1, but axis 2 does / $axes "
      "layer,query,key,head");
  CHECK(fault({{"", turned({2, 3, 0, 1})}}) ==
        "a.npz: read as [layer, head, query, key] its rows do not sum to 1, but axis 1 does / "
        "$axes query,key,layer,head");
  // as many heads as tokens: two axes may hold the queries
  std::vector<double> cube;
  for (std::size_t i = 0; i < 2 * 4 * 4; ++i) {
    for (const double w : {.7, .1, .1, .1}) cube.push_back(w);
  }
  const Tensor heads_last =
      Tensor::from(std::move(cube), {2, 4, 4, 4}).permuted(std::vector<std::size_t>{0, 1, 3, 2});
  CHECK(fault({{"", heads_last}})
            .ends_with("/ $axes layer,head,key,query, or $axes layer,query,key,head"));
  ReadingRequest named;
  named.axes = axes_named("layer,head,query,key");
  const Reading said = read({{"", turned({0, 1, 3, 2})}}, named);
  CHECK(said.layers.size() == 2);
  CHECK(said.row_sum_cure ==
        "read as [layer, head, query, key] its rows do not sum to 1, but axis 2 does: it lies "
        "transposed; $axes layer,head,key,query");
  CHECK(read({{"", turned({0, 1, 2, 3})}}, named).row_sum_cure.empty());
  named.axes = axes_named("layer,head,key,query");
  const Reading found =
      attention_reading(dump_of({{"", turned({0, 1, 2, 3})}}), named, Faults::found);
  CHECK(found.other_reading);
  CHECK(found.findings.front().cure == "$axes layer,head,query,key");
  CHECK(attention_reading(dump_of({{"", turned({0, 1, 3, 2})}}), {}, Faults::found)
            .findings.front()
            .cure == "$axes layer,head,key,query");
}

TEST_CASE("of cross-attention with keys in the middle both orders are named, with their sizes") {
  std::vector<double> values;
  for (std::size_t i = 0; i < 3 * 4 * 5; ++i) {
    for (const double w : {.5, .1, .1, .1, .1, .1, 0., 0., 0.}) values.push_back(w);
  }
  const Tensor rows = Tensor::from(std::move(values), {3, 4, 5, 9});
  const Tensor heads_last = rows.permuted(std::vector<std::size_t>{0, 2, 3, 1});
  CHECK(fault({{"", heads_last}}) ==
        "a.npz: read as [layer, head, query, key] its rows do not sum to 1, but axis 2 does / "
        "$axes layer,head,key,query (4 queries, 9 keys), or $axes layer,query,key,head (5 queries, "
        "9 keys)");
  ReadingRequest named;
  named.axes = axes_named("layer,query,key,head");
  CHECK(read({{"", heads_last}}, named).heads() == 4);
  named.axes = axes_named("layer,head,key,query");
  CHECK(read({{"", heads_last}}, named).heads() == 5);
}

/// [2, 6 heads, 6 queries, 6 keys], causal.
Tensor triangles(std::size_t heads, std::size_t tokens) {
  std::vector<double> values;
  for (std::size_t i = 0; i < 2 * heads * tokens; ++i) {
    const std::size_t query = i % tokens;
    for (std::size_t k = 0; k < tokens; ++k) {
      values.push_back(k <= query ? 1. / static_cast<double>(query + 1) : 0.);
    }
  }
  return Tensor::from(std::move(values), {2, heads, tokens, tokens});
}

TEST_CASE("causal attention that lies [query, head, key] is told from cross-attention and sinks") {
  const std::vector<std::size_t> turned{0, 2, 1, 3};
  CHECK(fault({{"", triangles(6, 6).permuted(turned)}}) ==
        "a.npz: read as [layer, head, query, key] it is not causal, but as [layer, query, head, "
        "key] no query sees a later key, and each its own: the queries lie before the heads / "
        "$axes layer,query,head,key; where it is right as read, $axes layer,head,query,key");
  CHECK(fault({{"", triangles(4, 7).permuted(turned)}}).find("queries lie before the heads") !=
        std::string::npos);
  CHECK(fault({{"layer_0", triangles(6, 6).at(0, 0).permuted(std::vector<std::size_t>{1, 0, 2})},
               {"layer_1", triangles(6, 6).at(0, 1).permuted(std::vector<std::size_t>{1, 0, 2})}})
            .ends_with("/ $axes query,head,key; where it is right as read, $axes head,query,key"));
  // as the cure says
  ReadingRequest named;
  for (const char* axes : {"layer,query,head,key", "layer,head,query,key"}) {
    named.axes = axes_named(axes);
    CHECK(read({{"", triangles(4, 7).permuted(turned)}}, named).heads() ==
          (axes[6] == 'q' ? 4 : 7));
  }
  const Reading found =
      attention_reading(dump_of({{"", triangles(6, 6).permuted(turned)}}), {}, Faults::found);
  CHECK(found.other_reading);
  CHECK(found.findings.front().cure.starts_with("$axes layer,query,head,key;"));
}

TEST_CASE("causal attention with as many heads as tokens, or two tokens, is read as it lies") {
  CHECK(read({{"", triangles(6, 6)}}).heads() == 6);
  CHECK(read({{"", triangles(7, 4)}}).heads() == 7);
  CHECK(read({{"", triangles(2, 2).permuted(std::vector<std::size_t>{0, 2, 1, 3})}}).heads() == 2);
  CHECK(read({{"", uniform({2, 6, 6, 6})}}).heads() == 6);
  ReadingRequest cross;
  cross.cross = true;
  CHECK(
      read({{"", triangles(4, 7).permuted(std::vector<std::size_t>{0, 2, 1, 3})}}, cross).heads() ==
      7);
}

TEST_CASE("the glob of a hint chooses no other family whose names begin alike") {
  std::vector<NamedTensor> arrays;
  for (const char* layer : {"layer_0", "layer_3", "layer_11"}) {
    arrays.push_back({layer, uniform({4, 3, 3})});
    arrays.push_back({std::string(layer) + "_mean", uniform({3, 3})});
  }
  CHECK(fault(arrays).ends_with(
      " / choose one with $tensor 'layer_*[0-9]' or $tensor 'layer_*_mean'"));
  CHECK(read(arrays, with_tensor("layer_*[0-9]")).layers.size() == 3);
  CHECK(read(arrays, with_tensor("layer_*_mean")).layers.size() == 3);
  const Dump dump = dump_of(arrays);
  CHECK(error_of<InputError>([&] { attention_reading(dump, with_tensor("layer_*")); }) ==
        "a.npz: layer_0_mean: shape [3, 3] differs from that of layer_0, [4, 3, 3] / choose one "
        "with $tensor 'layer_*[0-9]' or $tensor 'layer_*_mean'");
  // names that end in numbers, too
  CHECK(fault({{"x_0", uniform({3, 3})},
               {"x_1", uniform({3, 3})},
               {"x_0_of_2", uniform({3, 3})},
               {"x_1_of_2", uniform({3, 3})}})
            .ends_with("$tensor 'x_[0-9]' or $tensor 'x_*_of_2'"));
}

TEST_CASE("arrays of one family whose sizes differ are chosen by name") {
  CHECK(fault({{"arr_0", uniform({4, 3, 3})}, {"arr_1", uniform({4, 2, 2})}}) ==
        "a.npz: arr_1: shape [4, 2, 2] differs from that of arr_0, [4, 3, 3] / where these are "
        "different inputs, choose one with $tensor 'arr_0'");
}

TEST_CASE("the order that the numbers say is named with what the request says of names, too") {
  const auto turned = [] {
    std::vector<double> values;
    for (std::size_t i = 0; i < 4; ++i) {
      for (const double w : {.7, .1, .1, .1}) values.push_back(w);
    }
    return Tensor::from(std::move(values), {4, 4}).permuted(std::vector<std::size_t>{1, 0});
  };
  const std::vector<NamedTensor> arrays{
      {"0_0", turned()}, {"0_1", turned()}, {"1_0", turned()}, {"1_1", turned()}};
  ReadingRequest named;
  named.axes = axes_named("layer,head,query,key");
  CHECK(
      read(arrays, named).row_sum_cure.ends_with("it lies transposed; $axes layer,head,key,query"));
  named.axes = axes_named("layer,head,key,query");
  CHECK(read(arrays, named).row_sum_cure.empty());
}

TEST_CASE("integers that are the bits of rows that sum to 1 are named, not divided") {
  const std::string half("\x00\x3f", 2);  // 0.5 in bfloat16
  const Tensor bits(Bytes::from(half + half + half + half), Dtype::u16, {2, 2});
  CHECK(fault({{"", bits}}) ==
        "a.npz: the uint16 numbers are the bits of bfloat16, whose rows sum to 1 / $dtype bfloat16 "
        "reads them so");
  ReadingRequest request;
  request.dtype = Dtype::u16;
  CHECK(read({{"", bits}}, request).layers[0].to_doubles()[0] == 0x3f00);
}

TEST_CASE("an array without a name is called as its file") {
  const auto read_from = [](const char* file, const Shape& shape, ReadingRequest request = {}) {
    Dump dump = dump_of({{"", uniform(shape)}});
    dump.source = file;
    return attention_reading(dump, request);
  };
  CHECK(read_from("out/cross_attention.npy", {2, 3, 3}).sides == Sides::cross);
  CHECK(read_from("crossval/attention.npy", {2, 3, 3}).sides == Sides::self);
  CHECK(axes_text(read_from("in/layer_3.npy", {1, 2, 3, 3}).axes) == "[batch, head, query, key]");
  CHECK(axes_text(read_from("in/3.npy", {1, 2, 3, 3}).axes) == "[layer, head, query, key]");
}

TEST_CASE("a list of whole stacks may be layers of a batch or inputs") {
  const std::vector<NamedTensor> stacks{{"0", uniform({3, 4, 6, 6})}, {"1", uniform({3, 4, 6, 6})}};
  CHECK(fault(stacks, {}) ==
        "a.npz: 0: shape [3, 4, 6, 6] read as [batch, head, query, key] holds a batch of 3, or 3 "
        "layers / choose one of the batch with $batch 0; where each array holds the layers of one "
        "input, $tensor '0' $axes layer,head,query,key");
  ReadingRequest first = with_tensor("0");
  CHECK(fault(stacks, first)
            .ends_with(
                "/ choose one of the batch with $batch 0; where the first axis holds layers, $axes "
                "layer,head,query,key"));
  first.axes = axes_named("layer,head,query,key");
  CHECK(read(stacks, first).layers.size() == 3);
  first.tensor = "";
  CHECK(fault(stacks, first) ==
        "a.npz: 0 … 1 (2 arrays) [3, 4, 6, 6] hold 3 layers each: these are different inputs / "
        "choose one with $tensor '0'");
  ReadingRequest batch;
  batch.batch = 0;
  CHECK(read(stacks, batch).layers.size() == 2);
}

TEST_CASE("a list of stacks with a batch of one each says how to choose one") {
  const std::vector<NamedTensor> stacks{{"0", uniform({3, 1, 4, 6, 6})},
                                        {"1", uniform({3, 1, 4, 6, 6})}};
  CHECK(fault(stacks, {})
            .ends_with("/ where each array holds the layers of one input, $tensor '0' $axes "
                       "layer,batch,head,query,key"));
  ReadingRequest first = with_tensor("0");
  first.axes = axes_named("layer,batch,head,query,key");
  CHECK(read(stacks, first).layers.size() == 3);
}

TEST_CASE("numbered arrays of five axes have their layers already") {
  const std::vector<NamedTensor> models{{"model1", uniform({3, 1, 4, 6, 6})},
                                        {"model2", uniform({3, 1, 4, 6, 6})}};
  CHECK(fault(models, {}).ends_with("/ choose one with $tensor 'model1'"));
  CHECK(read(models, with_tensor("model1")).layers.size() == 3);
}
