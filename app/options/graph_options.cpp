#include "options/graph_options.hpp"

#include <string>

#include "core/error.hpp"
#include "options/options.hpp"
#include "report/parts/head_drawing.hpp"

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

void declare_edge_choice(OptionTable& options, EdgeChoice& choice) {
  options.parsed(
      "--top-k", "K|all", "all; in drawings " + std::to_string(shown_per_query),
      [&choice](const std::string& text) { choice.top_k = edge_count_named(text, "--top-k"); },
      "only the K largest weights of each query, ties by lower key");
  options.number("--threshold", choice.threshold, "only weights above this");
}

void declare_layout(OptionTable& options, Layout& layout) {
  constexpr auto words = "none|spring|circle";
  options.parsed(
      "--layout", words, "none",
      [&layout](const std::string& text) {
        if (text == "none") return void(layout = Layout::none);
        if (text == "spring") return void(layout = Layout::spring);
        if (text == "circle") return void(layout = Layout::circle);
        throw ArgumentError(
            "--layout", "'" + text + "' is not one of " + words,
            text == "layers" ? "the graph through all layers is a command: attngraph layers" : "");
      },
      "where drawings place the tokens; none leaves it to the program that draws");
}

}  // namespace attngraph
