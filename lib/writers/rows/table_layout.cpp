#include "writers/rows/table_layout.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/text/text.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {
namespace {

constexpr std::size_t gap = 2;
constexpr int fewest_digits = 3;
constexpr std::size_t narrowest_label = 10, narrowest_prose = 24;
constexpr std::string_view file_name = "file";

/// Columns of the schema in the order in which a table shows them.
std::vector<std::size_t> display_order(const Schema& schema) {
  std::vector<std::size_t> order;
  const auto is_label_of = [&](std::size_t label, const Column& index) {
    return schema[label].label_of == index.name;
  };
  const auto has_index = [&](const Column& label) {
    return std::any_of(schema.begin(), schema.end(),
                       [&](const Column& index) { return label.label_of == index.name; });
  };
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (has_index(schema[i])) continue;
    order.push_back(i);
    for (std::size_t label = 0; label < schema.size(); ++label) {
      if (is_label_of(label, schema[i])) order.push_back(label);
    }
  }
  return order;
}

/// The column that one names the tokens of; the end where it is none of labels.
Schema::const_iterator index_of(const Schema& schema, const Column& label) {
  return std::find_if(schema.begin(), schema.end(),
                      [&](const Column& column) { return column.name == label.label_of; });
}

/// Whether its values are short names, not prose such as a route.
bool is_label(const Schema& schema, const Column& column) {
  const auto index = index_of(schema, column);
  return index != schema.end() && index->type != ColumnType::text;
}

/// Whether a label column says in every row what its index says.
bool repeats_index(const Schema& schema, std::size_t label, const CellRows& rows) {
  const auto index = index_of(schema, schema[label]);
  if (index == schema.end() || rows.rows() == 0) return false;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const auto row = rows.row(i);
    if (cell_text(row[label], {}) !=
        cell_text(row[static_cast<std::size_t>(index - schema.begin())], {})) {
      return false;
    }
  }
  return true;
}

std::string blanks(std::size_t wanted, std::size_t taken) {
  return std::string(wanted > taken ? wanted - taken : 0, ' ');
}

/// Whether none of the rows has a value in this column.
bool is_empty(std::size_t column, const CellRows& rows) {
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (rows.row(i)[column].index() != 0) return false;
  }
  return rows.rows() > 0;
}

/// Finds a layout among those that are possible.
class Fitting {
 public:
  Fitting(const Schema& schema, const CellRows& rows, const TableRoom& room)
      : schema_(schema), rows_(rows), room_(room), order_(display_order(schema)) {
    if (!schema.empty() && schema.front().name == file_name) cuts_.emplace(files());
    for (std::size_t i = 0; i < schema.size(); ++i) {
      if (room.width && is_empty(i, rows)) std::erase(order_, i);
      if (!repeats_index(schema, i, rows)) continue;
      std::erase(order_, i);
      // Its index stands for both.
      const auto index = index_of(schema_, schema_[i]) - schema_.begin();
      schema_[static_cast<std::size_t>(index)].rank =
          std::min(schema_[static_cast<std::size_t>(index)].rank, schema_[i].rank);
    }
  }

  TableLayout layout() {
    while (true) {
      TableLayout made = with_digits(room_.digits);
      if (fits(made)) return finished(std::move(made));
      const Digits fewer = std::min(room_.digits.value_or(fewest_digits), fewest_digits);
      if (room_.digits && !room_.digits_stay) made = with_digits(fewer);
      if (!fits(made)) made = with_digits(made.digits, LabelNames::shorter);
      cut_labels(made);
      if (fits(made) || !leave_one_out()) return finished(std::move(made));
    }
  }

 private:
  Schema schema_;
  const CellRows& rows_;
  const TableRoom& room_;
  /// The columns that are shown.
  std::vector<std::size_t> order_;
  std::vector<std::size_t> left_out_;
  /// Of the column of files, which is the first.
  std::optional<NameCuts> cuts_;

  std::vector<std::string> files() const {
    if (!room_.files.empty()) return room_.files;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows_.rows(); ++i) {
      names.push_back(cell_text(rows_.row(i)[0], {}));
    }
    return names;
  }

  /// A column that stands behind its index need not say in full whose labels it has, and need not
  /// say it at all where it is the only one.
  enum class LabelNames { whole, shorter };

  bool stands_behind_index(std::size_t label) const {
    if (!is_label(schema_, schema_[label])) return false;
    const auto index =
        static_cast<std::size_t>(index_of(schema_, schema_[label]) - schema_.begin());
    return std::find(order_.begin(), order_.end(), index) != order_.end();
  }

  std::size_t labels_behind_index() const {
    return static_cast<std::size_t>(std::count_if(
        order_.begin(), order_.end(), [&](std::size_t i) { return stands_behind_index(i); }));
  }

  TableLayout with_digits(Digits digits, LabelNames names = LabelNames::whole) const {
    TableLayout layout{{}, digits, {}};
    for (const std::size_t i : order_) {
      layout.columns.push_back(measured(i, digits, names, i == order_.back()));
    }
    return layout;
  }

  TableColumn measured(std::size_t i, Digits digits, LabelNames names, bool last) const {
    TableColumn column{.name = schema_[i].name, .source = i};
    if (names == LabelNames::shorter && stands_behind_index(i)) {
      column.name = labels_behind_index() == 1 ? "label" : truncated(column.name, narrowest_label);
    }
    column.number = schema_[i].type != ColumnType::text;
    const bool label = is_label(schema_, schema_[i]);
    column.wraps = last && !column.number && !label && room_.width;
    column.label = label;
    column.limit = label ? room_.label : no_limit;
    std::size_t widest = 0;
    for (std::size_t r = 0; r < rows_.rows(); ++r) {
      const Cell& cell = rows_.row(r)[i];
      const std::string text = cell_text(cell, digits);
      if (column.number) {
        const std::size_t before = before_point(text);
        column.before = std::max(column.before, before);
        column.behind = std::max(column.behind, text.size() - before);
      } else {
        widest = std::max(widest, display_width(shown_text(cell, column)));
      }
    }
    if (column.number) widest = column.before + column.behind;
    column.width = std::max(display_width(column.name), widest);
    return column;
  }

  static std::size_t taken_by(const TableColumn& column) {
    return column.wraps ? std::min(column.width, narrowest_prose) : column.width;
  }

  std::size_t width_of(const TableLayout& layout) const {
    std::size_t width = gap * (layout.columns.size() - 1);
    for (const TableColumn& column : layout.columns) width += taken_by(column);
    return width;
  }

  bool fits(const TableLayout& layout) const {
    return !room_.width || layout.columns.empty() || width_of(layout) <= *room_.width;
  }

  bool is_file(const TableColumn& column) const { return cuts_ && column.source == 0; }

  /// Labels and names of files say what they are also where their middle is missing.
  bool is_name(const TableColumn& column) const {
    return !column.number && (is_label(schema_, schema_[column.source]) || is_file(column));
  }

  /// Of a name that is cut.
  std::size_t narrowest(const TableColumn& column) const {
    const std::size_t least = std::max(narrowest_label, display_width(column.name));
    return is_file(column) ? cuts_->narrowest(least) : least;
  }

  /// Takes from the widest name, column by column, until the table fits.
  void cut_labels(TableLayout& layout) const {
    if (fits(layout)) return;
    std::vector<std::size_t> least;
    for (const TableColumn& column : layout.columns) {
      least.push_back(is_name(column) ? narrowest(column) : column.width);
    }
    while (!fits(layout)) {
      TableColumn* widest = nullptr;
      for (std::size_t i = 0; i < layout.columns.size(); ++i) {
        TableColumn& column = layout.columns[i];
        if (column.width <= least[i]) continue;
        if (widest == nullptr || column.width > widest->width) widest = &column;
      }
      if (widest == nullptr) break;
      widest->limit = --widest->width;
    }
    TableColumn& first = layout.columns.front();
    if (!is_file(first) || first.limit == no_limit) return;
    first.cuts = cuts_;
    first.cuts->set_columns(first.limit);
  }

  /// Labels go last, and only where their index says which token it is.
  int rank_of(std::size_t i) const {
    if (schema_[i].name == room_.kept) return 0;
    const int rank = 2 * schema_[i].rank;
    return rank == 0 && stands_behind_index(i) ? 1 : rank;
  }

  /// Whether there was one.
  bool leave_one_out() {
    auto first = order_.rend();
    for (auto i = order_.rbegin(); i != order_.rend(); ++i) {
      if (rank_of(*i) == 0) continue;
      if (first == order_.rend() || rank_of(*i) > rank_of(*first)) first = i;
    }
    if (first == order_.rend()) return false;
    left_out_.push_back(*first);
    order_.erase(std::next(first).base());
    return true;
  }

  TableLayout finished(TableLayout layout) const {
    std::vector<std::size_t> names = left_out_;
    std::sort(names.begin(), names.end());
    for (const std::size_t i : names) layout.left_out.push_back(schema_[i].name);
    if (layout.columns.empty() || !layout.columns.back().wraps) return layout;
    TableColumn& last = layout.columns.back();
    const std::size_t others = width_of(layout) - taken_by(last);
    last.width = std::max(narrowest_prose, *room_.width - std::min(others, *room_.width));
    return layout;
  }
};

}  // namespace

TableLayout table_layout(const Schema& schema, const CellRows& rows, const TableRoom& room) {
  return Fitting(schema, rows, room).layout();
}

std::string padded_name(const TableColumn& column) {
  const std::string padding = blanks(column.width, display_width(column.name));
  return column.number ? padding + column.name : column.name + padding;
}

std::string shown_text(const Cell& cell, const TableColumn& column) {
  const std::string text = cell_text(cell, {});
  if (column.cuts) return (*column.cuts)(text);
  const bool known = !std::holds_alternative<std::monostate>(cell);
  return known && column.label ? shown_token(text, column.limit) : shown_label(text, column.limit);
}

std::string padded_cell(const std::string& text, const TableColumn& column) {
  if (column.wraps) return text;
  if (!column.number) return text + blanks(column.width, display_width(text));
  const std::size_t before = before_point(text);
  const std::string aligned =
      blanks(column.before, before) + text + blanks(column.behind, text.size() - before);
  return blanks(column.width, aligned.size()) + aligned;
}

}  // namespace attngraph
