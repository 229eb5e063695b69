#include "report/answer/table.hpp"

#include <algorithm>
#include <numeric>
#include <type_traits>

#include "core/error.hpp"

namespace attngraph {

std::vector<std::size_t> sorted_order(const Values& values, Order order) {
  std::vector<std::size_t> places(std::visit([](const auto& all) { return all.size(); }, values));
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::visit(
      [&](const auto& cells) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(cells)>, Unknown>) {
          std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
            return order == Order::rising ? cells[a] < cells[b] : cells[b] < cells[a];
          });
        }
      },
      values);
  return places;
}

std::string column_names(const Schema& schema) {
  std::string names;
  for (const Column& column : schema) {
    if (column.known == Known::yes) names += (names.empty() ? "" : ", ") + column.name;
  }
  return names;
}

void refuse_column(const std::string& name, const std::string& field, const Schema& schema) {
  throw ArgumentError(field, "there is no column '" + name + "'",
                      "columns are " + column_names(schema));
}

}  // namespace attngraph
