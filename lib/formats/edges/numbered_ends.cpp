#include "formats/edges/numbered_ends.hpp"

#include "core/error.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

std::string both(const std::string& source, const std::string& target) {
  return in_quotes(source) + " and " + in_quotes(target);
}

}  // namespace

std::string NumberedEnds::note() const {
  return "columns " + both(source_index, target_index) + " are the tokens, " +
         both(source, target) + " their labels";
}

std::string NumberedEnds::hint() const {
  return "where " + both(source_index, target_index) + " say which token it is, call " +
         both(source, target) +
         " source_label and target_label, and them source and target; "
         "where not, leave them out";
}

void NumberedEnds::require_texts(const NodeLabels& of_sources, const NodeLabels& of_targets,
                                 const std::string& where) const {
  if (of_sources.are_indices() && of_targets.are_indices()) return;
  if (!of_sources.are_whole_numbers() || !of_targets.are_whole_numbers()) return;
  throw InputError(where,
                   "columns " + both(source, target) + " hold whole numbers, and " +
                       both(source_index, target_index) +
                       " others: either may say which token it is",
                   hint());
}

}  // namespace attngraph
