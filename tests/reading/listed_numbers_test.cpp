#include <doctest/doctest.h>

#include "reading/arrays/numbers/said_numbers.hpp"
#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

Tensor matrix(double first) {
  return Tensor::from(std::vector<double>{first, 1 - first, 0, 1}, {2, 2});
}

NamedTensor list(const char* name, std::vector<double> numbers) {
  const Shape shape{numbers.size()};
  return {name, Tensor::from(std::move(numbers), shape)};
}

/// Three arrays, and a list beside them.
Dump arrays_and(const NamedTensor& beside) {
  return dump_of({{"attn.0", matrix(.1)}, {"attn.1", matrix(.2)}, {"attn.2", matrix(.3)}, beside});
}

std::vector<double> first_of_layers(const Dump& dump) {
  std::vector<double> first;
  for (const Tensor& layer : attention_reading(dump, {}).layers) {
    first.push_back(layer.to_doubles()[0]);
  }
  return first;
}

std::string fault(const Dump& dump, const ReadingRequest& request = {}) {
  return error_of<InputError>([&] { attention_reading(dump, request); });
}

}  // namespace

TEST_CASE("a number beside arrays says their layer where its name does, which no size has") {
  const auto said = [](const char* name) {
    Dump dump;
    dump.fields = {{name, "", 3}};
    return said_layer(dump);
  };
  CHECK(said("layer") == 3);
  for (const char* size : {"h", "l", "depth", "layers", "model.layer"}) CHECK_FALSE(said(size));
}

TEST_CASE("a list of layers numbers the arrays beside it, as records do") {
  for (const char* name : {"layer", "layers", "layer_ids", "layerIdx", "block_ids", "layer_indices",
                           "selected_layers", "probedLayerIds", "attn_layers"}) {
    const Dump dump = arrays_and(list(name, {2, 0, 1}));
    const std::vector<double> ordered{.2, .3, .1};
    CHECK_MESSAGE(first_of_layers(dump) == ordered, name);
    CHECK(attention_reading(dump, {}).notes.front() ==
          "numbered by " + std::string(name) + ", not in the order of the list");
  }
  Dump object = arrays_and(list("other", {2, 0, 1}));
  object.fields = {{"layer.0", {}, 2}, {"layer.1", {}, 0}, {"layer.2", {}, 1}};
  CHECK(first_of_layers(object) == std::vector<double>{.2, .3, .1});
}

TEST_CASE("a list of names that say their layers numbers the arrays beside it") {
  const auto named = [](const std::vector<std::string>& texts) {
    Dump dump = arrays_and(list("other", {2, 0, 1}));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      dump.fields.push_back({"layer_names." + std::to_string(i), texts[i], {}});
    }
    return first_of_layers(dump);
  };
  const std::vector<double> given{.1, .2, .3}, ordered{.2, .3, .1};
  CHECK(named({"layer_8", "layer_2", "layer_5"}) == ordered);
  CHECK(named({"8", "2", "5"}) == ordered);
  CHECK(named({"h.8.attn", "h.2.attn", "h.5.attn"}) == ordered);
  CHECK(named({"first", "layer_2", "layer_5"}) == given);
  CHECK(named({"l8h1", "l2h1", "l5h1"}) == given);
  CHECK(named({"head_8", "head_2", "head_5"}) == given);
}

TEST_CASE("a list that numbers nothing leaves the arrays as they are") {
  for (const char* name : {"num_layers", "layer_norm", "depths", "h", "scores", "head_dim",
                           "total_layers", "hidden_layers", "layer_sizes"}) {
    const std::vector<double> given{.1, .2, .3};
    CHECK_MESSAGE(first_of_layers(arrays_and(list(name, {2, 0, 1}))) == given, name);
  }
  const auto stays = [](std::vector<double> numbers) {
    return first_of_layers(arrays_and(list("layers", std::move(numbers)))) ==
           std::vector<double>{.1, .2, .3};
  };
  CHECK(stays({0, 1, 2}));
  CHECK(stays({2, 0}));
  CHECK(stays({2, .5, 1}));
  CHECK(stays({2, 2, 6}));
}

TEST_CASE("names of layers go before the order of a list of the same") {
  const Dump dump =
      dump_of({{"layer_0", matrix(.1)}, {"layer_1", matrix(.2)}, list("layers", {1, 0})});
  CHECK(first_of_layers(dump) == std::vector<double>{.1, .2});
  CHECK(attention_reading(dump, {}).notes.front() ==
        "layers are those of their names, not in the order of layers");
}

TEST_CASE("lists of layers and heads number heads of layers") {
  Dump dump = arrays_and(list("layer", {1, 1, 0, 0}));
  dump.tensors.push_back({"attn.3", matrix(.4)});
  dump.tensors.push_back(list("head", {0, 1, 0, 1}));
  const Reading reading = attention_reading(dump, {});
  REQUIRE(reading.layers.size() == 2);
  CHECK(reading.layers[0].at(0, 0).to_doubles()[0] == .3);
  CHECK(reading.layers[1].at(0, 1).to_doubles()[0] == .2);
}

TEST_CASE("a list says which layers and heads the axes of one array hold") {
  const NamedTensor stack{"attn", uniform({3, 4, 5, 5})};
  const auto notes = [&](const NamedTensor& beside) {
    return attention_reading(dump_of({stack, beside}), {}).notes;
  };
  CHECK(notes(list("layer_ids", {8, 9, 11})).back() ==
        "layer 0 is 8, layer 1 is 9, layer 2 is 11 in layer_ids");
  CHECK(notes(list("head_ids", {8, 2, 10, 4})).back() ==
        "head 0 is 8, head 1 is 2, head 2 is 10, head 3 is 4 in head_ids");
  CHECK(notes(list("layers", {0, 1, 2})).empty());
}

TEST_CASE("layers of one array in another order than their list are refused") {
  const Dump dump = dump_of({{"attn", uniform({3, 4, 5, 5})}, list("layers", {2, 0, 1})});
  CHECK(fault(dump) ==
        "a.npz: its layers stand in another order than layers says: layer 0 is 2, layer 1 is 0, "
        "layer 2 is 1 / save them in their order, as attention[numpy.argsort(layers)], and the "
        "list alike");
  CHECK(attention_reading(dump, {}, Faults::found).findings.size() == 1);
  Dump named = dump_of({{"attn", uniform({2, 4, 5, 5})}});
  named.fields = {{"layer_names.0", "layer_10", {}}, {"layer_names.1", "layer_9", {}}};
  CHECK(fault(named).ends_with(
      "layer 1 is 9 / save them in the order of those numbers, and the list alike"));
}

TEST_CASE("a layer for each matrix that would be a head is asked about") {
  const NamedTensor four{"attn", uniform({4, 5, 5})};
  CHECK(fault(dump_of({four, list("layer", {8, 9, 10, 11})})) ==
        "a.npz: layer lists a layer for each of 4 matrices, read as heads / say which: $axes "
        "layer,query,key, or $axes head,query,key");
  const std::string flat =
      "a.npz: layer gives each of 4 matrices a layer, and several the same / save the heads of "
      "each "
      "layer together, [layer, head, query, key], as attention.reshape(layers, heads, n, n)";
  CHECK(fault(dump_of({four, list("layer", {0, 0, 1, 1})})) == flat);
  CHECK(fault(dump_of({four, list("layer", {0, 2, 1, 1}), list("head", {0, 0, 0, 1})})) == flat);
  CHECK(fault(dump_of({four, list("layers", {2, 2, 6, 2})})) == "no error");
  ReadingRequest heads;
  heads.axes = {Axis::head, Axis::query, Axis::key};
  CHECK(fault(dump_of({four, list("layer", {0, 0, 1, 1})}), heads) == "no error");
}
