#include "reading/arrays/said_axes.hpp"

#include <doctest/doctest.h>

#include "reading/arrays/said_sizes.hpp"
#include "reading/reading_text.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

Dump file_of(const std::string& name, const Shape& shape, const std::vector<Field>& fields = {}) {
  Dump dump = dump_of({{name, uniform(shape)}});
  dump.fields = fields;
  return dump;
}

Field number(const char* name, std::int64_t value) { return {name, {}, value}; }

/// `3 of 1`, layers and heads; else the cure.
std::string read(const Dump& dump) {
  try {
    const Reading reading = attention_reading(dump, {});
    return std::to_string(reading.layers.size()) + " of " + std::to_string(reading.heads());
  } catch (const InputError& error) {
    return error.hint();
  }
}

const std::string layers_or_heads = "say which: $axes layer,query,key, or $axes head,query,key";

}  // namespace

TEST_CASE("a name that says layers makes three axes layers") {
  for (const char* name : {"layers", "attn_by_layer", "attention_per_layer", "all_layers",
                           "attnLayers", "blocks", "attn_layerwise", "out.attn_layers"}) {
    CAPTURE(name);
    CHECK(read(file_of(name, {3, 2, 2})) == "3 of 1");
  }
  const Reading reading = attention_reading(file_of("layers", {3, 2, 2}), {});
  CHECK(reading.notes == std::vector<std::string>{"the first axis is layers, as layers says"});
  Dump nameless = file_of("", {3, 2, 2});
  nameless.source = "run/attn_by_layer.npy";
  CHECK(read(nameless) == "3 of 1");
}

TEST_CASE("a name that may say layers is asked about") {
  for (const char* name : {"layer_attention", "attention_layer", "layers_mean", "attn_head_mean"}) {
    CAPTURE(name);
    CHECK(read(file_of(name, {3, 2, 2})) == layers_or_heads);
  }
}

TEST_CASE("other names leave three axes heads") {
  for (const char* name : {"attention", "heads", "last_layer_attention", "layer_3", "layer",
                           "final_layer_attn", "transformers", "encoder_attentions"}) {
    CAPTURE(name);
    CHECK(read(file_of(name, {3, 2, 2})) == "1 of 3");
  }
}

TEST_CASE("numbers of layers and heads in the file decide three axes") {
  const auto with = [](std::int64_t layers, std::int64_t heads) {
    return read(file_of("attn", {3, 2, 2},
                        {number("num_layers", layers), number("config.n_heads", heads)}));
  };
  CHECK(with(3, 1) == "3 of 1");
  CHECK(with(3, 8) == "3 of 1");
  CHECK(with(12, 3) == "1 of 3");
  CHECK(with(3, 3) == layers_or_heads);
  CHECK(with(12, 8) == "say which: $axes head,query,key, or $axes layer,query,key");
  CHECK(with(12, 1) == "say which: $axes batch,query,key and $batch 0, or $axes layer,query,key");
  CHECK(read(file_of("layers", {3, 2, 2}, {number("num_heads", 3)})) == layers_or_heads);
  CHECK(read(file_of("attn", {1, 2, 2}, {number("num_layers", 12), number("num_heads", 8)})) ==
        "1 of 1");
  CHECK(read(file_of("attn", {3, 2, 2}, {number("num_hidden_layers", 12)})) == "1 of 3");
}

TEST_CASE("a list of one number says no size") {
  Dump dump = file_of("attn", {3, 2, 2});
  dump.tensors.push_back({"heads", Tensor::from(std::vector<double>{0}, {1})});
  CHECK(read(dump) == "1 of 3");
}

TEST_CASE("numbers of layers and heads that contradict more axes are asked about") {
  const auto with = [](const Shape& shape, std::int64_t layers, std::int64_t heads) {
    return read(file_of("attn", shape, {number("num_layers", layers), number("num_heads", heads)}));
  };
  CHECK(with({3, 4, 2, 2}, 3, 4) == "3 of 4");
  CHECK(with({1, 4, 2, 2}, 12, 4) == "1 of 4");
  CHECK(with({2, 4, 2, 2}, 12, 4).starts_with("say which: "));
  CHECK(with({3, 4, 2, 2}, 4, 3) ==
        "say which: $axes layer,head,query,key, or $axes head,layer,query,key");
  CHECK(with({3, 4, 2, 2}, 12, 4) ==
        "say which: $axes layer,head,query,key, or $axes batch,head,query,key and $batch 0");
  CHECK(with({3, 4, 2, 2}, 3, 1) ==
        "say which: $axes layer,head,query,key, or $axes layer,batch,query,key and $batch 0");
  CHECK(with({2, 6, 4, 2, 2}, 6, 4) ==
        "say which: $axes layer,batch,head,query,key and $batch 0, or $axes "
        "batch,layer,head,query,key and $batch 0");
}

TEST_CASE("weights called as nn.MultiheadAttention calls those of one layer are asked about") {
  CHECK(error_of<InputError>([] {
          attention_reading(file_of("attn_output_weights", {2, 3, 5, 5}), {});
        }) ==
        "a.npz: shape [2, 3, 5, 5] may be [batch, head, query, key] or [layer, head, query, key], "
        "as nn.MultiheadAttention calls the weights of one layer so / say which: $axes "
        "batch,head,query,key and $batch 0, or $axes layer,head,query,key");
  CHECK(read(file_of("attn_output_weights", {1, 3, 5, 5})) == "1 of 3");
  CHECK(read(file_of("attn_output_weights", {2, 3, 5, 5}, {number("num_layers", 2)})) == "2 of 3");
  CHECK(read(file_of("attn_weights", {2, 3, 5, 5})) == "2 of 3");
}

TEST_CASE("arrays that are as many as heads, of as many matrices as layers, are asked about") {
  Dump dump = dump_of({{"attn_0", uniform({6, 2, 2})}, {"attn_1", uniform({6, 2, 2})}});
  dump.fields = {number("num_layers", 6), number("num_heads", 2)};
  CHECK(read(dump) == "say which: $axes layer,head,query,key, or $axes head,layer,query,key");
  ReadingRequest request;
  request.axes = axes_named("head,layer,query,key");
  CHECK(attention_reading(dump, request).layers.size() == 6);
  dump.fields = {number("num_layers", 2), number("num_heads", 6)};
  CHECK(read(dump) == "2 of 6");
}

TEST_CASE("a doctor finds what others refuse") {
  const Dump dump = file_of("attn", {3, 4, 2, 2}, {number("n_layer", 4), number("n_head", 3)});
  const Reading reading = attention_reading(dump, {}, Faults::found);
  REQUIRE(reading.findings.size() == 1);
  CHECK(reading.findings[0].what ==
        "shape [3, 4, 2, 2] may be [layer, head, query, key] or [head, layer, query, key], as "
        "n_layer is 4 and n_head is 3");
}

TEST_CASE("lists of layers go before numbers, and several numbers say nothing") {
  Dump dump = file_of("attn", {3, 4, 2, 2}, {number("num_layers", 12)});
  dump.tensors.push_back({"layers", counting({3})});
  CHECK(read(dump) == "3 of 4");
  CHECK(said_sizes(dump).layers->size == 3);
  Dump two = file_of("attn", {3, 2, 2}, {number("encoder_layers", 6), number("num_layers", 3)});
  CHECK_FALSE(said_sizes(two).layers);
  two.fields = {number("num_key_value_heads", 2), number("layer", 2), number("head_dim", 64),
                number("nhead", 8), number("layer_count", 3)};
  CHECK(said_sizes(two).heads->size == 8);
  CHECK(said_sizes(two).layers->size == 3);
  Dump names = file_of("attn", {3, 2, 2});
  names.other_lists = {{"layer_names", 3}};
  CHECK(read(names) == "3 of 1");
}
