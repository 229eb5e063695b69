#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.hpp"
#include "formats/edges/edge_columns.hpp"
#include "formats/edges/edge_groups.hpp"
#include "formats/edges/edge_options.hpp"
#include "formats/edges/edge_sides.hpp"
#include "formats/edges/left_out_columns.hpp"
#include "formats/edges/nodes/edge_nodes.hpp"
#include "formats/edges/nodes/field_place.hpp"
#include "formats/edges/nodes/node_labels.hpp"
#include "formats/taken_memory.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// How the weights of rows are written.
enum class DecimalMark { point, comma };

/// Edges that stand one in a row, on their way into a dump.
class EdgeRows {
 public:
  EdgeRows(EdgeColumns columns, DecimalMark mark, Ids ids, const std::string& where,
           const Limits& limits, const EdgeOptions& options);
  EdgeRows(const EdgeRows&) = delete;
  EdgeRows& operator=(const EdgeRows&) = delete;

  /// One row; false where ids were to be numbers and one is none: then all rows must come again
  /// as names.
  /// @param fields one text for each column
  /// @param place where the row stands, for an error
  /// @throws InputError for what cannot stand in its column
  bool add(std::span<const std::string_view> fields, const std::function<std::string()>& place);

  /// Puts edges, nodes, labels and notes into `dump`.
  /// @throws InputError where there was no edge
  void finish(Dump& dump);

 private:
  struct Row {
    std::span<const std::string_view> fields;
    const std::function<std::string()>& place;
  };

  EdgeColumns columns_;
  DecimalMark mark_;
  const std::string& where_;
  EdgeOptions options_;
  EdgeGroups groups_;
  /// By nodes and their labels.
  TakenMemory taken_;
  EdgeNodes nodes_;
  LeftOutColumns left_out_;
  bool begun_ = false;
  NodeLabels source_labels_;
  NodeLabels target_labels_;
  /// Sources are queries, targets keys.
  bool of_sides_;
  EdgeSides sides_;
  bool has_type_;
  /// For a node that is called otherwise in another row.
  std::string label_hint_;
  /// Of some row; where it is empty, an edge is directed.
  bool seen_type_ = false;
  std::optional<std::string> batch_;
  std::optional<std::string> file_;
  std::optional<std::string> fused_head_;
  std::optional<std::string> comma_;
  /// The first weight whose point may separate thousands.
  std::optional<std::string> point_;

  std::string_view field(const Row& row, EdgeColumn column) const;
  FieldPlace at(const Row& row, EdgeColumn column) const;
  [[noreturn]] void refuse(const Row& row, EdgeColumn column, const std::string& expected,
                           const std::string& hint = "") const;
  std::optional<std::int32_t> node(const Row& row, EdgeColumn id, EdgeColumn label,
                                   NodeLabels& labels);
  void begin(const Row& row);
  bool is_index(const Row& row, EdgeColumn column) const;
  void see_sides(const Row& row, const Edge& edge);
  void finish_nodes(Dump& dump);
  void finish_two_sides(Dump& dump);
  void note_columns(Dump& dump);
  std::optional<double> weight(const Row& row);
  std::int64_t index(const Row& row, EdgeColumn column) const;
  std::int64_t head(const Row& row);
  bool directed(const Row& row);
  bool is_wanted(const Row& row);
};

}  // namespace attngraph
