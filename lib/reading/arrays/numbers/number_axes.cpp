#include "reading/arrays/numbers/number_axes.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "reading/arrays/numbers/open_numbers.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Places = std::vector<std::size_t>;

bool may_count_layers(Counts counts) { return counts == Counts::layers || counts == Counts::open; }

/// Whether two numbers grow together, as in `block_1/attention_1`.
bool go_together(const Family& arrays, std::size_t first, std::size_t second) {
  std::set<std::pair<std::int64_t, std::int64_t>> pairs;
  for (const ArrayName& name : arrays.names) {
    pairs.emplace(name.numbers[first], name.numbers[second]);
  }
  const auto apart = [](const auto& a, const auto& b) {
    return a.first == b.first || a.second >= b.second;
  };
  return std::adjacent_find(pairs.begin(), pairs.end(), apart) == pairs.end();
}

/// The places of numbers that differ, one of those that count the same layers twice.
Places independent_places(const Family& arrays) {
  const auto& words = arrays.names.front().words;
  Places kept;
  for (const std::size_t place : arrays.varying()) {
    const auto repeats = [&](std::size_t before) {
      return !(words[before].empty() && words[place].empty()) &&
             may_count_layers(counted_at(arrays, before)) &&
             may_count_layers(counted_at(arrays, place)) && go_together(arrays, before, place);
    };
    if (std::none_of(kept.begin(), kept.end(), repeats)) kept.push_back(place);
  }
  return kept;
}

/// Stages and their blocks, of which no number stands twice: `stages.0.blocks.1`.
bool are_nested(const Family& arrays, const Places& places) {
  const auto& words = arrays.names.front().words;
  const auto holds = [&](std::size_t outer) {
    const std::string& word = words[outer];
    return word == "stage" || word == "stages" || word == "layers" || word == "blocks";
  };
  const auto within = [&](std::size_t outer, std::size_t inner) {
    return words[outer] != words[inner] &&
           (words[outer].starts_with("stage") || words[inner].ends_with("s"));
  };
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    if (!holds(places[i]) || !within(places[i], places[i + 1])) return false;
  }
  return true;
}

/// Whether they count layers as far as words say it.
bool are_layers(const Family& arrays, const Places& places, bool stacked) {
  if (places.empty()) return true;
  const auto is = [&](Counts counts) {
    return [&arrays, counts](std::size_t place) { return counted_at(arrays, place) == counts; };
  };
  if (places.size() == 1) {
    const Counts counts = counted_at(arrays, places.front());
    // Of matrices more would have to be known to tell layers from inputs.
    const bool unknown = counts == Counts::unknown && (stacked || arrays.rank() == 2);
    return may_count_layers(counts) || unknown || (counts == Counts::ids && stacked);
  }
  return std::all_of(places.begin(), places.end(), is(Counts::layers)) &&
         are_nested(arrays, places);
}

/// Whether axes that are named give each array several heads of its own.
bool have_heads(const Family& arrays, const Axes& axes) {
  const auto head = std::find(axes.begin(), axes.end(), Axis::head);
  if (head == axes.end() || axes.size() != arrays.rank()) return false;
  const auto place = static_cast<std::size_t>(head - axes.begin());
  return arrays.members.front().tensor.shape()[place] > 1;
}

}  // namespace

bool names_numbers(const Family& arrays, const ReadingRequest& request) {
  if (request.axes.empty() || are_of_tokens(request.axes)) return false;
  const std::size_t numbers = independent_places(arrays).size();
  return numbers > 0 && request.axes.size() == arrays.rank() + numbers;
}

NumberAxes number_axes(const Family& arrays, const ReadingRequest& request,
                       const std::string& source, bool stacked) {
  NumberAxes read{independent_places(arrays), {}};
  if (names_numbers(arrays, request)) {
    const auto behind = request.axes.begin() + static_cast<std::ptrdiff_t>(read.places.size());
    read.axes.assign(request.axes.begin(), behind);
    return read;
  }
  Places others;
  for (const std::size_t place : read.places) {
    const bool head = counted_at(arrays, place) == Counts::heads;
    read.axes.push_back(head ? Axis::head : Axis::layer);
    if (!head) others.push_back(place);
  }
  const std::size_t head_places = read.places.size() - others.size();
  if (head_places == 1 && others.empty() && have_heads(arrays, request.axes)) {
    return {read.places, {Axis::layer}};
  }
  if (head_places > 1 || !are_layers(arrays, others, stacked && head_places == 0)) {
    refuse_open_numbers(arrays, read.places, source, stacked);
  }
  return read;
}

}  // namespace attngraph
