#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/edges/edge_groups.hpp"
#include "formats/edges/edge_options.hpp"
#include "formats/edges/left_out_columns.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {

/// One value that a graph file keeps with an edge.
struct EdgeDatum {
  std::string name;
  std::string text;
};

/// What the data of edges mean: which is the weight, the layer, the head.
class EdgeData {
 public:
  EdgeData(const std::string& where, const Limits& limits, const EdgeOptions& options,
           TakenMemory& taken)
      : wanted_(options.edge_weight),
        taken_(taken),
        left_out_(where, limits, {"edge data", "edges"}) {}

  /// Whether data of that name mean something; keeps the name for what to say of the others.
  /// @throws LimitError where these take too much memory
  bool counts(std::string_view name);

  bool weighs(std::string_view name) { return known(name).meaning == Meaning::weight; }

  /// Whether they do, or may tell edges apart.
  bool is_looked_at(std::string_view name);

  /// Sets weight, layer and head of `edge`, whose ends are known, as its data say.
  /// @throws InputError at `place` for one that is no number, or stands there twice
  void apply(const std::vector<EdgeDatum>& data, Edge& edge, const std::string& place);

  /// @throws InputError where data that are read as nothing tell edges apart which have the same
  /// layer, head, source and target
  void require_one_graph() const { left_out_.require_one_graph(); }

  /// Whether a weight was true or false, which is 1 or 0.
  bool truths() const { return truths_; }

  /// What other words than `layer` and `head` were read as these.
  std::vector<std::string> notes() const;

  /// The note where no edge was weighted.
  /// @throws InputError where a weight was asked for by name
  std::string unweighted(const std::string& where) const;

 private:
  std::string wanted_;
  TakenMemory& taken_;
  LeftOutColumns left_out_;
  /// What the edge that is read says for each of them.
  std::vector<std::string_view> texts_;
  bool truths_ = false;

  /// `id` numbers the edges; `h` is the head beside a layer.
  enum class Meaning { none, weight, layer, head, h, id };
  /// What data of one name mean, found once.
  struct Name {
    Meaning meaning = Meaning::none;
    /// It is called layer or head, in any case of letters.
    bool own_word = false;
    bool used = false;
    /// Of what is left out.
    std::optional<std::size_t> column = {};
  };
  struct Found {
    const EdgeDatum* weight = nullptr;
    const EdgeDatum* layer = nullptr;
    const EdgeDatum* head = nullptr;
    const EdgeDatum* h = nullptr;
  };
  std::map<std::string, Name, std::less<>> names_;

  Name& known(std::string_view name);
  bool is_weight(std::string_view name) const;
  void leave_out(Name& name, const EdgeDatum& datum);
  Found found_in(const std::vector<EdgeDatum>& data, const std::string& place);
};

}  // namespace attngraph
