#include "formats/edges/marked_sides.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "formats/edges/turned_edges.hpp"
#include "tensor/dump.hpp"

namespace attngraph {
namespace {

bool is_query(const std::string& label) { return label.starts_with("q:"); }
bool is_key(const std::string& label) { return label.starts_with("k:"); }

/// How many nodes are marked as queries, all others as keys behind them; 0 where that is not so.
std::size_t marked_queries(const Dump& dump) {
  const auto first_key = std::find_if_not(dump.tokens.begin(), dump.tokens.end(), is_query);
  const bool keys =
      first_key != dump.tokens.end() && std::all_of(first_key, dump.tokens.end(), is_key);
  return keys ? static_cast<std::size_t>(first_key - dump.tokens.begin()) : 0;
}

using Ends = std::vector<std::int32_t> EdgeArrays::*;

/// Whether all edges have a query at one end and a key at the other.
bool lead_between(const Dump& dump, std::size_t queries, Ends query, Ends key) {
  const auto first_key = static_cast<std::int32_t>(queries);
  return std::ranges::all_of(dump.edges, [&](const EdgeList& list) {
    return std::ranges::all_of(list.edges.*query, [&](auto node) { return node < first_key; }) &&
           std::ranges::all_of(list.edges.*key, [&](auto node) { return node >= first_key; });
  });
}

/// Takes the marks off. @returns whether every label is the index on its side
bool unmarked(std::vector<std::string>& labels, std::size_t queries) {
  bool numbers = true;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i].erase(0, 2);
    numbers = numbers && labels[i] == std::to_string(i < queries ? i : i - queries);
  }
  return numbers;
}

}  // namespace

void part_marked_sides(Dump& dump) {
  if (dump.edges.empty() || dump.queries > 0 || dump.tokens.size() != dump.nodes) return;
  const std::size_t queries = marked_queries(dump);
  if (queries == 0) return;
  if (!lead_between(dump, queries, &EdgeArrays::source, &EdgeArrays::target)) {
    if (!lead_between(dump, queries, &EdgeArrays::target, &EdgeArrays::source)) return;
    swap_ends(dump);
    dump.notes.emplace_back("edges lead from keys (k:) to queries (q:): they are turned");
  }
  dump.queries = queries;
  if (unmarked(dump.tokens, queries)) dump.tokens.clear();
}

}  // namespace attngraph
