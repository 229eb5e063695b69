#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "oracle/npy_file.hpp"
#include "report/questions/gat.hpp"
#include "report/questions/pool.hpp"
#include "report/questions/spatial.hpp"
#include "report/recording_sink.hpp"

using namespace attngraph;
using oracle::npy_file;

namespace {

GraphAttentionInput karate() {
  GraphAttentionInput input;
  input.features = npy_file("small/karate/features.npy");
  input.weight = npy_file("small/karate/weight.npy");
  input.attention = npy_file("small/karate/attention_vector.npy");
  return input;
}

Dump dump_of(const Tensor& tensor) {
  Dump dump;
  dump.tensors.push_back({"", tensor});
  return dump;
}

/// Three items of two tokens; the last is all masked.
PoolingInput three_items() {
  PoolingInput input;
  input.input = Tensor::from(std::vector<double>{1, 2, 3, 4, 5, 6}, {3, 2, 1});
  input.w1 = Tensor::from(std::vector<double>{0}, {1, 1});
  input.w2 = Tensor::from(std::vector<double>{1}, {1});
  input.mask = Tensor::from(std::vector<double>{1, 1, 0, 1, 0, 0}, {3, 2});
  return input;
}

}  // namespace

TEST_CASE("gat answers by edges or by matrices, with the same weights") {
  RecordingSink edges, features, matrices(Form::matrices);
  const Dump adjacency = dump_of(npy_file("small/karate/adjacency.npy"));
  GatOptions options;
  gat_report(karate(), adjacency, options, edges, &features);
  gat_report(karate(), adjacency, options, matrices, nullptr);
  CHECK(edges.columns() == "head,source,target,weight");
  Dump named = adjacency;
  for (int node = 0; node < 34; ++node) named.tokens.push_back("n" + std::to_string(node));
  RecordingSink labelled;
  gat_report(karate(), named, options, labelled, nullptr);
  CHECK(labelled.columns() == "head,source,target,weight,source_label,target_label");
  CHECK(labelled.text(0, 5) == "n" + std::to_string(static_cast<int>(labelled.number(0, 2))));
  CHECK(matrices.series.shape == std::vector<std::size_t>{3, 34, 34});
  const Tensor expected = npy_file("small/karate/attention.npy");
  for (std::size_t head = 0; head < 3; ++head) {
    const auto values = expected.at(0, head).to_doubles();
    for (std::size_t i = 0; i < values.size(); ++i) {
      CHECK(std::abs(matrices.matrices[head].values[i] - values[i]) < 1e-6);
    }
  }
  for (std::size_t row = 0; row < edges.table.size(); ++row) {
    const auto head = static_cast<std::size_t>(edges.number(row, 0));
    const auto source = static_cast<std::size_t>(edges.number(row, 1));
    const auto target = static_cast<std::size_t>(edges.number(row, 2));
    CHECK(static_cast<float>(matrices.matrices[head](source, target)) == edges.number(row, 3));
  }
  CHECK(features.series.shape == std::vector<std::size_t>{34, 24});
}

TEST_CASE("gat needs features of nodes") {
  GraphAttentionInput input = karate();
  input.features = Tensor::from(std::vector<double>{1}, {});
  RecordingSink sink;
  CHECK_THROWS_WITH_AS(gat_report(input, {}, {}, sink, nullptr),
                       "$features: has shape [], expected [node, width]", InputError);
}

TEST_CASE("gat reads the neighbours from an edge list, and counts who has none") {
  Dump dump;
  dump.edges.push_back({0, 0, {3, {0, 0}, {1, 2}, {1, 1}}});
  GraphAttentionInput input;
  input.features = Tensor::from(std::vector<double>{1, 2, 3}, {3, 1});
  input.weight = Tensor::from(std::vector<double>{1}, {1, 1});
  input.attention = Tensor::from(std::vector<double>{0, 0}, {2});
  RecordingSink sink, looped;
  gat_report(input, dump, {}, sink, nullptr);
  CHECK(sink.table.size() == 2);
  CHECK(sink.number(1, 3) == .5);
  CHECK(sink.notes == std::vector<std::string>{"2 nodes have no neighbours and attend to nothing"});
  GatOptions options;
  options.self_loops = true;
  gat_report(input, dump, options, looped, nullptr);
  CHECK(looped.table.size() == 5);
  CHECK(looped.notes.empty());
  CHECK_THROWS_AS(gat_report(input, Dump{}, {}, sink, nullptr), InputError);
}

TEST_CASE("pooling answers one row of weights for each item") {
  RecordingSink weights, features;
  pool_report(three_items(), {"a", "b"}, weights, &features);
  CHECK(weights.series.row_column.name == "batch");
  CHECK(weights.series.column_labels == std::vector<std::string>{"a", "b"});
  CHECK(weights.matrices[0].values == std::vector<double>{.5, .5, 0, 1, 0, 0});
  CHECK(weights.notes == std::vector<std::string>{"1 item is fully masked: all weights 0"});
  CHECK(features.matrices[0].values == std::vector<double>{1.5, 4, 0});
  CHECK(features.series.shape == std::vector<std::size_t>{3, 1});
  CHECK_THROWS_AS(pool_report(three_items(), {"a"}, weights, nullptr), InputError);
}

TEST_CASE("spatial attention labels its pixels and keeps the shape of the image") {
  SpatialInput input;
  input.input = Tensor::from(std::vector<double>(24, 1), {2, 2, 2, 3});
  input.wq = Tensor::from(std::vector<double>{1, 1}, {1, 2});
  input.wk = input.wq;
  RecordingSink weights, features;
  spatial_report(input, {}, weights, nullptr);
  CHECK(weights.series.shape == std::vector<std::size_t>{2, 6, 6});
  CHECK(weights.series.column_labels[4] == "1,1");
  CHECK(weights.matrices[1].place ==
        MatrixPlace{std::int64_t{1}, std::int64_t{0}, std::int64_t{0}});
  CHECK(weights.matrices[1](5, 0) == doctest::Approx(1.0 / 6));
  CHECK_THROWS_AS(spatial_report(input, {}, weights, &features), ArgumentError);
  input.wv = Tensor::from(std::vector<double>{1, 0, 0, 1}, {2, 2});
  input.gamma = Tensor::from(std::vector<double>{.5}, {1});
  spatial_report(input, {}, weights, &features);
  CHECK(features.series.shape == std::vector<std::size_t>{2, 2, 2, 3});
  CHECK(features.matrices[0](1, 5) == doctest::Approx(1.5));
}
