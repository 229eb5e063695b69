#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/edges/numbered_ends.hpp"

namespace attngraph {

/// What a column of an edge list can be.
enum class EdgeColumn {
  source,
  target,
  weight,
  layer,
  head,
  source_label,
  target_label,
  /// `Directed` or `Undirected`, as Gephi says.
  type,
  batch,
  file
};
inline constexpr std::size_t edge_column_kinds = 10;

/// Which column of an edge list is what. Names count in any case of letters.
class EdgeColumns {
 public:
  /// @param edge_weight the name of the column of weights; where empty, `weight`, else `value`
  /// @throws InputError at `place` for columns that are missing or occur twice
  EdgeColumns(std::span<const std::string_view> names, const std::string& edge_weight,
              const std::string& place);

  std::size_t width() const { return names_.size(); }
  bool has(EdgeColumn column) const { return position(column).has_value(); }
  std::optional<std::size_t> position(EdgeColumn column) const {
    return positions_[static_cast<std::size_t>(column)];
  }
  /// Whether both ends have a column of labels.
  bool has_labels() const { return has(EdgeColumn::source_label) && has(EdgeColumn::target_label); }
  /// As the file writes it.
  const std::string& name(EdgeColumn column) const { return names_[*position(column)]; }
  /// Whether the column of layers or heads is called by another word than these (`layer_idx`).
  bool called_otherwise(EdgeColumn column) const;
  /// Of either end alone, too.
  bool has_some_labels() const {
    return has(EdgeColumn::source_label) || has(EdgeColumn::target_label);
  }
  /// A column that is something else after all.
  void leave_out(EdgeColumn column) { positions_[static_cast<std::size_t>(column)].reset(); }
  /// Where both ends have a column of texts and one of indices, which in `row` are whole numbers,
  /// these are the ends, and the texts their labels.
  void take_indices(std::span<const std::string_view> row);
  /// Nothing where that is not so.
  const std::optional<NumberedEnds>& numbered() const { return numbered_; }
  /// The positions of columns that are nothing of all that, and their names.
  std::vector<std::size_t> left_out() const;
  std::vector<std::string> others() const;
  /// Source and target are called query and key.
  bool of_attention() const { return of_attention_; }

 private:
  std::vector<std::string> names_;
  std::array<std::optional<std::size_t>, edge_column_kinds> positions_;
  bool of_attention_ = false;
  std::optional<NumberedEnds> numbered_;

  std::optional<std::size_t> find(std::string_view name, const std::string& place) const;
  void find_ends(const std::string& place);
  void find_rest(const std::string& edge_weight, const std::string& place);
  void find_counted();
  std::optional<std::size_t> only(const std::function<bool(const std::string&)>& counts) const;
};

/// Whether a name says that its whole numbers count layers, or heads, whatever stands beside it.
bool names_layer(const std::string& name);
bool names_head(const std::string& name);

/// Whether it is `h`, which counts heads beside layers.
bool names_head_beside_layers(const std::string& name);

/// Whether names of columns are those of an edge list: two are a pair such as `from` and `to`.
bool name_both_ends(std::span<const std::string_view> names);

/// The same of a table, whose columns may be `query_idx` and `key_idx`, or `row` and `column`.
bool are_of_edge_table(std::span<const std::string_view> names);

/// Whether they seem to be: one is `source`, `target`, `query` or `key`.
bool name_an_end(std::span<const std::string_view> names);

}  // namespace attngraph
