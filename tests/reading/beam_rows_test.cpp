#include "reading/arrays/steps/beam_rows.hpp"

#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"

namespace attngraph {
namespace {

/// A prompt of one token and two steps of three hypotheses, two layers alike; each weight says step
/// and row.
Dump beams(std::vector<NamedTensor> others = {}) {
  std::vector<NamedTensor> arrays;
  for (std::size_t t = 0; t < 3; ++t) {
    std::vector<double> weights;
    for (std::size_t row = 0; row < 3; ++row) {
      const double first = t == 0 ? 1 : .1 * static_cast<double>(t) + .2 * static_cast<double>(row);
      for (std::size_t k = 0; k <= t; ++k)
        weights.push_back(k == 0 ? first : k == t ? 1 - first : 0);
    }
    for (const char* layer : {".0", ".1"}) {
      arrays.push_back({"attentions." + std::to_string(t) + layer,
                        Tensor::from(std::vector<double>(weights), {3, 1, 1, t + 1})});
    }
  }
  for (NamedTensor& other : others) arrays.push_back(std::move(other));
  return dump_of(std::move(arrays));
}

NamedTensor indices(std::vector<double> rows, const Shape& shape) {
  return {"beam_indices", Tensor::from(std::move(rows), shape)};
}

ReadingRequest item(std::size_t batch) {
  ReadingRequest request;
  request.batch = batch;
  return request;
}

}  // namespace

TEST_CASE("a sequence of beam search is followed from row to row") {
  const Dump dump = beams({indices({0, 2, 1, 1, 0, 2}, {2, 3})});
  const Reading first = attention_reading(dump, item(0));
  CHECK(first.batches == 2);
  CHECK(first.layers[0].shape() == Shape{1, 3, 3});
  const auto weights = first.layers[0].to_doubles();
  CHECK(weights[3] == doctest::Approx(.5));  // step 1 of row 2
  CHECK(weights[6] == doctest::Approx(.4));  // step 2 of row 1
  CHECK(first.notes.front() ==
        "$batch is a sequence, followed from hypothesis to hypothesis by beam_indices");
  const auto second = attention_reading(dump, item(1)).layers[0].to_doubles();
  CHECK(second[3] == doctest::Approx(.1));
  CHECK(second[6] == doctest::Approx(.6));
  CHECK(error_of<InputError>([&] { attention_reading(dump, {}); }).find("holds a batch of 2") !=
        std::string::npos);
  CHECK(error_of<ArgumentError>([&] { attention_reading(dump, item(2)); }) ==
        "$batch: there is no 2 in a batch of 2 / ");
}

TEST_CASE("a single sequence need not be chosen, and one that ended has fewer steps") {
  const Reading reading = attention_reading(beams({indices({1, 1, -1, -1}, {1, 4})}), {});
  CHECK(reading.layers[0].shape() == Shape{1, 2, 2});
  CHECK(reading.layers[0].to_doubles()[2] == doctest::Approx(.3));
}

TEST_CASE("indices that go with other steps are refused") {
  CHECK(error_of<InputError>([] {
          attention_reading(beams({indices({0, 3, 0}, {1, 3})}), {});
        }) ==
        "a.npz: beam_indices: 0: step 1 is of none of the 3 hypotheses / save it with the "
        "attention of the same generate()");
  CHECK(error_of<InputError>([] {
          attention_reading(beams({indices({-1, 0}, {1, 2})}), {});
        }) == "a.npz: beam_indices: 0: has no step, expected one or more / ");
}

TEST_CASE("hypotheses without indices are named") {
  const Tensor one = counting({1, 4});
  const Reading reading = attention_reading(beams({{"sequences", one}}), item(0));
  CHECK(reading.notes.front() ==
        "the 3 rows of a step for 1 sequence may be hypotheses of beam search, which change "
        "places: without beam_indices a row is of none of them");
  CHECK(attention_reading(beams({{"sequences", counting({3, 4})}}), item(0)).notes.empty());
  CHECK(attention_reading(
            beams({{"sequences", counting({3, 4})}, {"sequences_scores", counting({3})}}), item(0))
            .notes.size() == 1);
}

}  // namespace attngraph
