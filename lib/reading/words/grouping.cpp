#include "reading/words/grouping.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "core/error.hpp"
#include "reading/words/special_tokens.hpp"
#include "reading/words/text_order.hpp"

namespace attngraph {

std::size_t Grouping::tokens_left_out() const {
  return static_cast<std::size_t>(std::count(node.begin(), node.end(), left_out));
}

std::vector<std::size_t> Grouping::sizes() const {
  std::vector<std::size_t> sizes(labels.size(), 0);
  for (const std::int32_t one : node) {
    if (one != left_out) ++sizes[static_cast<std::size_t>(one)];
  }
  return sizes;
}

Grouping single_tokens(const std::vector<std::string>& tokens) {
  Grouping grouping;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    grouping.node.push_back(static_cast<std::int32_t>(i));
  }
  grouping.labels = tokens;
  return grouping;
}

std::vector<std::size_t> places(const Grouping& grouping) {
  std::vector<std::size_t> places(grouping.nodes());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (grouping.tokens_left_out() == 0) return places;
  assert(in_text_order(grouping));
  std::size_t next = 0, place = 0;
  for (const std::int32_t node : grouping.node) {
    if (node == Grouping::left_out) {
      ++place;
    } else if (static_cast<std::size_t>(node) == next) {
      places[next++] = place++;
    }
  }
  return places;
}

Grouping tail(const Grouping& grouping, std::size_t count) {
  Grouping last;
  last.division = grouping.division;
  last.node.assign(grouping.node.end() - static_cast<std::ptrdiff_t>(count), grouping.node.end());
  std::vector<std::int32_t> place(grouping.labels.size(), Grouping::left_out);
  for (const std::int32_t node : last.node) {
    if (node != Grouping::left_out) place[static_cast<std::size_t>(node)] = 0;
  }
  // Nodes keep their order, which is that of the whole grouping on the other side.
  for (std::size_t node = 0; node < place.size(); ++node) {
    if (place[node] == Grouping::left_out) continue;
    place[node] = static_cast<std::int32_t>(last.labels.size());
    last.labels.push_back(grouping.labels[node]);
  }
  for (std::int32_t& node : last.node) {
    if (node != Grouping::left_out) node = place[static_cast<std::size_t>(node)];
  }
  return last;
}

Grouping without_special(Grouping grouping) {
  std::vector<std::int32_t> kept(grouping.labels.size(), Grouping::left_out);
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < grouping.labels.size(); ++i) {
    if (is_special(grouping.labels[i])) continue;
    kept[i] = static_cast<std::int32_t>(labels.size());
    labels.push_back(grouping.labels[i]);
  }
  if (labels.empty()) throw InputError("$drop-special", "every token is a special one");
  for (auto& node : grouping.node) {
    if (node != Grouping::left_out) node = kept[static_cast<std::size_t>(node)];
  }
  grouping.labels = std::move(labels);
  return grouping;
}

}  // namespace attngraph
