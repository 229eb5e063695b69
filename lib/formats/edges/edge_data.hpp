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
  EdgeData(const EdgeOptions& options, TakenMemory& taken)
      : wanted_(options.edge_weight), taken_(taken) {}

  /// Whether data of that name mean something; keeps the name for what to say of the others.
  /// @throws LimitError where these take too much memory
  bool counts(std::string_view name);

  /// Sets weight, layer and head of `edge` as its data say.
  /// @throws InputError at `place` for one that is no number, or stands there twice
  void apply(const std::vector<EdgeDatum>& data, Edge& edge, const std::string& place);

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
  bool truths_ = false;

  enum class Meaning { none, weight, layer, head };
  /// What data of one name mean, found once.
  struct Name {
    Meaning meaning = Meaning::none;
    /// It is called layer or head, in any case of letters.
    bool own_word = false;
    bool used = false;
  };
  std::map<std::string, Name, std::less<>> names_;

  Name& known(std::string_view name);
  bool is_weight(std::string_view name) const;
};

}  // namespace attngraph
