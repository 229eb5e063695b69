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
