// Statistics of one head, row by row.
//
// Requires finite weights, not negative. A row costs O(keys): one pass with a logarithm for each
// key (several at a time), and with tokens one visit to each earlier occurrence of the
// query's token. The Gini coefficient sorts the row. Memory is two numbers for each key, so rows
// may come from a producer that never holds the matrix.

#include "attention/heads/head_statistics.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "attention/positions.hpp"

namespace attngraph {
namespace {

double gini(std::vector<double> ascending) {
  std::sort(ascending.begin(), ascending.end());
  const auto count = static_cast<double>(ascending.size());
  double sum = 0, ranked = 0;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    sum += ascending[i];
    ranked += ascending[i] * (2.0 * static_cast<double>(i + 1) - count - 1);
  }
  return sum > 0 ? ranked / (count * sum) : 0;
}

}  // namespace

std::vector<std::size_t> token_classes(std::span<const std::string> tokens) {
  std::unordered_map<std::string_view, std::size_t> numbers;
  std::vector<std::size_t> classes;
  classes.reserve(tokens.size());
  for (const std::string& token : tokens) {
    classes.push_back(numbers.try_emplace(token, numbers.size()).first->second);
  }
  return classes;
}

HeadTally::HeadTally(std::size_t queries, std::size_t keys, const HeadStatisticsOptions& options)
    : queries_(queries),
      keys_(keys),
      options_(options),
      occurrences_(options.token_classes.size()),
      key_mass_(keys, 0.0),
      last_visible_(keys, 0) {
  assert(options_.token_classes.empty() || options_.token_classes.size() == keys);
  for (std::size_t k = 0; k < options_.token_classes.size(); ++k) {
    occurrences_[options_.token_classes[k]].push_back(k);
  }
  if (!options_.token_classes.empty()) copy_.emplace(options_.token_classes, options_.copy);
  if (options_.grid) grid_.emplace(*options_.grid, options_.target);
}

std::size_t HeadTally::position(std::size_t q) const {
  return options_.causal ? position_of(q, queries_, keys_) : q;
}

std::size_t HeadTally::visible_keys(std::size_t q) const {
  return options_.causal ? keys_before(q, queries_, keys_) : keys_;
}

std::size_t HeadTally::seen_keys() const {
  if (options_.seen_keys) return std::max<std::size_t>(2, *options_.seen_keys);
  const auto last =
      std::find_if(key_mass_.rbegin(), key_mass_.rend(), [](double mass) { return mass > 0; });
  return std::max<std::size_t>(2, static_cast<std::size_t>(key_mass_.rend() - last));
}

void HeadTally::count_seen_keys(HeadStatistics& statistics) const {
  if (options_.causal || keys_ < 2) return;
  const auto seen = static_cast<double>(seen_keys()), keys = static_cast<double>(keys_);
  statistics.entropy_normalized = statistics.entropy / std::log(seen);
  // Of the sorted row the zeros behind what is seen come first, and shift each rank.
  statistics.gini = (keys * statistics.gini - (keys - seen)) / seen;
}

void HeadTally::add_row(std::size_t q, const RowNumbers& weights) {
  const std::size_t here = position(q);
  const RowMeasures row = weights.measures(here, key_mass_);
  if (!(row.largest > 0)) return;
  const std::size_t visible = std::max<std::size_t>(1, visible_keys(q));
  entropy_.add(row.entropy);
  if (visible > 1) entropy_normalized_.add(row.entropy / std::log(static_cast<double>(visible)));
  support_.add(std::exp(row.entropy));
  max_weight_.add(row.largest);
  distance_.add(row.distance);
  backward_.add(row.backward);
  forward_.add(row.forward);
  add_places(here, weights);
  if (!occurrences_.empty() && here < keys_) add_repeats(here, weights);
  if (options_.gini) gini_.add(gini(weights.doubles(visible)));
  distant_.add(distant_mass(here, weights));
  if (copy_) copy_->add_row(here, weights.doubles(keys_), row.largest);
  if (grid_) grid_->add_row(here, weights.doubles(keys_));
  ++last_visible_[visible - 1];
}

void HeadTally::add_places(std::size_t position, const RowNumbers& weights) {
  first_.add(weights[0]);
  if (position < keys_) self_.add(weights[position]);
  if (position > 0 && position <= keys_) previous_.add(weights[position - 1]);
  if (position + 1 < keys_) next_.add(weights[position + 1]);
}

double HeadTally::distant_mass(std::size_t position, const RowNumbers& weights) const {
  constexpr std::size_t first = 4, near = 64;
  const std::size_t end = std::min(position >= near ? position - near + 1 : 0, keys_);
  double sum = end > first ? weights.facts(first, end).sum : 0;
  const std::size_t begin = std::max(first, position + near);
  if (!options_.causal && begin < keys_) sum += weights.facts(begin, keys_).sum;
  return sum;
}

void HeadTally::add_repeats(std::size_t position, const RowNumbers& weights) {
  double same = 0, behind_same = 0;
  for (const std::size_t earlier : occurrences_[options_.token_classes[position]]) {
    if (earlier >= position) break;
    same += weights[earlier];
    behind_same += weights[earlier + 1];
  }
  duplicate_.add(same);
  induction_.add(behind_same);
}

void HeadTally::find_sink(HeadStatistics& statistics) const {
  std::size_t seeing = 0;
  bool found = false;
  for (std::size_t i = keys_; i-- > 0;) {
    seeing += last_visible_[i];
    if (seeing == 0 || 2 * seeing < entropy_.count) continue;
    const double mean = key_mass_[i] / static_cast<double>(seeing);
    if (found && mean < statistics.sink_mass) continue;
    found = true;
    statistics.sink_token = i;
    statistics.sink_mass = mean;
  }
}

HeadStatistics HeadTally::finish() const {
  HeadStatistics statistics;
  statistics.entropy = entropy_.value();
  statistics.entropy_normalized = entropy_normalized_.value();
  statistics.support = support_.value();
  statistics.max_weight = max_weight_.value();
  statistics.distance = distance_.value();
  statistics.self = self_.value();
  statistics.previous = previous_.value();
  statistics.next = next_.value();
  statistics.first = first_.value();
  statistics.backward = backward_.value();
  statistics.forward = forward_.value();
  statistics.duplicate = duplicate_.value();
  statistics.induction = induction_.value();
  statistics.gini = gini_.value();
  count_seen_keys(statistics);
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  statistics.distant = distant_.value();
  statistics.copy = copy_ ? copy_->value() : none;
  statistics.grid_distance = grid_ ? grid_->distance() : none;
  statistics.spatial_entropy = grid_ ? grid_->entropy() : none;
  statistics.sink_mass = entropy_.count > 0 ? 0 : none;
  find_sink(statistics);
  return statistics;
}

HeadStatistics head_statistics(const Matrix& weights, const HeadStatisticsOptions& options) {
  const auto keys = static_cast<std::size_t>(weights.cols());
  HeadTally tally(static_cast<std::size_t>(weights.rows()), keys, options);
  for (Index q = 0; q < weights.rows(); ++q) {
    tally.add_row(static_cast<std::size_t>(q), std::span(weights.row(q).data(), keys));
  }
  return tally.finish();
}

}  // namespace attngraph
