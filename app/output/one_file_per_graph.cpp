#include "output/one_file_per_graph.hpp"

#include "core/error.hpp"
#include "input/file_member.hpp"
#include "output/outputs.hpp"
#include "output/placeholders.hpp"
#include "report/answer/drawing.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

Sink& OneFilePerGraph::sink_of(std::int64_t layer, const HeadLabel& head) {
  const std::string path =
      filled(filled(pattern_, "layer", std::to_string(layer)), "head", text_of(head));
  return outputs_.writer(named_after(path, input_), format_);
}

void OneFilePerGraph::graph(const Drawing& graph) {
  if (!graph.layer || !graph.head) {
    throw ArgumentError("-o", "{layer} and {head} are for graphs of one head",
                        "the graph through all layers goes into one file");
  }
  sink_of(*graph.layer, *graph.head).graph(graph);
}

void OneFilePerGraph::picture(const Picture& picture) {
  sink_of(picture.layer, picture.head).picture(picture);
}

}  // namespace attngraph
