#include "formats/edges/left_out_columns.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "core/error.hpp"
#include "formats/rules.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// The finalizer of SplitMix64.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t value) {
  std::uint64_t z = seed + 0x9e3779b97f4a7c15 + value;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::uint64_t place_of(const Edge& edge) {
  std::uint64_t place = mixed(0, static_cast<std::uint64_t>(edge.layer));
  place = mixed(place, static_cast<std::uint64_t>(edge.head));
  place = mixed(place, static_cast<std::uint64_t>(edge.source));
  return mixed(place, static_cast<std::uint64_t>(edge.target));
}

bool is_fraction(std::string_view text) {
  return text.find('.') != text.npos && text.find_first_not_of("+-0123456789.eE") == text.npos;
}

std::size_t different(std::vector<std::uint64_t> values) {
  std::sort(values.begin(), values.end());
  return static_cast<std::size_t>(std::unique(values.begin(), values.end()) - values.begin());
}

/// The rows, those of the same place side by side.
std::vector<std::size_t> by_place(const std::vector<std::uint64_t>& places) {
  std::vector<std::size_t> rows(places.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  return rows;
}

/// Whether a word says that a number counts layers, heads, steps, inputs or models; not one that
/// the rows of a table have as well.
bool says_what_it_counts(const std::string& name) {
  const std::string word = word_of(name);
  if (word == "id" || word == "uid" || word == "guid") return false;
  return counts_layers(word) || counts_heads(word) || counts_steps(word) || counts_inputs(word) ||
         counts_models(word);
}

}  // namespace

void LeftOutColumns::add_column(std::size_t position, const std::string& name) {
  if (!places_.empty()) require(columns_.size() + 1);
  const std::uint64_t nothing = std::hash<std::string_view>()("");
  columns_.push_back({position, name, std::vector(places_.size(), nothing), false});
}

void LeftOutColumns::require(std::size_t columns) const {
  require_memory(allowed_ * (columns + 1) * sizeof(std::uint64_t), limits_, where_);
}

void LeftOutColumns::add(const Edge& edge, std::span<const std::string_view> fields) {
  if (places_.size() == allowed_) {
    allowed_ = std::max<std::size_t>(1024, 2 * allowed_);
    require(columns_.size());
  }
  places_.push_back(place_of(edge));
  for (Column& column : columns_) {
    const std::string_view text = fields[column.position];
    column.values.push_back(std::hash<std::string_view>()(text));
    column.fractions = column.fractions || is_fraction(text);
  }
}

/// A number of each row, or a measure of it, is not.
bool LeftOutColumns::may_be_of_graphs(const Column& column) {
  if (says_what_it_counts(column.name)) return true;
  const std::size_t values = different(column.values);
  return column.fractions ? 2 * values <= column.values.size() : values < column.values.size();
}

void LeftOutColumns::require_one_graph() const {
  if (columns_.empty()) return;
  const auto rows = by_place(places_);
  const Column* telling = nullptr;
  for (const Column& column : columns_) {
    const auto apart = [&](std::size_t a, std::size_t b) {
      return places_[a] == places_[b] && column.values[a] != column.values[b];
    };
    const bool tells = std::adjacent_find(rows.begin(), rows.end(), apart) != rows.end() &&
                       may_be_of_graphs(column);
    const bool says_more = telling == nullptr || (says_what_it_counts(column.name) &&
                                                  !says_what_it_counts(telling->name));
    if (tells && says_more) telling = &column;
  }
  if (telling == nullptr) return;
  const std::string name = in_quotes(telling->name), column = words_.column;
  throw InputError(where_,
                   "edges of one layer and head stand there twice, and the " + column + " " + name +
                       ", which is left out, tells them apart",
                   std::string("keep the ") + words_.rows + " of one " + name +
                       "; where it counts layers or heads, call it layer or head; where these are "
                       "parallel edges, leave the " +
                       column + " out");
}

}  // namespace attngraph
