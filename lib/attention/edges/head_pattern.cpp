#include "attention/edges/head_pattern.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "attention/positions.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

/// Two numbers with `between` between them and nothing else.
template <typename First, typename Second>
bool two_numbers(const std::string& text, char between, First& first, Second& second) {
  const char* end = text.data() + text.size();
  const auto middle = std::from_chars(text.data(), end, first);
  if (middle.ec != std::errc{} || middle.ptr == end || *middle.ptr != between) return false;
  const auto last = std::from_chars(middle.ptr + 1, end, second);
  constexpr auto most = std::size_t{1} << 50;  // sums of larger ones may overflow
  return last.ec == std::errc{} && last.ptr == end && first <= static_cast<First>(most) &&
         second <= static_cast<Second>(most);
}

/// 1 for the `count` places that come first in an order.
template <typename Before>
std::vector<char> first_places(std::size_t places, std::size_t count, const Before& before) {
  std::vector<std::size_t> order(places);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(count, places));
  std::partial_sort(order.begin(), end, order.end(), before);
  std::vector<char> chosen(places, 0);
  std::for_each(order.begin(), end, [&](std::size_t place) { chosen[place] = 1; });
  return chosen;
}

void check_count(const std::optional<std::size_t>& count, const char* option) {
  if (count == std::size_t{0}) throw ArgumentError(option, "is 0, expected 1 or more");
}

}  // namespace

PatternCriteria::Stream stream_named(const std::string& text) {
  PatternCriteria::Stream stream;
  if (two_numbers(text, ',', stream.sink, stream.window)) return stream;
  throw ArgumentError("$stream",
                      "'" + text + "' is not SINK,WINDOW, two numbers of keys such as 4,64");
}

PatternCriteria::Blocks blocks_named(const std::string& text) {
  PatternCriteria::Blocks blocks;
  if (two_numbers(text, ':', blocks.size, blocks.mass)) return blocks;
  throw ArgumentError("$blocks", "'" + text +
                                     "' is not SIZE:MASS, the tokens of a block and a share such "
                                     "as 64:0.95");
}

void check_pattern(const PatternCriteria& criteria) {
  check_count(criteria.vertical, "$vertical");
  check_count(criteria.slash, "$slash");
  check_count(criteria.estimate_from, "$estimate-from");
  if (criteria.stream && criteria.stream->sink + criteria.stream->window == 0) {
    throw ArgumentError("$stream", "keeps no key");
  }
  if (!criteria.blocks) return;
  if (criteria.blocks->size == 0)
    throw ArgumentError("$blocks", "are of 0 tokens, expected 1 or more");
  if (!(criteria.blocks->mass > 0 && criteria.blocks->mass <= 1)) {
    throw ArgumentError("$blocks", "have a share that is not above 0 and up to 1");
  }
}

HeadPattern::HeadPattern(const PatternCriteria& criteria, std::size_t queries, std::size_t keys,
                         Causality causality)
    : criteria_(criteria), queries_(queries), keys_(keys), causality_(causality) {
  if (criteria.columns_or_diagonals()) {
    columns_.assign(keys, 0);
    diagonals_.assign(queries + 2 * keys, 0);
  }
  if (!criteria.blocks) return;
  const std::size_t size = criteria.blocks->size;
  block_sums_.assign((keys + size - 1) / size, 0);
  kept_blocks_.resize((queries + size - 1) / size);
}

std::size_t HeadPattern::place(std::size_t query) const {
  return causality_ == Causality::causal ? position_of(query, queries_, keys_) : query;
}

bool HeadPattern::is_estimated_by(std::size_t query) const {
  return query + criteria_.estimate_from.value_or(queries_) >= queries_;
}

bool HeadPattern::in_stream(std::size_t place, std::size_t key) const {
  const auto [sink, window] = *criteria_.stream;
  if (key < sink) return true;
  const bool behind = causality_ == Causality::causal && key > place;
  return !behind && (key > place ? key - place : place - key) < window;
}

void HeadPattern::choose_blocks() {
  std::vector<std::uint32_t> order(block_sums_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return block_sums_[a] > block_sums_[b];
  });
  const double sum = std::accumulate(block_sums_.begin(), block_sums_.end(), 0.0);
  double running = 0;
  std::size_t count = 0;
  // The slack forgives rounding, as for a share of a row.
  while (sum > 0 && count < order.size() && running / sum < criteria_.blocks->mass - 1e-12) {
    running += block_sums_[order[count++]];
  }
  order.resize(count);
  kept_blocks_[block_row_] = std::move(order);
  std::fill(block_sums_.begin(), block_sums_.end(), 0.0);
}

void HeadPattern::choose() {
  if (criteria_.columns_or_diagonals()) {
    kept_columns_ =
        first_places(keys_, criteria_.vertical.value_or(0), [&](std::size_t a, std::size_t b) {
          return columns_[a] != columns_[b] ? columns_[a] > columns_[b] : a < b;
        });
    // Of equal ones the nearer, then the one before the query.
    const std::size_t own = queries_ + keys_;
    const auto away = [&](std::size_t i) { return i < own ? own - i : i - own; };
    kept_diagonals_ = first_places(diagonals_.size(), criteria_.slash.value_or(0),
                                   [&](std::size_t a, std::size_t b) {
                                     if (diagonals_[a] != diagonals_[b])
                                       return diagonals_[a] > diagonals_[b];
                                     return away(a) != away(b) ? away(a) < away(b) : a < b;
                                   });
  }
  if (criteria_.blocks) choose_blocks();
}

std::vector<char> HeadPattern::blocks_of(std::size_t query) const {
  std::vector<char> kept(block_sums_.size(), 0);
  for (const std::uint32_t block : kept_blocks_[query / criteria_.blocks->size]) kept[block] = 1;
  return kept;
}

}  // namespace attngraph
