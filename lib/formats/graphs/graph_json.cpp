#include "formats/graphs/graph_json.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "formats/graphs/graph_parts.hpp"
#include "formats/graphs/json_elements.hpp"
#include "formats/rules.hpp"
#include "formats/tables/decimal_number.hpp"

namespace attngraph {
namespace {

const std::string* datum(const std::vector<EdgeDatum>& data, std::string_view name) {
  const auto found = std::find_if(data.begin(), data.end(),
                                  [&](const EdgeDatum& one) { return one.name == name; });
  return found == data.end() ? nullptr : &found->text;
}

/// The best label of a node; nothing where it has none.
std::optional<std::string> label_of(const std::vector<EdgeDatum>& data, GraphParts& graph) {
  const EdgeDatum* best = nullptr;
  for (const EdgeDatum& one : data) {
    if (one.text.empty()) continue;  // null
    const std::size_t rank = graph.label_rank(one.name);
    if (rank < no_label_rank && (best == nullptr || rank < graph.label_rank(best->name))) {
      best = &one;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(best->text);
}

class GraphReader : public JsonListener {
 public:
  /// @param directed as far as it is known before the text is read
  GraphReader(const std::string& source, const Limits& limits, const EdgeOptions& options,
              bool directed)
      : source_(source), graph_(source_, limits, options), directed_(directed) {}

  /// Nothing where links were read before the text said that they have no direction.
  std::optional<Dump> read(std::string_view text) {
    read_json_elements(text, source_, 0, *this);
    if (read_too_early_) return std::nullopt;
    if (links_.empty()) {
      throw InputError(source_, "holds nodes and no links",
                       "write the graph with networkx.node_link_data");
    }
    if (nodes_read_ == 0 && links_read_ > 0) {
      throw InputError(source_, "holds " + links_ + " and no nodes",
                       "write the list of " + links_ + " alone: its nodes are those it names");
    }
    if (attributions_) graph_.take_sizes();
    Dump dump = graph_.dump("JSON graph");
    dump.attributions = attributions_;
    if (!says_direction_ && !attributions_) {
      dump.notes.emplace_back("no key 'directed': every link leads from source to target");
    }
    return dump;
  }

  bool value(std::string_view key, const std::string& text) override {
    if (key != "directed") return true;
    says_direction_ = true;
    const std::string word = lower_case(text);
    const auto number = decimal_number(text);
    if (word != "true" && word != "false" && !word.empty() && !number) {
      refuse_direction(in_quotes(text));
    }
    const bool says = word != "false" && !word.empty() && number != 0.0;
    read_too_early_ = links_read_ > 0 && says != directed_;
    directed_ = says;
    return !read_too_early_;
  }

  JsonList list(std::string_view key) override {
    if (key == "directed") refuse_direction("a list");
    if (key == "nodes") return JsonList::read;
    if (key != "links" && key != "edges") return JsonList::skip;
    if (!links_.empty()) throw InputError(source_, "holds both links and edges, expected one");
    links_ = key;
    return JsonList::read;
  }

  bool object(std::string_view key) override {
    if (key == "directed") refuse_direction("an object");
    if (key != "nodes") return true;
    throw InputError(source_, "nodes are an object, expected a list of objects",
                     "write the graph with networkx.node_link_data, or the list of edges alone");
  }

  bool list_of(std::string_view object, std::string_view key) override {
    if (object != "elements" || (key != "nodes" && key != "edges")) return true;
    throw InputError(source_, "is a graph as Cytoscape writes it, expected node-link JSON",
                     "convert it: networkx.node_link_data(networkx.cytoscape_graph(graph))");
  }

  bool object_of(std::string_view key, std::string_view name) override {
    if (key == "nodes" || !graph_.meaning.weighs(name)) return true;
    throw InputError(link_place(),
                     "the data " + in_quotes(name) + " is an object, expected a finite number");
  }

  bool element(std::string_view key, const std::vector<EdgeDatum>& data) override {
    key == "nodes" ? add_node(data) : add_link(data);
    return true;
  }

 private:
  const std::string& source_;
  GraphParts graph_;
  std::string links_;
  bool directed_;
  bool says_direction_ = false;
  bool read_too_early_ = false;
  /// Nodes have a node_id, as in Neuronpedia's graphs of attributions.
  bool attributions_ = false;
  std::size_t nodes_read_ = 0;
  std::size_t links_read_ = 0;

  void add_node(const std::vector<EdgeDatum>& data) {
    const std::string* id = datum(data, "id");
    if (id == nullptr) {
      id = datum(data, "node_id");
      attributions_ = id != nullptr;
    }
    const std::string name = id == nullptr ? std::to_string(nodes_read_) : *id;
    graph_.nodes.declare(name, label_of(data, graph_));
    if (attributions_) take_output(name, data);
    ++nodes_read_;
  }

  /// The probability of a logit; other nodes have none.
  void take_output(const std::string& id, const std::vector<EdgeDatum>& data) {
    const std::string* type = datum(data, "feature_type");
    const std::string* text = datum(data, "token_prob");
    if (text == nullptr || text->empty() || (type != nullptr && *type != "logit")) return;
    const auto probability = decimal_number(*text);
    if (!probability || !(*probability >= 0 && *probability <= 1)) {
      throw InputError(source_ + ": node " + in_quotes(id),
                       "token_prob is " + in_quotes(*text) + ", expected a number from 0 to 1");
    }
    graph_.nodes.set_output(id, *probability);
  }

  std::string link_place() const {
    return source_ + ": " + links_ + " " + std::to_string(links_read_);
  }

  [[noreturn]] void refuse_direction(const std::string& found) const {
    throw InputError(source_, "directed is " + found + ", expected true or false");
  }

  void add_link(const std::vector<EdgeDatum>& data) {
    const std::string place = link_place();
    ++links_read_;
    const auto end = [&](const char* name) {
      const std::string* id = datum(data, name);
      if (id == nullptr) throw InputError(place, std::string("has no ") + name);
      return graph_.nodes.mentioned(*id);
    };
    Edge edge;
    edge.source = end("source");
    edge.target = end("target");
    edge.directed = directed_;
    std::vector<EdgeDatum> known;
    for (const EdgeDatum& one : data) {
      if (one.name == "source" || one.name == "target" || one.name == "key") continue;
      if (graph_.meaning.is_looked_at(one.name)) known.push_back(one);
    }
    graph_.add(edge, known, place);
  }
};

}  // namespace

Dump read_graph_json(const Bytes& bytes, const std::string& source, const Limits& limits,
                     const EdgeOptions& options) {
  const std::string_view text = text_of(bytes.data);
  auto dump = GraphReader(source, limits, options, true).read(text);
  if (!dump) dump = GraphReader(source, limits, options, false).read(text);
  return *std::move(dump);
}

}  // namespace attngraph
