#include "report/drawn/layered_drawing.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/memory_need.hpp"
#include "core/text/number_text.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/drawing_texts.hpp"

namespace attngraph {
namespace {

/// From a list that grows to what a writer makes of it.
constexpr std::size_t bytes_per_edge = 200;

/// `cat (token 2)`; `token 2` where it has no name.
std::string token_text(const LayeredEdges& layered, std::size_t token) {
  const std::string index = std::to_string(token), &label = layered.labels()[token];
  return label == index ? "token " + index : label + " (token " + index + ")";
}

std::string title_of(const LayeredEdges& layered) {
  const std::string first = std::to_string(layered.layer(1));
  const std::string last = std::to_string(layered.layer(layered.levels()));
  return first == last ? "layer " + first : "layers " + first + " to " + last;
}

std::string routes_remark(const LayeredEdges& layered, const AskedRoutes& asked) {
  const std::size_t count = asked.routes.routes;
  const std::string ends = "from input " + token_text(layered, asked.input) + " to output " +
                           token_text(layered, asked.output);
  if (count == 0) return "no route leads " + ends;
  return (count == 1 ? "set off: the most probable route "
                     : "set off: the " + std::to_string(count) + " most probable routes ") +
         ends + ", " + share_text(asked.routes.probability / asked.routes.total) +
         " of what goes from one to the other";
}

/// A row of tokens for the outputs of each layer, one for the inputs at the bottom, and no edges.
Drawing empty_drawing(const LayeredEdges& layered) {
  const std::vector<std::string>& labels = layered.labels();
  const std::size_t levels = layered.levels();
  const double width = std::max<double>(1, static_cast<double>(labels.size()) - 1);
  Drawing drawing;
  for (std::size_t level = 0; level <= levels; ++level) {
    for (std::size_t token = 0; token < labels.size(); ++token) {
      DrawnNode& node = drawing.nodes.emplace_back();
      node.label = labels[token];
      node.x = static_cast<double>(token) / width;
      node.y = 1 - static_cast<double>(level) / static_cast<double>(levels);
      node.rank = static_cast<std::int32_t>(levels - level);
    }
  }
  for (std::size_t level = levels; level > 0; --level) {
    const std::string name = "layer " + std::to_string(layered.layer(level));
    drawing.rank_names.push_back(level == levels ? "output, " + name : name);
  }
  drawing.rank_names.emplace_back("input");
  drawing.direction = "attends";
  drawing.placed = true;
  return drawing;
}

void draw_level(const LayeredEdges& layered, std::size_t level, const EdgeChoice& choice,
                Drawing& drawing) {
  const std::size_t tokens = layered.tokens();
  const Eigen::RowVectorXd received = layered.transition(level).colwise().sum();
  const double most = received.maxCoeff();
  for (std::size_t k = 0; k < tokens && most > 0; ++k) {
    drawing.nodes[(level - 1) * tokens + k].size = received[static_cast<Index>(k)] / most;
  }
  const LayeredEdges::Chosen chosen = layered.below(level, choice);
  for (const LayeredEdge& edge : chosen.edges) {
    drawing.edges.push_back({static_cast<std::int32_t>(level * tokens + edge.source),
                             static_cast<std::int32_t>((level - 1) * tokens + edge.target),
                             edge.weight, layered.layer(level), edge.route, edge.route_probability,
                             edge.flow});
  }
  drawing.left_out += chosen.left_out;
}

/// Leaves the edges of routes and so many others between different tokens, those through which most
/// comes, the first of equals; and of each token to itself where as much does.
void keep_largest_flows(Drawing& drawing, std::size_t tokens, std::size_t count) {
  auto& edges = drawing.edges;
  const auto token = [tokens](std::int32_t node) {
    return static_cast<std::size_t>(node) % tokens;
  };
  std::vector<std::size_t> order;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const bool to_itself = token(edges[e].source) == token(edges[e].target);
    if (edges[e].route == 0 && !to_itself) order.push_back(e);
  }
  if (count == 0 || order.size() <= count) return;
  const auto last = order.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(order.begin(), last, order.end(), [&edges](std::size_t a, std::size_t b) {
    return *edges[a].flow != *edges[b].flow ? *edges[a].flow > *edges[b].flow : a < b;
  });
  const double smallest = *edges[*last].flow;
  for (auto e = last; e != order.end(); ++e) edges[*e].flow = std::nullopt;  // marks it
  drawing.left_out += std::erase_if(edges, [smallest](const DrawnEdge& edge) {
    return edge.route == 0 && !(edge.flow && *edge.flow >= smallest);
  });
}

/// What is shown of how much; `some` where nobody asked which.
std::string shown_text(const Drawing& drawing, const EdgeChoice& choice, bool some) {
  const std::string count = std::to_string(drawing.edges.size());
  const std::string all = std::to_string(drawing.edges.size() + drawing.left_out);
  if (drawing.left_out == 0) return "all " + all + " edges";
  if (some) return count + " of " + all + " edges, those through which most of the output comes";
  if (choice.threshold) {
    return count + " edges above " + number_text(*choice.threshold) + " of " + all;
  }
  return per_query_text(*choice.top_k) + ", " + count + " of " + all;
}

}  // namespace

Drawing layered_drawing(const LayeredEdges& layered, const EdgeChoice& choice,
                        const std::optional<AskedRoutes>& asked, Sink& sink) {
  const std::size_t tokens = layered.tokens();
  check_memory(
      layered.limits(),
      {layered.levels(), tokens, std::min(choice.top_k.value_or(tokens), tokens), bytes_per_edge},
      "a drawing of so many edges", "$top-k K shows K of each token");
  Drawing drawing = empty_drawing(layered);
  drawing.title = title_of(layered);
  for (std::size_t level = 1; level <= layered.levels(); ++level) {
    draw_level(layered, level, choice, drawing);
    sink.progress(level, layered.levels());
  }
  const bool some = sink.form() == Form::drawing && !choice.top_k && !choice.threshold;
  if (some) {
    const std::size_t two_of_each = 2 * layered.tokens() * layered.levels();
    keep_largest_flows(drawing, layered.tokens(), std::min(shown_flows, two_of_each));
  }
  drawing.remarks.push_back(
      "a line leads from a token of a layer down to what it takes from the layer below, itself "
      "(the residual connection) among it");
  if (asked) drawing.remarks.push_back(routes_remark(layered, *asked));
  drawing.remarks.push_back("shown: " + shown_text(drawing, choice, some));
  if (some && drawing.left_out > 0) {
    sink.note("the drawing shows the edges through which most of the output comes and leaves out " +
              std::to_string(drawing.left_out) + "; $top-k all shows every one");
  }
  return drawing;
}

}  // namespace attngraph
