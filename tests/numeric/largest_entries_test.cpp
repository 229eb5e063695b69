#include "numeric/largest_entries.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

using namespace attngraph;

TEST_CASE("the largest entries come falling, ties by the lower index, zeros never") {
  const std::vector<double> row{.1, .3, 0, .3, .2};
  CHECK(largest_entries<double>(row, 2) == std::vector<std::size_t>{1, 3});
  CHECK(largest_entries<double>(row, 9) == std::vector<std::size_t>{1, 3, 4, 0});
  CHECK(largest_entries<double>(row, 0).empty());
}

TEST_CASE("any number of them is the beginning of the whole order") {
  CHECK(rc::check([](const std::vector<unsigned char>& bytes, unsigned char count) {
    std::vector<float> row(bytes.begin(), bytes.end());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] > 0) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return row[a] > row[b]; });
    if (order.size() > count) order.resize(count);
    RC_ASSERT(largest_entries<float>(row, count) == order);
  }));
}
