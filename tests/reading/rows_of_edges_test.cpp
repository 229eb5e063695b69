#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"

using namespace attngraph;

namespace {

Tensor numbers(const std::vector<double>& values, const Shape& shape) {
  return Tensor::from(values, shape);
}

}  // namespace

TEST_CASE("rows that may be edges have a hint for their row sums, and are a finding") {
  const auto cure = [](const Tensor& matrix) {
    return attention_reading(dump_of({{"", matrix}}), {}).row_sum_cure;
  };
  const std::vector<double> edges{0, 1, .5, 1, 0, .25, 1, 1, .75, 2, 0, 1};
  const std::string hint =
      " may be edges: two whole numbers, then a weight; where they are, write a table: "
      "numpy.savetxt('edges.csv', ";
  const std::string rest =
      ", fmt='%.17g', delimiter=',', header='source,target,weight', comments=''); of attention "
      "$normalize rows divides each row by its sum";
  CHECK(cure(numbers(edges, {4, 3})) == "rows" + hint + "edges" + rest);
  const Tensor lying = numbers(edges, {4, 3}).permuted(std::vector<std::size_t>{1, 0});
  CHECK(cure(lying) == "columns" + hint + "edges.T" + rest);
  CHECK(cure(numbers({0, 1, 3, 1, 0, 2}, {2, 3})).empty());
  CHECK(cure(numbers({0, 0, 1, .5, 0, .5}, {2, 3})).empty());
  CHECK(cure(uniform({3, 3})).empty());
  const Reading found =
      attention_reading(dump_of({{"", numbers(edges, {4, 3})}}), {}, Faults::found);
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings.front().what == "rows may be edges: two whole numbers, then a weight");
}
