#include "formats/graphs/graphml.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/text/place.hpp"
#include "formats/edges/turned_edges.hpp"
#include "formats/graphs/graph_parts.hpp"
#include "formats/graphs/graphml_keys.hpp"
#include "formats/graphs/xml_parser.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// The label that yEd draws is taken where data give none.
constexpr std::size_t drawn_rank = no_label_rank - 1;

/// Where in the document the reader is.
enum class Place {
  key,
  standard,
  graphml,
  graph,
  node,
  edge,
  data,
  /// That may tell edges apart, and may hold elements.
  other_data,
  drawn_label,
  skipped
};

class GraphmlReader : public XmlListener {
 public:
  GraphmlReader(std::string_view text, const std::string& source, const Limits& limits,
                const EdgeOptions& options)
      : source_(source), xml_(text, source_, limits), graph_(source_, limits, options) {}

  Dump read() {
    xml_.parse(*this);
    if (!seen_graph_) throw InputError(source_, "holds no <graph>");
    Dump dump = graph_.dump("GraphML");
    if (informs_) turn_edges(dump);
    return dump;
  }

  void begin(std::string_view name, const Attributes& attributes) override {
    places_.push_back(places_.empty() ? root(name) : child(places_.back(), name, attributes));
  }

  void end() override {
    const Place ended = places_.back();
    places_.pop_back();
    if (ended == Place::standard) key_.standard = std::exchange(text_, {});
    if (ended == Place::key) keys_.add(key_id_, std::exchange(key_, {}));
    if (ended == Place::data || ended == Place::other_data) take_data();
    if (ended == Place::drawn_label) take_drawn_label();
    if (ended == Place::node) graph_.nodes.declare(node_id_, std::move(label_));
    if (ended == Place::edge) take_edge();
  }

  void text(std::string_view characters) override {
    const Place now = places_.back();
    if (now == Place::standard || now == Place::data || now == Place::other_data ||
        now == Place::drawn_label) {
      text_ += characters;
    }
  }

 private:
  const std::string& source_;
  XmlParser xml_;
  GraphParts graph_;
  std::vector<Place> places_;
  GraphmlKeys keys_{graph_.taken};
  bool seen_graph_ = false;
  bool directed_ = true;
  /// Edges lead from the key to the query.
  bool informs_ = false;

  // What is being read.
  std::string text_;
  std::string key_id_;
  DataKey key_;
  std::string node_id_;
  std::optional<std::string> label_;
  std::size_t label_rank_ = no_label_rank;
  Edge edge_;
  std::vector<EdgeDatum> data_;
  std::string data_name_;

  [[noreturn]] void fail(const std::string& problem) { throw InputError(xml_.place(), problem); }

  std::string required(const Attributes& attributes, std::string_view element, const char* name) {
    const char* value = attributes.find(name);
    if (value == nullptr) fail("<" + std::string(element) + "> has no " + name);
    return value;
  }

  Place root(std::string_view name) {
    if (name == "gexf") {
      throw InputError(source_, "is a graph as GEXF, expected GraphML",
                       "convert it: networkx.write_graphml(networkx.read_gexf(graph), file)");
    }
    if (name != "graphml") fail("the element <" + called(name) + ">, expected <graphml>");
    return Place::graphml;
  }

  Place child(Place parent, std::string_view name, const Attributes& attributes) {
    switch (parent) {
      case Place::graphml:
        return name == "key"     ? begin_key(attributes)
               : name == "graph" ? begin_graph(attributes)
                                 : Place::skipped;
      case Place::key:
        text_.clear();
        return name == "default" ? Place::standard : Place::skipped;
      case Place::graph:
        check_stop();
        if (name == "hyperedge") fail("a hyperedge, expected edges between two nodes");
        return name == "node"   ? begin_node(attributes)
               : name == "edge" ? begin_edge(attributes)
               : name == "data" ? begin_graph_data(attributes)
                                : Place::skipped;
      case Place::node:
      case Place::edge:
        if (name == "graph") fail("a graph inside a node, expected a flat graph");
        return name == "data" ? begin_data(parent, attributes) : Place::skipped;
      case Place::data:
      case Place::standard:
        fail("the element <" + called(name) + ">, expected text");
      default:
        return begin_inside_skipped(name);
    }
  }

  Place begin_key(const Attributes& attributes) {
    const auto value = [&](const char* name) {
      const char* found = attributes.find(name);
      return std::string(found == nullptr ? "" : found);
    };
    if (seen_graph_) fail("a <key> behind the <graph>, expected in front of it");
    key_id_ = required(attributes, "key", "id");
    key_ = {value("attr.name"), key_owner(value("for")), {}};
    if (key_.name.empty()) key_.name = key_id_;
    return Place::key;
  }

  Place begin_graph(const Attributes& attributes) {
    if (std::exchange(seen_graph_, true)) fail("a second graph, expected one");
    const std::string direction = required(attributes, "graph", "edgedefault");
    directed_ = direction == "directed";
    if (!directed_ && direction != "undirected") {
      fail("edgedefault is " + in_quotes(direction) + ", expected directed or undirected");
    }
    return Place::graph;
  }

  Place begin_node(const Attributes& attributes) {
    node_id_ = required(attributes, "node", "id");
    label_.reset();
    label_rank_ = no_label_rank;
    const auto is_label = [&](const std::string& name) {
      return graph_.label_rank(name) < no_label_rank;
    };
    for (const StandardText& standard : keys_.standards(KeyOwner::node, is_label)) {
      offer_label(standard.name, standard.text);
    }
    return Place::node;
  }

  Place begin_edge(const Attributes& attributes) {
    edge_ = {};
    edge_.source = graph_.nodes.mentioned(required(attributes, "edge", "source"));
    edge_.target = graph_.nodes.mentioned(required(attributes, "edge", "target"));
    const char* direction = attributes.find("directed");
    edge_.directed = direction == nullptr ? directed_ : says_directed(direction);
    data_.clear();
    return Place::edge;
  }

  bool says_directed(std::string_view text) {
    const std::string flag = lower_case(text);
    if (flag == "true" || flag == "1") return true;
    if (flag == "false" || flag == "0") return false;
    fail("directed is " + in_quotes(text) + ", expected true or false");
  }

  /// attngraph says so which way its edges lead.
  Place begin_graph_data(const Attributes& attributes) {
    const char* id = attributes.find("key");
    const DataKey* const key = id == nullptr ? nullptr : keys_.find(id, KeyOwner::graph);
    const bool counts = key != nullptr && key->owner == KeyOwner::graph && key->name == "direction";
    text_.clear();
    return counts ? Place::data : Place::skipped;
  }

  /// Data of a key that was never declared are called by it.
  Place begin_data(Place owner, const Attributes& attributes) {
    const char* id = attributes.find("key");
    if (id == nullptr) return Place::skipped;
    const DataKey* const key =
        keys_.find(id, owner == Place::edge ? KeyOwner::edge : KeyOwner::node);
    if (key != nullptr && !key->is_of_elements()) return Place::skipped;
    data_name_ = key == nullptr ? id : key->name;
    text_.clear();
    if (owner == Place::node) {
      return graph_.label_rank(data_name_) < no_label_rank ? Place::data : Place::skipped;
    }
    if (graph_.meaning.counts(data_name_)) return Place::data;
    return graph_.meaning.is_looked_at(data_name_) ? Place::other_data : Place::skipped;
  }

  /// yEd keeps the label of a node deep in what it draws.
  Place begin_inside_skipped(std::string_view name) {
    const bool of_node = std::find(places_.begin(), places_.end(), Place::node) != places_.end();
    if (!of_node || !name.ends_with(":NodeLabel") || label_rank_ <= drawn_rank)
      return Place::skipped;
    text_.clear();
    return Place::drawn_label;
  }

  void offer_label(std::string_view name, const std::string& text) {
    const std::size_t rank = graph_.label_rank(name);
    if (rank >= no_label_rank || rank > label_rank_) return;
    label_ = text;
    label_rank_ = rank;
  }

  void take_data() {
    std::string text = std::exchange(text_, {});
    if (places_.back() == Place::graph) {
      informs_ = text == informs;
      return;
    }
    if (places_.back() == Place::node) return offer_label(data_name_, text);
    graph_.taken.require(3 * sizeof(EdgeDatum) * (data_.size() + 1));
    data_.push_back({data_name_, std::move(text)});
  }

  void take_drawn_label() {
    const std::size_t begin = text_.find_first_not_of(" \t\r\n");
    if (begin == text_.npos) return;
    label_ = text_.substr(begin, text_.find_last_not_of(" \t\r\n") + 1 - begin);
    label_rank_ = drawn_rank;
  }

  [[noreturn]] void refuse_standards(const std::string& name) {
    throw InputError(
        xml_.place(),
        "an edge without data " + in_quotes(name) +
            ", and several keys of that name have different defaults",
        "write " + in_quotes(name) + " into each edge, or give its keys one <default>");
  }

  void take_edge() {
    const auto is_looked_at = [&](const std::string& name) {
      return graph_.meaning.is_looked_at(name);
    };
    for (const StandardText& standard : keys_.standards(KeyOwner::edge, is_looked_at)) {
      const auto same = [&](const EdgeDatum& datum) { return datum.name == standard.name; };
      if (std::any_of(data_.begin(), data_.end(), same)) continue;
      if (!standard.is_one && !graph_.meaning.counts(standard.name)) continue;
      if (!standard.is_one) refuse_standards(standard.name);
      data_.push_back({standard.name, standard.text});
    }
    graph_.add(edge_, data_, xml_.place());
  }
};

}  // namespace

Dump read_graphml(const Bytes& bytes, const std::string& source, const Limits& limits,
                  const EdgeOptions& options) {
  return GraphmlReader(text_of(bytes.data), source, limits, options).read();
}

}  // namespace attngraph
