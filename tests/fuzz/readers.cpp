// Every reader of files. Texts are given to their reader whatever they begin with, binary files by
// the way that every file takes.
#include <array>

#include "formats/edges/edge_csv.hpp"
#include "formats/graphs/graph_json.hpp"
#include "formats/graphs/graphml.hpp"
#include "formats/graphs/json_edges.hpp"
#include "formats/graphs/row_json.hpp"
#include "formats/json/json.hpp"
#include "fuzz/read_all.hpp"

namespace attngraph::test {
namespace {

using TextReader = Dump (*)(const Bytes& bytes, const std::string& source,
                            const ReadOptions& options);

template <TextReader reader>
void use_text(std::string text) {
  read_or_refuse([&] {
    const ReadOptions options = fuzz_options(text.size());
    use(reader(Bytes::from(std::move(text)), "fuzz", options));
  });
}

Dump csv(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  return read_edge_csv(bytes, source, options.limits, options.edges);
}

Dump graphml(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  return read_graphml(bytes, source, options.limits, options.edges);
}

Dump json_graph(const Bytes& bytes, const std::string& source, const ReadOptions& options) {
  const JsonEdges kind = json_edges(text_of(bytes.data));
  const bool rows = kind == JsonEdges::lines || kind == JsonEdges::answer;
  return (rows ? read_row_json : read_graph_json)(bytes, source, options.limits, options.edges);
}

/// As an object in a file of its own, and in an archive.
void use_pickles(std::string bytes) {
  use_dump(bytes);
  use_pickle(std::move(bytes));
}

constexpr std::array<Target, 13> table{{{"conllu", use_conllu},
                                        {"csv", use_text<csv>},
                                        {"dump", use_dump},
                                        {"graphml", use_text<graphml>},
                                        {"json", use_text<read_json>},
                                        {"json_graph", use_text<json_graph>},
                                        {"labels", use_labels},
                                        {"npy", use_dump},
                                        {"npz", use_dump},
                                        {"pickle", use_pickles},
                                        {"safetensors", use_dump},
                                        {"segments", use_segments},
                                        {"torch", use_dump}}};

}  // namespace

std::span<const Target> targets() { return table; }

}  // namespace attngraph::test
