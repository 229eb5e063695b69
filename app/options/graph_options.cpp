#include "options/graph_options.hpp"

#include <map>
#include <string>

#include "core/error.hpp"
#include "options/options.hpp"
#include "report/drawn/heads/head_drawing.hpp"

namespace attngraph {

void declare_direction(OptionTable& options, Direction& direction) {
  options.choice("--direction", direction,
                 {{"attends", Direction::attends}, {"informs", Direction::informs}},
                 "edges lead from the query to the key, or from the key to the query");
}

void declare_self_loops(OptionTable& options, SelfLoops& self_loops) {
  options.choice("--self-loops", self_loops, {{"keep", SelfLoops::keep}, {"drop", SelfLoops::drop}},
                 "what becomes of a token's attention to itself");
}

namespace {

void declare_top_k(OptionTable& options, std::optional<std::size_t>& top_k,
                   const std::string& fallback) {
  options.parsed(
      "--top-k", "K|all", fallback,
      [&top_k](const std::string& text) { top_k = edge_count_named(text, "--top-k"); },
      "only the K largest weights of each query, ties by lower key");
}

std::string shown_where_nothing_is_said() {
  return "all; in drawings " + std::to_string(shown_per_query) + ", of many tokens the " +
         std::to_string(shown_of_all) + " largest of all";
}

}  // namespace

void declare_edge_choice(OptionTable& options, EdgeChoice& choice) {
  declare_top_k(options, choice.top_k, shown_where_nothing_is_said());
  options.number("--threshold", choice.threshold, "only weights above this");
}

void declare_edge_rule(OptionTable& options, RowCriteria& rule, RuleFor use) {
  const bool drawn = use == RuleFor::drawn_edges;
  options.parsed(
      "--threshold", "share|W", use == RuleFor::structure ? "share, where no rule is given" : "",
      [&rule](const std::string& text) { read_threshold(rule, text, "--threshold"); },
      "only weights above this; share: above 1 / k of the k keys that a query may see");
  declare_top_k(options, rule.top_k, drawn ? shown_where_nothing_is_said() : "");
  options.number("--disparity", rule.disparity, "only weights with (1 - w)^(keys - 1) below this");
}

void declare_layout(OptionTable& options, Layout& layout) {
  static const std::map<std::string, Layout> layouts{
      {"none", Layout::none}, {"circle", Layout::circle},   {"spring", Layout::spring},
      {"arcs", Layout::arcs}, {"columns", Layout::columns}, {"matrix", Layout::matrix}};
  constexpr auto words = "circle|spring|arcs|columns|matrix|none";
  options.parsed(
      "--layout", words,
      "arcs, columns for queries and keys of two texts; circle in dot, none in graphml",
      [&layout](const std::string& text) {
        const auto found = layouts.find(text);
        if (found != layouts.end()) return void(layout = found->second);
        throw ArgumentError(
            "--layout", "'" + text + "' is not one of " + words,
            text == "layers" ? "the graph through all layers is a command: attngraph layers" : "");
      },
      "where drawings place the tokens; none leaves it to the program that reads the graph");
}

}  // namespace attngraph
