#include "formats/edges/edge_columns.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/rules.hpp"
#include "formats/tables/decimal_number.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using EndNames = std::pair<std::string_view, std::string_view>;

/// What source and target are called, the usual names first.
constexpr std::array<EndNames, 4> end_names{
    {{"source", "target"}, {"query", "key"}, {"from", "to"}, {"src", "dst"}}};
/// What only a table calls them so.
constexpr std::array<EndNames, 3> matrix_names{{{"row", "column"}, {"row", "col"}, {"i", "j"}}};
/// What may stand behind: `query_idx`.
constexpr auto end_suffixes = std::to_array<std::string_view>(
    {"", "_idx", "_index", "_id", "_token", "_tok", "_pos", "_position", "_node"});
/// Those of them that say an index.
constexpr auto index_suffixes =
    std::to_array<std::string_view>({"_idx", "_index", "_pos", "_position"});
/// What is behind the names of columns of labels.
constexpr auto label_suffixes =
    std::to_array<std::string_view>({"_label", "_token", "_tok", "_word"});

/// Pairs of which one name alone says that these are edges.
constexpr std::size_t telling_pairs = 2;

constexpr std::array<std::string_view, 2> weight_names{"weight", "value"};

bool contains(std::span<const std::string_view> names, std::string_view wanted) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return lower_case(name) == wanted; });
}

/// Whether the first word of a name makes it the number of something else (`source_layer`), or how
/// many there are (`n_heads`).
bool is_another_number(std::string_view name) {
  constexpr auto first_words =
      std::to_array<std::string_view>({"n", "num", "nr", "number", "total", "source", "target",
                                       "query", "key", "from", "to", "src", "dst", "kv"});
  const auto begins = [&](std::string_view word) {
    if (name.size() <= word.size() || lower_case(name.substr(0, word.size())) != word) return false;
    const char next = name[word.size()];
    return next < 'a' || next > 'z';
  };
  return std::any_of(first_words.begin(), first_words.end(), begins);
}

bool is_layer(const std::string& name) {
  const std::string word = word_of(name);
  return word != "h" && counts_layers(word) && !is_another_number(name);
}

bool is_head(const std::string& name) {
  return counts_heads(word_of(name)) && !is_another_number(name);
}

/// Heads beside layers; alone it may be either.
bool is_h(const std::string& name) { return word_of(name) == "h"; }

/// What edges of other graphs have too: such a column counts layers beside heads.
bool may_be_no_layer(const std::string& name) {
  constexpr auto words = std::to_array<std::string_view>({"depth", "stage", "transformer"});
  return std::find(words.begin(), words.end(), word_of(name)) != words.end();
}

bool is_batch(const std::string& name) { return word_of(name) == "batch"; }

/// `query` of `query_idx`
std::string bare_name(std::string name) {
  name = lower_case(name);
  for (const std::string_view suffix : end_suffixes) {
    if (suffix.empty() || !name.ends_with(suffix)) continue;
    return name.substr(0, name.size() - suffix.size());
  }
  return name;
}

bool says_index(const std::string& name) {
  return std::any_of(index_suffixes.begin(), index_suffixes.end(),
                     [&](std::string_view suffix) { return lower_case(name).ends_with(suffix); });
}

template <typename Test>
bool any_table_names(Test test) {
  for (const std::string_view suffix : end_suffixes) {
    for (const auto& [from, to] : end_names) {
      if (test(std::string(from).append(suffix), std::string(to).append(suffix))) return true;
    }
  }
  return std::any_of(matrix_names.begin(), matrix_names.end(), [&](const EndNames& names) {
    return test(std::string(names.first), std::string(names.second));
  });
}

}  // namespace

EdgeColumns::EdgeColumns(std::span<const std::string_view> names, const std::string& edge_weight,
                         const std::string& place)
    : names_(names.begin(), names.end()) {
  for (std::string& name : names_) name = without_blanks(std::string(name));
  find_ends(place);
  of_attention_ = bare_name(name(EdgeColumn::source)) == "query" &&
                  bare_name(name(EdgeColumn::target)) == "key";
  find_rest(edge_weight, place);
}

std::optional<std::size_t> EdgeColumns::find(std::string_view name,
                                             const std::string& place) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (lower_case(names_[i]) != name) continue;
    if (found) throw InputError(place, "the column " + in_quotes(name) + " occurs twice");
    found = i;
  }
  return found;
}

/// Both names of a pair, else any of the sources and any of the targets.
void EdgeColumns::find_ends(const std::string& place) {
  auto& source = positions_[static_cast<std::size_t>(EdgeColumn::source)];
  auto& target = positions_[static_cast<std::size_t>(EdgeColumn::target)];
  const bool found = any_table_names([&](const std::string& from, const std::string& to) {
    source = find(from, place);
    target = find(to, place);
    return source && target;
  });
  if (found) return;
  for (const auto& [from, to] : end_names) {
    if (!source) source = find(from, place);
    if (!target) target = find(to, place);
  }
  if (source && target) return;
  throw InputError(place,
                   std::string("the column '") + (source ? "target" : "source") + "' is missing",
                   "the first line names the columns: source,target,weight");
}

void EdgeColumns::find_rest(const std::string& edge_weight, const std::string& place) {
  const auto take = [&](EdgeColumn column, std::string_view name) {
    auto& position = positions_[static_cast<std::size_t>(column)];
    if (!position) position = find(name, place);
  };
  if (edge_weight.empty()) {
    for (const std::string_view name : weight_names) take(EdgeColumn::weight, name);
  } else {
    take(EdgeColumn::weight, lower_case(edge_weight));
  }
  for (const std::string_view suffix : label_suffixes) {
    const std::string of_source = bare_name(name(EdgeColumn::source)).append(suffix);
    const std::string of_target = bare_name(name(EdgeColumn::target)).append(suffix);
    if (of_source == lower_case(name(EdgeColumn::source))) continue;
    take(EdgeColumn::source_label, of_source);
    take(EdgeColumn::target_label, of_target);
  }
  take(EdgeColumn::layer, "layer");
  take(EdgeColumn::head, "head");
  take(EdgeColumn::type, "type");
  find_counted();
  if (names_.size() > 1 && lower_case(names_.front()) == "file" &&
      (position(EdgeColumn::layer) == 1u || position(EdgeColumn::head) == 1u ||
       position(EdgeColumn::batch) == 1u)) {
    positions_[static_cast<std::size_t>(EdgeColumn::file)] = 0;
  }
  if (!edge_weight.empty() && !has(EdgeColumn::weight)) {
    const auto left = others();
    throw InputError(place, "no column is called " + in_quotes(edge_weight),
                     left.empty() ? "leave $edge-weight out: every edge then weighs 1"
                                  : "$edge-weight can be " + in_quotes(left));
  }
}

/// Layers, heads and items of a batch by the words that say so in names of arrays too.
void EdgeColumns::find_counted() {
  const auto take = [&](EdgeColumn column, bool (*counts)(const std::string&)) {
    auto& position = positions_[static_cast<std::size_t>(column)];
    if (!position) position = only(counts);
  };
  take(EdgeColumn::layer, is_layer);
  take(EdgeColumn::head, is_head);
  if (has(EdgeColumn::layer)) take(EdgeColumn::head, is_h);
  const bool beside = has(EdgeColumn::head) || of_attention();
  if (beside) take(EdgeColumn::batch, is_batch);
  if (has(EdgeColumn::layer) && may_be_no_layer(name(EdgeColumn::layer)) && !beside) {
    leave_out(EdgeColumn::layer);
  }
}

void EdgeColumns::take_indices(std::span<const std::string_view> row) {
  const std::string& source = name(EdgeColumn::source);
  const std::string& target = name(EdgeColumn::target);
  if (has_some_labels() || says_index(source) || says_index(target) || row.size() != width())
    return;
  const auto called = [](const std::string& wanted) {
    return [wanted](const std::string& name) { return lower_case(name) == wanted; };
  };
  for (const std::string_view suffix : index_suffixes) {
    const auto from = only(called(bare_name(source).append(suffix)));
    const auto to = only(called(bare_name(target).append(suffix)));
    if (!from || !to || !whole_index(row[*from]) || !whole_index(row[*to])) continue;
    numbered_ = NumberedEnds{source, target, names_[*from], names_[*to]};
    const auto take = [&](EdgeColumn column, EdgeColumn label, std::size_t index) {
      positions_[static_cast<std::size_t>(label)] = position(column);
      positions_[static_cast<std::size_t>(column)] = index;
    };
    take(EdgeColumn::source, EdgeColumn::source_label, *from);
    take(EdgeColumn::target, EdgeColumn::target_label, *to);
    return;
  }
}

/// The one column that counts so; nothing where there are several.
std::optional<std::size_t> EdgeColumns::only(
    const std::function<bool(const std::string&)>& counts) const {
  std::optional<std::size_t> found;
  for (const std::size_t i : left_out()) {
    if (!counts(names_[i])) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

bool EdgeColumns::called_otherwise(EdgeColumn column) const {
  return lower_case(name(column)) != (column == EdgeColumn::layer ? "layer" : "head");
}

std::vector<std::size_t> EdgeColumns::left_out() const {
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (std::find(positions_.begin(), positions_.end(), i) == positions_.end()) left.push_back(i);
  }
  return left;
}

std::vector<std::string> EdgeColumns::others() const {
  std::vector<std::string> names;
  for (const std::size_t i : left_out()) names.push_back(names_[i]);
  return names;
}

bool names_layer(const std::string& name) { return is_layer(name) && !may_be_no_layer(name); }

bool names_head(const std::string& name) { return is_head(name); }

bool names_head_beside_layers(const std::string& name) { return is_h(name); }

bool name_both_ends(std::span<const std::string_view> names) {
  return std::any_of(end_names.begin(), end_names.end(), [&](const auto& pair) {
    return contains(names, pair.first) && contains(names, pair.second);
  });
}

bool are_of_edge_table(std::span<const std::string_view> names) {
  return any_table_names([&](const std::string& from, const std::string& to) {
    return contains(names, from) && contains(names, to);
  });
}

bool name_an_end(std::span<const std::string_view> names) {
  return std::any_of(end_names.begin(), end_names.begin() + telling_pairs, [&](const auto& pair) {
    return contains(names, pair.first) || contains(names, pair.second);
  });
}

}  // namespace attngraph
