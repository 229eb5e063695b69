#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::npy_file;
using test::raw;

namespace {

struct Sample {
  std::string name;
  std::string bytes;
};

/// [layer 2, head 1, query 2, key 2]; all values are exact in every number type.
const std::vector<double> weights{1, 0, 0.5, 0.5, 0.25, 0.75, 0.625, 0.375};
const std::vector<double> in_fortran_order{1, 0.25, 0.5, 0.625, 0, 0.75, 0.5, 0.375};

std::string reversed(std::string bytes, std::size_t width) {
  for (std::size_t i = 0; i < bytes.size(); i += width) {
    std::reverse(bytes.begin() + static_cast<long>(i),
                 bytes.begin() + static_cast<long>(i + width));
  }
  return bytes;
}

std::string floats() { return raw(std::vector<float>(weights.begin(), weights.end())); }

/// The upper halves of the floats.
std::string bfloats() {
  std::string bytes;
  for (std::size_t i = 0; i < 32; i += 4) bytes += floats().substr(i + 2, 2);
  return bytes;
}

const std::string halves = test::bytes_of("003c 0000 0038 0038 0034 003a 0039 0036");

std::string tensor_header(const std::string& dtype, std::size_t size) {
  return "{\"attention\":{\"dtype\":\"" + dtype + "\",\"shape\":[2,1,2,2],\"data_offsets\":[0," +
         std::to_string(size) + "]}}";
}

std::vector<Sample> stacks() {
  const std::string shape = "(2, 1, 2, 2)";
  const std::string doubles = raw(weights);
  const std::string npy = npy_file("<f8", shape, doubles);
  const std::string json = "[[[[1,0],[0.5,0.5]]],[[[0.25,0.75],[6.25e-1,0.375]]]]";
  return {{"NPY float64", npy},
          {"NPY float64, version 2", npy_file("<f8", shape, doubles, 2)},
          {"NPY float64, big-endian", npy_file(">f8", shape, reversed(doubles, 8))},
          {"NPY float64, Fortran order", npy_file("<f8", shape, raw(in_fortran_order), 1, true)},
          {"NPY float32", npy_file("<f4", shape, floats())},
          {"NPY float16", npy_file("<f2", shape, halves)},
          {"NPY bfloat16", npy_file("<V2", shape, bfloats())},
          {"NPZ stored", test::zip_file({{"attention.npy", npy}})},
          {"NPZ deflated", test::zip_file({{"attention.npy", npy, true}})},
          {"NPZ Zip64", test::zip_file({{"attention.npy", npy, true, true, true}}, true)},
          {"safetensors F64", test::safetensors_file(tensor_header("F64", 64), doubles)},
          {"safetensors F32", test::safetensors_file(tensor_header("F32", 32), floats())},
          {"safetensors F16", test::safetensors_file(tensor_header("F16", 16), halves)},
          {"safetensors BF16", test::safetensors_file(tensor_header("BF16", 16), bfloats())},
          {"JSON lists", json},
          {"JSON object", "{\"tokens\": [\"a\", \"b\"], \"attention\": " + json + "}"}};
}

std::vector<Sample> graphs() {
  return {{"CSV", "source,target,weight\n0,0,0.5\n0,1,0.5\n1,0,0.25\n"},
          {"CSV of labels", "weight,source,target\n0.5,a,a\n0.5,a,b\n0.25,b,a\n"},
          {"GraphML",
           "<graphml><key id='w' for='edge' attr.name='weight'/>"
           "<graph edgedefault='directed'><node id='a'/><node id='b'/>"
           "<edge source='a' target='a'><data key='w'>0.5</data></edge>"
           "<edge source='a' target='b'><data key='w'>0.5</data></edge>"
           "<edge source='b' target='a'><data key='w'>0.25</data></edge>"
           "</graph></graphml>"}};
}

}  // namespace

TEST_CASE("one stack in every format gives equal tensors") {
  for (const Sample& sample : stacks()) {
    CAPTURE(sample.name);
    const Dump dump = test::dump_of(sample.bytes);
    REQUIRE(dump.tensors.size() == 1);
    CHECK(dump.tensors[0].tensor.shape() == Shape{2, 1, 2, 2});
    CHECK(dump.tensors[0].tensor.to_doubles() == weights);
  }
}

TEST_CASE("one graph in every format gives equal edges") {
  for (const Sample& sample : graphs()) {
    CAPTURE(sample.name);
    const Dump dump = test::dump_of(sample.bytes);
    CHECK(dump.nodes == 2);
    REQUIRE(dump.edges.size() == 1);
    CHECK(dump.edges[0].edges.source == std::vector<std::int32_t>{0, 0, 1});
    CHECK(dump.edges[0].edges.target == std::vector<std::int32_t>{0, 1, 0});
    CHECK(dump.edges[0].edges.weight == std::vector{0.5, 0.5, 0.25});
  }
}

TEST_CASE("a file cut off at any byte is refused") {
  auto samples = stacks();
  samples.push_back(graphs().back());
  for (const Sample& sample : samples) {
    for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
      CAPTURE(sample.name);
      CAPTURE(size);
      CHECK_THROWS_AS(test::dump_of(sample.bytes.substr(0, size)), InputError);
    }
  }
}

TEST_CASE("a CSV cut off at any byte is refused or is a shorter list, never a crash") {
  const std::string text = graphs().front().bytes;
  for (std::size_t size = 0; size < text.size(); ++size) {
    std::size_t nodes = 0;
    try {
      nodes = test::dump_of(text.substr(0, size)).nodes;
    } catch (const InputError&) {
    }
    CHECK(nodes <= 2);
  }
}

TEST_CASE("a file with any one byte changed is read or refused, never a crash") {
  auto samples = stacks();
  for (auto& graph : graphs()) samples.push_back(graph);
  for (const Sample& sample : samples) {
    for (std::size_t i = 0; i < sample.bytes.size(); ++i) {
      for (const int value : {0x00, 0x01, 0x22, 0x7f, 0xff}) {
        std::string changed = sample.bytes;
        changed[i] = static_cast<char>(value);
        try {
          for (const auto& tensor : test::dump_of(changed).tensors) tensor.tensor.to_doubles();
        } catch (const Error&) {
        }
      }
    }
  }
}
