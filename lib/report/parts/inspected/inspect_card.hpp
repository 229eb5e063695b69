#pragma once

#include <string>
#include <vector>

#include "core/text/wording.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/inspected/inspected.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// How much of the labels a card shows.
enum class CardLabels { first, all };

/// The columns of a card.
Schema inspect_card_columns();

/// What `inspect` tells a person, as properties and values.
class InspectCard {
 public:
  /// Begins the card with the file and its format.
  InspectCard(const Dump& dump, CardLabels labels, Wording wording, Sink& sink);

  /// The reading in full: which arrays, axes, layers in order, batch, steps, both sides with their
  /// labels as options accept them, numbers, what was not read, and findings with their cures.
  void attention(const Inspected& inspected);
  /// The graphs of edge lists.
  void edges();
  /// All arrays of a file that is not read as attention, and why not.
  void arrays(const Finding& why);

 private:
  const Dump& dump_;
  CardLabels labels_;
  Wording wording_;
  Sink& sink_;

  void line(const std::string& property, const std::string& value);
  void reading(const Inspected& inspected);
  void labels(const Inspected& inspected);
  void not_read(const Reading& reading);
  void findings(const std::vector<Finding>& findings);
  std::string listed(const std::vector<std::string>& labels, const std::string& prefix) const;
};

/// `layer_0 … layer_5 (6 arrays)`, or the name of the one array.
std::string arrays_text(const std::vector<std::string>& names);

/// The families that a reading leaves aside.
std::vector<Family> families_not_read(const Dump& dump, const Reading& reading);

}  // namespace attngraph
