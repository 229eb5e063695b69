#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

Tensor matrix(double first) {
  return Tensor::from(std::vector<double>{first, 1 - first, 0, 1}, {2, 2});
}

Dump records(const std::vector<Field>& fields) {
  Dump dump = dump_of({{"0.attn", matrix(.1)}, {"1.attn", matrix(.2)}, {"2.attn", matrix(.3)}});
  dump.fields = fields;
  return dump;
}

Field number(const char* name, std::int64_t value) { return {name, {}, value}; }
Field text(const char* name, const char* value) { return {name, value, {}}; }

std::vector<double> first_of_layers(const Reading& reading) {
  std::vector<double> first;
  for (const Tensor& layer : reading.layers) first.push_back(layer.to_doubles()[0]);
  return first;
}

std::string fault(const Dump& dump) {
  return error_of<InputError>([&] { attention_reading(dump, {}); });
}

}  // namespace

TEST_CASE("records that say which layer they are stand in that order") {
  for (const char* key : {"layer", "layer_idx", "layerIndex", "block_id", "L"}) {
    const auto at = [&](int record) { return std::to_string(record) + "." + key; };
    const Reading reading = attention_reading(
        records({number(at(0).c_str(), 2), number(at(1).c_str(), 1), number(at(2).c_str(), 0)}),
        {});
    const std::vector<double> turned{.3, .2, .1};
    CHECK_MESSAGE(first_of_layers(reading) == turned, key);
    CHECK(reading.notes.front() ==
          "numbered by the layer that each says, not in the order of the list");
  }
  const Reading texts = attention_reading(
      records({text("0.layer", "10"), text("1.layer", "2"), text("2.layer", "3")}), {});
  CHECK(first_of_layers(texts) == std::vector<double>{.2, .3, .1});
}

TEST_CASE("records that say layer and head are heads of layers") {
  Dump dump = records({number("0.layer", 1), number("0.head", 0), number("1.layer", 0),
                       number("1.head", 0), number("2.layer", 0), number("2.head", 1),
                       number("3.layer", 1), number("3.head", 1)});
  dump.tensors.push_back({"3.attn", matrix(.4)});
  const Reading reading = attention_reading(dump, {});
  REQUIRE(reading.layers.size() == 2);
  CHECK(reading.layers[0].at(0, 0).to_doubles()[0] == .2);
  CHECK(reading.layers[0].at(0, 1).to_doubles()[0] == .3);
  CHECK(reading.layers[1].at(0, 1).to_doubles()[0] == .4);
}

TEST_CASE("the number of a record may be an array of one number") {
  Dump dump = records({});
  dump.tensors.resize(2);
  const auto one = [](const char* value) {
    return Tensor(Bytes::from(std::string(value, 8)), Dtype::i64, {});
  };
  dump.tensors.push_back({"0.layer", one("\1\0\0\0\0\0\0\0")});
  dump.tensors.push_back({"1.layer", one("\0\0\0\0\0\0\0\0")});
  CHECK(first_of_layers(attention_reading(dump, {})) == std::vector<double>{.2, .1});
}

TEST_CASE("a layer may be said by a name, an object within, or an index in a list of layers") {
  const std::vector<double> turned{.3, .2, .1};
  for (const char* key : {"layer", "name", "meta.layer"}) {
    std::vector<Field> fields;
    for (int record = 0; record < 3; ++record) {
      fields.push_back({std::to_string(record) + "." + key,
                        "encoder.layer." + std::to_string(2 - record) + ".attn",
                        {}});
    }
    CHECK_MESSAGE(first_of_layers(attention_reading(records(fields), {})) == turned, key);
  }
  Dump dump = dump_of({{"layers.0.attn", matrix(.1)}, {"layers.1.attn", matrix(.2)}});
  dump.fields = {number("layers.0.idx", 1), number("layers.1.idx", 0)};
  CHECK(first_of_layers(attention_reading(dump, {})) == std::vector<double>{.2, .1});
}

TEST_CASE("a layer that is said twice, or not everywhere, is refused") {
  CHECK(fault(records({number("0.layer", 0), number("1.layer", 1), number("2.layer", 0)}))
            .starts_with("a.npz: 2.attn: says that it is the same layer as 0.attn"));
  CHECK(
      fault(records({number("0.layer", 0), number("1.layer", 1)})) ==
      "a.npz: 2.attn: does not say which layer it is, and others do / number every array, or none");
}

TEST_CASE("records with a text or an id of their own are inputs") {
  CHECK(fault(records({text("0.text", "hello"), text("1.text", "world"), text("2.text", "!")})) ==
        "a.npz: 3 arrays with a 'text' of their own, 0.attn … 2.attn (3 arrays) [2, 2], are "
        "different inputs, not layers of one / choose one with $tensor '0.attn'; where these are "
        "layers, $axes layer,query,key");
  for (const char* key : {"sentence", "id", "prompt", "doc_id", "question"}) {
    const auto at = [&](int record) { return std::to_string(record) + "." + key; };
    const Dump dump =
        records({number(at(0).c_str(), 5), number(at(1).c_str(), 6), number(at(2).c_str(), 7)});
    CHECK_MESSAGE(fault(dump).find("different inputs") != std::string::npos, key);
  }
  CHECK(fault(records({text("0.who", "a b"), text("1.who", "c d"), text("2.who", "e f")}))
            .find("a 'who' of their own") != std::string::npos);
}

TEST_CASE("records that say the same text, or a name, are layers still") {
  CHECK(fault(records({text("0.text", "a b"), text("1.text", "a b"), text("2.text", "a b")})) ==
        "no error");
  CHECK(fault(records({text("0.name", "layer 0"), text("1.name", "layer 1"),
                       text("2.name", "layer 2")})) == "no error");
  CHECK(fault(records({number("0.layer", 0), text("0.id", "x"), number("1.layer", 1),
                       text("1.id", "y"), number("2.layer", 2), text("2.id", "z")})) == "no error");
}

TEST_CASE("layers of inputs are chosen by the number of their record") {
  Dump dump = dump_of({{"data.0.attn.0", uniform({1, 2, 3, 3})},
                       {"data.0.attn.1", uniform({1, 2, 3, 3})},
                       {"data.1.attn.0", uniform({1, 2, 3, 3})},
                       {"data.1.attn.1", uniform({1, 2, 3, 3})}});
  dump.fields = {text("data.0.text", "a"), text("data.1.text", "b")};
  CHECK(fault(dump).ends_with("choose one with $tensor 'data.0.attn.*'"));
  ReadingRequest request;
  request.tensor = "data.0.attn.*";
  CHECK(attention_reading(dump, request).layers.size() == 2);
}

TEST_CASE("records that say something else of their own are inputs too") {
  for (const char* key : {"label", "y", "i", "length", "position", "tag", "file", "name", "smiles",
                          "entity", "gold_label"}) {
    CAPTURE(key);
    const auto at = [&](int record) { return std::to_string(record) + "." + key; };
    for (const bool texts : {true, false}) {
      Dump dump = records({});
      for (int i = 0; i < 3; ++i) {
        dump.fields.push_back(texts ? Field{at(i), std::string(1, static_cast<char>('a' + i)), {}}
                                    : Field{at(i), {}, i});
      }
      CHECK(fault(dump).find(std::string("with a '") + key + "' of their own") !=
            std::string::npos);
    }
  }
  // a fraction is kept as a text
  CHECK(fault(records({text("0.loss", "0.5"), text("1.loss", "1.5"), text("2.loss", "2.5")}))
            .find("a 'loss' of their own") != std::string::npos);
  Dump losses = records({});
  for (int i = 0; i < 3; ++i) {
    losses.tensors.push_back(
        {std::to_string(i) + ".loss", Tensor::from(std::vector<double>{i + .5}, {1})});
  }
  CHECK(fault(losses).find("a 'loss' of their own") != std::string::npos);
}

TEST_CASE("what is said of an array or a module says no input") {
  for (const char* key : {"entropy", "dtype", "module", "type"}) {
    const auto at = [&](int record) { return std::to_string(record) + "." + key; };
    CHECK(fault(records({text(at(0).c_str(), "0.5"), text(at(1).c_str(), "1.5"),
                         text(at(2).c_str(), "2.5")})) == "no error");
  }
  CHECK(fault(records({text("0.name", "encoder.attn0"), text("1.name", "encoder.attn1"),
                       text("2.name", "encoder.attn2")})) == "no error");
  CHECK(fault(records({text("0.layer_name", "a"), text("1.layer_name", "b"),
                       text("2.layer_name", "c")})) == "no error");
  // the list says that it is one of layers
  Dump layers = dump_of({{"layers.0.attn", matrix(.1)}, {"layers.1.attn", matrix(.2)}});
  layers.fields = {text("layers.0.tag", "a"), text("layers.1.tag", "b")};
  CHECK(fault(layers) == "no error");
}

TEST_CASE("texts beside arrays in tuples are their own") {
  Dump dump = dump_of({{"0.1", matrix(.1)}, {"1.1", matrix(.2)}});
  dump.fields = {text("0.0", "hello"), text("1.0", "world")};
  CHECK(fault(dump).starts_with("a.npz: 2 arrays with a text of their own, 0.1 … 1.1"));
  dump.fields = {text("0.0", "layer_1"), text("1.0", "layer_0")};
  CHECK(first_of_layers(attention_reading(dump, {})) == std::vector<double>{.2, .1});
}

TEST_CASE("lists of tokens and of ids beside arrays in tuples are their own") {
  Dump dump = dump_of({{"0.1", matrix(.1)}, {"1.1", matrix(.2)}});
  dump.tokens_name = "0.0";
  dump.tokens = {"a", "b"};
  dump.tokens_of_inputs = {{"0.0", {"a", "b"}}, {"1.0", {"c", "d"}}};
  CHECK(fault(dump) ==
        "a.npz: 2 arrays with tokens of their own, 0.1 … 1.1 (2 arrays) [2, 2], are different "
        "inputs, not layers of one / choose one with $tensor '0.1'; where these are layers, $axes "
        "layer,query,key");
  ReadingRequest second;
  second.tensor = "1.1";
  CHECK(attention_reading(dump, second).key_labels == std::vector<std::string>{"c", "d"});
  Dump ids = dump_of({{"0.1", matrix(.1)}, {"1.1", matrix(.2)}});
  for (const char* name : {"0.0", "1.0"}) {
    ids.tensors.push_back({name, Tensor(Bytes::from(std::string(16, '\1')), Dtype::i64, {2})});
  }
  CHECK(fault(ids).find("tokens of their own") != std::string::npos);
}

TEST_CASE("a word or score of a step says no input") {
  const Tensor first = Tensor::from(std::vector<double>{1, 0, .5, .5}, {1, 1, 2, 2});
  const Tensor second = Tensor::from(std::vector<double>{.2, .3, .5}, {1, 1, 1, 3});
  Dump dump = dump_of({{"0.attn", first}, {"1.attn", second}});
  dump.fields = {text("0.word", "a"), text("1.word", "b")};
  CHECK(attention_reading(dump, {}).step_count == 2);
}
