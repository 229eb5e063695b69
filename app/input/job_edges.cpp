// What options mean for an input that holds edges.
#include "core/error.hpp"
#include "input/job.hpp"

namespace attngraph {

std::string Job::edge_option(const EdgeOptions& edges) {
  if (edges.nodes) return "$nodes";
  if (edges.signed_weights) return "$signed";
  if (!edges.node_label.empty()) return "$label";
  return edges.edge_weight.empty() ? "" : "$edge-weight";
}

EdgeOptions Job::edge_options() {
  EdgeOptions edges = common_.edges;
  edges.batch = request_.batch;
  edges.from_keys = request_.axes == Axes{Axis::key, Axis::query};
  edges.cross = request_.cross || !common_.query_tokens_file.empty();
  if (edges.cross) return sides(std::move(edges));
  if (!common_.tokens_file.empty()) {
    const std::size_t count = tokens().size();
    if (edges.nodes.value_or(count) != count) {
      throw ArgumentError("$nodes",
                          "is " + std::to_string(*edges.nodes) + ", and $tokens has " +
                              std::to_string(count) + " labels",
                          "leave $nodes out");
    }
    edges.nodes = count;
  }
  return edges;
}

EdgeOptions Job::sides(EdgeOptions edges) {
  const char* option = request_.cross ? "--cross" : "--query-tokens";
  if (edges.nodes) {
    throw ArgumentError("--nodes",
                        std::string("counts the tokens of one text, and ") + option + " says two",
                        "leave one of them out");
  }
  if (edges.from_keys) {
    throw ArgumentError("--axes",
                        std::string("says that edges lead from the key, and with ") + option +
                            " sources are queries",
                        "leave --axes out, and call the columns query and key");
  }
  if (!common_.tokens_file.empty()) edges.keys = tokens().size();
  if (!common_.query_tokens_file.empty()) {
    edges.queries = labels(common_.query_tokens_file).size();
  }
  return edges;
}

void Job::refuse_options_of_arrays(const Dump& dump, bool listed) const {
  const auto refuse = [&](const char* option, const char* about) {
    throw ArgumentError(option, dump.source + " holds edges, and it is about " + about,
                        "leave it out");
  };
  if (!request_.tensor.empty() && common_.request.tensor.empty()) {
    throw InputError(dump.source, "holds edges, and no member called '" + request_.tensor + "'",
                     "name the file alone, without :" + request_.tensor);
  }
  if (!request_.tensor.empty()) refuse("--tensor", "arrays");
  if (request_.dtype) refuse("--dtype", "arrays");
  if (request_.batch && !listed) refuse("--batch", "rows with a column batch, and arrays");
}

const Dump& Job::input(const std::string& path) {
  const Dump& dump = file(path, edge_options());
  const bool listed = dump.format == "CSV edges" || dump.format == "JSON edges";
  if (dump.nodes > 0) refuse_options_of_arrays(dump, listed);
  const EdgeOptions& edges = common_.edges;
  const std::string option = edge_option(edges);
  if (option.empty()) return dump;
  if (dump.nodes == 0) {
    throw ArgumentError(option, dump.source + " holds no edges", "it is for edge lists and graphs");
  }
  if (!edges.node_label.empty() && listed) {
    throw ArgumentError(option, dump.source + " lists edges, whose columns label their ends",
                        "it is for graph files");
  }
  if (edges.nodes && !listed) {
    throw ArgumentError(option, dump.source + " lists its nodes itself", "leave it out");
  }
  return dump;
}

}  // namespace attngraph
