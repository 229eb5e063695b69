#include "formats/graphs/graphml.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "formats/graphs/edge_groups.hpp"
#include "formats/graphs/graph_nodes.hpp"
#include "formats/graphs/xml_reader.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

using Kind = XmlPiece::Kind;

/// Names of node data that can label a node, the best first.
constexpr std::array<std::string_view, 3> label_names{"label", "name", "token"};

/// One kind of data that nodes or edges carry.
struct DataKey {
  std::string id;
  std::optional<std::string> standard;  // the text where an element has none
};

/// An edge between nodes that may not be declared yet.
struct Edge {
  std::int32_t source = 0;
  std::int32_t target = 0;
  std::int64_t layer = 0;
  std::int64_t head = 0;
  double weight = 1;
  bool directed = true;
};

class GraphmlReader {
 public:
  GraphmlReader(std::string_view text, const std::string& source, const Limits& limits)
      : source_(source), limits_(limits), xml_(text, source_), nodes_(source_, limits) {}

  Dump read() {
    const XmlPiece& root = xml_.next();
    if (root.name != "graphml") fail("the element <" + root.name + ">, expected <graphml>");
    bool seen_graph = false;
    for (const XmlPiece* piece = &xml_.next(); piece->kind != Kind::end; piece = &xml_.next()) {
      if (piece->kind != Kind::begin) continue;
      if (piece->name == "key") {
        read_key(*piece);
      } else if (piece->name == "graph") {
        if (std::exchange(seen_graph, true)) fail("a second graph, expected one");
        read_graph(*piece);
      } else {
        skip();
      }
    }
    xml_.next();
    if (!seen_graph) throw InputError(source_, "holds no <graph>");
    return dump();
  }

 private:
  const std::string& source_;
  const Limits& limits_;
  XmlReader xml_;
  GraphNodes nodes_;
  std::vector<Edge> edges_;
  std::size_t allowed_edges_ = 0;
  bool directed_ = true;
  std::size_t label_rank_ = label_names.size();
  DataKey label_;
  DataKey weight_;
  DataKey layer_;
  DataKey head_;

  [[noreturn]] void fail(const std::string& problem) { throw InputError(xml_.place(), problem); }

  std::string required(const XmlPiece& piece, const char* attribute) {
    const std::string* value = piece.attribute(attribute);
    if (value == nullptr) fail("<" + piece.name + "> has no " + attribute);
    return *value;
  }

  /// Moves behind the element that just began.
  void skip() {
    for (std::size_t depth = 1; depth > 0;) {
      const Kind kind = xml_.next().kind;
      if (kind == Kind::begin) ++depth;
      if (kind == Kind::end) --depth;
    }
  }

  /// The text of the element that just began; moves behind it.
  std::string content() {
    std::string text;
    while (true) {
      const XmlPiece& piece = xml_.next();
      if (piece.kind == Kind::end) return text;
      if (piece.kind == Kind::begin) fail("the element <" + piece.name + ">, expected text");
      text += piece.text;
    }
  }

  void read_key(const XmlPiece& piece) {
    DataKey key{required(piece, "id"), {}};
    const auto value = [&](const char* name) {
      const std::string* found = piece.attribute(name);
      return found == nullptr ? std::string() : *found;
    };
    const std::string name = value("attr.name");
    const std::string owner = value("for");
    for (const XmlPiece* child = &xml_.next(); child->kind != Kind::end; child = &xml_.next()) {
      if (child->kind != Kind::begin) continue;
      if (child->name == "default") {
        key.standard = content();
      } else {
        skip();
      }
    }
    if (owner != "edge") {
      for (std::size_t rank = 0; rank < label_rank_; ++rank) {
        if (name != label_names[rank]) continue;
        label_rank_ = rank;
        label_ = key;
      }
    }
    if (owner == "node") return;
    if (name == "weight") weight_ = key;
    if (name == "layer") layer_ = key;
    if (name == "head") head_ = key;
  }

  void read_graph(const XmlPiece& graph) {
    const std::string direction = required(graph, "edgedefault");
    directed_ = direction == "directed";
    if (!directed_ && direction != "undirected") {
      fail("edgedefault is " + in_quotes(direction) + ", expected directed or undirected");
    }
    for (const XmlPiece* piece = &xml_.next(); piece->kind != Kind::end; piece = &xml_.next()) {
      if (piece->kind != Kind::begin) continue;
      check_stop();
      if (piece->name == "node") {
        read_node(*piece);
      } else if (piece->name == "edge") {
        read_edge(*piece);
      } else if (piece->name == "hyperedge") {
        fail("a hyperedge, expected edges between two nodes");
      } else {
        skip();
      }
    }
  }

  /// The data of the element that just began, by key; moves behind it.
  std::unordered_map<std::string, std::string> data() {
    std::unordered_map<std::string, std::string> values;
    for (const XmlPiece* piece = &xml_.next(); piece->kind != Kind::end; piece = &xml_.next()) {
      if (piece->kind != Kind::begin) continue;
      if (piece->name == "graph") fail("a graph inside a node, expected a flat graph");
      const std::string* key = piece->attribute("key");
      const bool wanted =
          piece->name == "data" && key != nullptr &&
          (*key == label_.id || *key == weight_.id || *key == layer_.id || *key == head_.id);
      if (!wanted) {
        skip();
        continue;
      }
      const std::string name = *key;
      if (!values.emplace(name, content()).second)
        fail("the data " + in_quotes(name) + " occurs twice");
    }
    return values;
  }

  template <typename Number>
  Number number(const std::unordered_map<std::string, std::string>& values, const DataKey& key,
                Number otherwise, const char* expected) {
    const auto found = values.find(key.id);
    if (key.id.empty() || (found == values.end() && !key.standard)) return otherwise;
    std::string_view text = found == values.end() ? *key.standard : found->second;
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    text = text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
    const auto value = parsed<Number>(text);
    if (!value || !std::isfinite(static_cast<double>(*value))) {
      fail("the data " + in_quotes(key.id) + " is " + in_quotes(text) + ", expected " + expected);
    }
    return *value;
  }

  void read_node(const XmlPiece& piece) {
    std::string id = required(piece, "id");
    auto values = data();
    const auto label = values.find(label_.id);
    std::optional<std::string> text = label_.standard;
    if (!label_.id.empty() && label != values.end()) text = std::move(label->second);
    nodes_.declare(std::move(id), std::move(text));
  }

  void read_edge(const XmlPiece& piece) {
    Edge edge;
    edge.source = nodes_.mentioned(required(piece, "source"));
    edge.target = nodes_.mentioned(required(piece, "target"));
    const std::string* direction = piece.attribute("directed");
    edge.directed = direction == nullptr ? directed_ : *direction == "true";
    const auto values = data();
    edge.weight = number<double>(values, weight_, 1.0, "a finite number");
    edge.layer = number<std::int64_t>(values, layer_, 0, "a whole number");
    edge.head = number<std::int64_t>(values, head_, 0, "a whole number");
    if (edges_.size() == allowed_edges_) {
      allowed_edges_ = std::max<std::size_t>(1024, 2 * allowed_edges_);
      require_memory(allowed_edges_ * sizeof(Edge), limits_, source_);
    }
    edges_.push_back(edge);
  }

  Dump dump() {
    Dump dump;
    dump.source = source_;
    dump.format = "GraphML";
    const std::vector<std::int32_t> indices = nodes_.indices();
    dump.nodes = indices.size();
    dump.tokens = nodes_.tokens();
    EdgeGroups groups(source_, limits_);
    std::size_t doubled = 0;
    for (const Edge& edge : edges_) {
      const std::int32_t source = indices[static_cast<std::size_t>(edge.source)];
      const std::int32_t target = indices[static_cast<std::size_t>(edge.target)];
      groups.add(edge.layer, edge.head, source, target, edge.weight);
      if (edge.directed || source == target) continue;
      groups.add(edge.layer, edge.head, target, source, edge.weight);
      ++doubled;
    }
    dump.edges = groups.take(dump.nodes);
    if (doubled > 0) {
      dump.notes.push_back(counted(doubled, "undirected edge") +
                           " read as edges in both directions");
    }
    if (weight_.id.empty()) dump.notes.push_back("no edge data 'weight': every edge weighs 1");
    return dump;
  }
};

}  // namespace

Dump read_graphml(const Bytes& bytes, const std::string& source, const Limits& limits) {
  return GraphmlReader(text_of(bytes.data), source, limits).read();
}

}  // namespace attngraph
