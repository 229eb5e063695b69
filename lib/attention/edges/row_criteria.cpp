#include "attention/edges/row_criteria.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "numeric/largest_entries.hpp"

namespace attngraph {
namespace {

void check_share(const std::optional<double>& share, const char* option) {
  if (share && !(*share > 0 && *share <= 1)) {
    throw ArgumentError(option, "is not a number above 0 and up to 1");
  }
}

void keep_only(std::span<const std::size_t> kept, std::span<char> keep) {
  std::vector<char> chosen(keep.size(), 0);
  for (const std::size_t i : kept) chosen[i] = 1;
  for (std::size_t i = 0; i < keep.size(); ++i) keep[i] = keep[i] && chosen[i];
}

void keep_mass(std::span<const double> row, double share, std::span<char> keep) {
  const double sum = std::accumulate(row.begin(), row.end(), 0.0);
  const auto order = largest_entries<double>(row, row.size());
  double running = 0;
  std::size_t count = 0;
  // The slack forgives rounding: ten weights of 0.1 reach 1.
  while (count < order.size() && running / sum < share - 1e-12) running += row[order[count++]];
  keep_only(std::span(order).first(count), keep);
}

}  // namespace

void check_criteria(const RowCriteria& criteria) {
  if (criteria.threshold && !(*criteria.threshold >= 0)) {
    throw ArgumentError("$threshold", "is not a number of at least 0");
  }
  if (criteria.top_k == std::size_t{0}) throw ArgumentError("$top-k", "is 0, expected 1 or more");
  check_share(criteria.top_p, "$top-p");
  check_share(criteria.disparity, "$disparity");
}

void apply_criteria(std::span<const double> row, std::size_t visible, const RowCriteria& criteria,
                    std::span<char> keep) {
  const double least = criteria.threshold.value_or(0);
  for (std::size_t i = 0; i < row.size(); ++i) keep[i] = keep[i] && row[i] > least;
  if (criteria.disparity) {
    const double others = visible > 0 ? static_cast<double>(visible) - 1 : 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      keep[i] = keep[i] && std::pow(std::max(0.0, 1 - row[i]), others) < *criteria.disparity;
    }
  }
  if (criteria.share) {
    const auto keys = static_cast<double>(visible);
    for (std::size_t i = 0; i < row.size(); ++i)
      keep[i] = keep[i] && row[i] * keys > more_than_equal;
  }
  if (criteria.top_k) keep_only(largest_entries<double>(row, *criteria.top_k), keep);
  if (criteria.top_p) keep_mass(row, *criteria.top_p, keep);
}

}  // namespace attngraph
