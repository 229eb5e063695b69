#include "output/one_file_per_graph.hpp"

#include "output/answer.hpp"
#include "output/console.hpp"
#include "output/placeholders.hpp"
#include "report/answer/drawn_graph.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

[[noreturn]] void refuse() {
  throw ArgumentError("-o", "{layer} and {head} are for graphs and pictures",
                      "rows and arrays of all heads go into one file");
}

}  // namespace

OneFilePerGraph::OneFilePerGraph(Answer& answer, std::string pattern, Format format,
                                 Console& console)
    : answer_(answer), pattern_(std::move(pattern)), format_(format), console_(console) {}

Sink& OneFilePerGraph::sink_of(std::int64_t layer, const HeadLabel& head) {
  const std::string path =
      filled(filled(pattern_, "layer", std::to_string(layer)), "head", text_of(head));
  return answer_.writer(path, format_);
}

Form OneFilePerGraph::form() const {
  return format_ == Format::graphml ? Form::whole_graph : Form::drawing;
}

void OneFilePerGraph::graph(const DrawnGraph& graph) {
  if (!graph.layer || !graph.head) {
    throw ArgumentError("-o", "{layer} and {head} are for graphs of one head",
                        "the graph through all layers goes into one file");
  }
  sink_of(*graph.layer, *graph.head).graph(graph);
}

void OneFilePerGraph::picture(const Picture& picture) {
  sink_of(picture.layer, picture.head).picture(picture);
}

void OneFilePerGraph::note(const std::string& text) { console_.note(text); }

void OneFilePerGraph::progress(std::size_t done, std::size_t total) {
  console_.progress(done, total);
}

void OneFilePerGraph::begin_rows(const Schema&) { refuse(); }
void OneFilePerGraph::rows(const Chunk&) { refuse(); }
void OneFilePerGraph::begin_matrices(const MatrixSeries&) { refuse(); }
void OneFilePerGraph::matrix(const MatrixPlace&, MatrixView) { refuse(); }
void OneFilePerGraph::summary(const std::string&, double) {}
void OneFilePerGraph::parameter(const std::string&, const std::string&) {}

}  // namespace attngraph
