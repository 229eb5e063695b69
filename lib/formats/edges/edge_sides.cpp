#include "formats/edges/edge_sides.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// Two texts may have some of their words at the same places.
bool are_of_two(const ComparedLabels& labels) {
  return labels.different > 0 && 2 * labels.different >= labels.shared;
}

}  // namespace

bool are_marked(const NodeLabels& of_queries, const NodeLabels& of_keys) {
  if (of_queries.empty() || of_keys.empty()) return false;
  return of_queries.all_begin_with("q:") && of_keys.all_begin_with("k:");
}

void EdgeSides::see(const Edge& edge) {
  queries_ = std::max(queries_, static_cast<std::size_t>(edge.source) + 1);
  keys_ = std::max(keys_, static_cast<std::size_t>(edge.target) + 1);
  if (!edge.directed) queries_ = keys_ = std::max(queries_, keys_);
}

bool EdgeSides::are_two(const EdgeGroups& groups, const NodeLabels& of_queries,
                        const NodeLabels& of_keys) const {
  if (options_.cross) return true;
  if (!is_told() && are_complete(groups)) return true;
  if (!is_told() && are_marked(of_queries, of_keys)) return true;
  const ComparedLabels labels = of_queries.compared(of_keys);
  if (labels.different == 0) return false;
  if (!is_told() && are_of_two(labels)) return true;
  const std::string node = std::to_string(labels.first);
  throw InputError(where_,
                   "query " + node + " is called " + in_quotes(of_queries.of(labels.first, node)) +
                       ", and key " + node + " " + in_quotes(of_keys.of(labels.first, node)),
                   "where they are one text, give each token one label; $cross reads the queries "
                   "and the keys as two");
}

/// Of fewer keys than queries the rows must be whole, too: the one largest weight of each query
/// may be that of the same few keys.
bool EdgeSides::are_complete(const EdgeGroups& groups) const {
  if (queries_ == keys_ || groups.size() != groups.count() * queries_ * keys_) return false;
  return keys_ > queries_ || groups.have_whole_rows(queries_);
}

std::string EdgeSides::note(bool two, const NodeLabels& of_queries,
                            const NodeLabels& of_keys) const {
  if (is_told() || queries_ == keys_ || are_marked(of_queries, of_keys)) return "";
  if (are_of_two(of_queries.compared(of_keys))) return "";
  const std::string sides = counted(queries_, "query") + " and " + counted(keys_, "key");
  const std::string nodes = std::to_string(std::max(queries_, keys_));
  if (two) return "read as cross-attention of " + sides + "; $nodes " + nodes + " reads one text";
  return "read as one text of " + nodes + " tokens; $cross reads " + sides + " of two texts";
}

}  // namespace attngraph
