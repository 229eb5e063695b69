#include "report/drawn/bar_rows.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_groups = 12;
constexpr std::string_view between = " · ";
constexpr std::array<std::string_view, 4> places{"file", "batch", "layer", "head"};
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

using Keys = std::vector<std::size_t>;

/// Chooses which keys make groups and which make bars.
class Choice {
 public:
  Keys shared, groups, bars;

  Choice(const std::vector<KeyedRow>& rows, const std::vector<std::string>& keys,
         std::size_t measures)
      : rows_(rows) {
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const bool place = std::find(places.begin(), places.end(), keys[k]) != places.end();
      (!differ(k) ? shared : place ? groups : bars).push_back(k);
    }
    if (bars.empty()) take_last(groups.empty() ? shared : groups, bars);
    if (bars.size() > 1) {
      Keys further = groups;
      further.insert(further.end(), bars.begin(), bars.end() - 1);
      const Keys last{bars.back()};
      if (is_grid(further, last) && texts_of(further).size() * measures <= most_groups) {
        groups = further;
        bars = last;
      }
    }
    if (sparse()) {
      bars.insert(bars.begin(), groups.begin(), groups.end());
      groups.clear();
    }
  }

 private:
  const std::vector<KeyedRow>& rows_;

  bool differ(std::size_t key) const {
    return std::any_of(rows_.begin(), rows_.end(), [&](const KeyedRow& row) {
      return row.keys[key] != rows_.front().keys[key];
    });
  }

  static void take_last(Keys& from, Keys& to) {
    if (from.empty()) return;
    to.push_back(from.back());
    from.pop_back();
  }

  std::set<std::vector<std::string>> texts_of(const Keys& keys) const {
    std::set<std::vector<std::string>> texts;
    for (const KeyedRow& row : rows_) {
      std::vector<std::string> text;
      for (const std::size_t k : keys) text.push_back(row.keys[k]);
      texts.insert(std::move(text));
    }
    return texts;
  }

  /// Whether there is just one row for each pair of a group and a bar.
  bool is_grid(const Keys& group_keys, const Keys& bar_keys) const {
    Keys all = group_keys;
    all.insert(all.end(), bar_keys.begin(), bar_keys.end());
    return texts_of(all).size() == rows_.size() &&
           texts_of(group_keys).size() * texts_of(bar_keys).size() == rows_.size();
  }

  /// Whether most groups would have no value for most bars.
  bool sparse() const {
    return !groups.empty() && 2 * rows_.size() < texts_of(groups).size() * texts_of(bars).size();
  }
};

std::string joined(const std::vector<std::string>& names, const Keys& keys) {
  std::string text;
  for (const std::size_t k : keys) {
    text += (k == keys.front() ? "" : std::string(between)) + names[k];
  }
  return text;
}

/// `layer 0, head 3`
std::string title_of(const KeyedRow& row, const std::vector<std::string>& keys,
                     const Keys& chosen) {
  std::string title;
  for (const std::size_t k : chosen) {
    if (!row.names[k].empty()) title += (title.empty() ? "" : ", ") + keys[k] + " " + row.names[k];
  }
  return title;
}

/// Fills bars and groups row by row.
class Filling {
 public:
  Filling(const Choice& choice, const std::vector<std::string>& keys,
          const std::vector<std::string>& measures)
      : choice_(choice), keys_(keys), measures_(measures) {}

  void add(const KeyedRow& row) {
    const std::size_t group = group_of(row);
    const std::size_t bar = bar_of(row, seen_[{group, joined(row.keys, choice_.bars)}]++);
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      bars_.groups[group + m].values[bar] = row.values[m];
    }
  }

  Bars bars() {
    bars_.text = labelled_ && in_order_;
    return std::move(bars_);
  }

 private:
  const Choice& choice_;
  const std::vector<std::string>& keys_;
  const std::vector<std::string>& measures_;
  Bars bars_;
  std::map<std::string, std::size_t> group_of_;
  /// By their keys; rows of the same keys have bars of their own.
  std::map<std::pair<std::string, std::size_t>, std::size_t> bar_of_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> seen_;
  bool labelled_ = false, in_order_ = true;

  std::size_t group_of(const KeyedRow& row) {
    const auto [place, is_new] =
        group_of_.try_emplace(joined(row.keys, choice_.groups), bars_.groups.size());
    if (!is_new) return place->second;
    // One group for each measure of one place is what was asked for.
    if (!bars_.groups.empty() && bars_.groups.size() + measures_.size() > most_groups) {
      throw LimitError("", "over " + std::to_string(most_groups) + " groups of bars in one picture",
                       "choose fewer heads with $layer and $head, or fewer measures");
    }
    const std::string title = title_of(row, keys_, choice_.groups);
    for (const std::string& measure : measures_) {
      bars_.groups.push_back({title, measure, std::vector<double>(bars_.labels.size(), nothing)});
    }
    return place->second;
  }

  std::size_t bar_of(const KeyedRow& row, std::size_t occurrence) {
    const std::string key = joined(row.keys, choice_.bars);
    const auto [place, is_new] = bar_of_.try_emplace({key, occurrence}, bars_.labels.size());
    if (!is_new) return place->second;
    in_order_ = in_order_ && key == std::to_string(bars_.labels.size());
    bars_.labels.push_back(joined(row.names, choice_.bars));
    labelled_ = labelled_ || bars_.labels.back() != key;
    for (BarGroup& group : bars_.groups) group.values.push_back(nothing);
    return place->second;
  }
};

}  // namespace

BarsOfRows bars_of_rows(const std::vector<KeyedRow>& rows, const std::vector<std::string>& keys,
                        const std::vector<std::string>& measures) {
  const Choice choice(rows, keys, measures.size());
  Filling filling(choice, keys, measures);
  for (const KeyedRow& row : rows) filling.add(row);
  BarsOfRows made{filling.bars(), {}};
  const std::string shared = title_of(rows.front(), keys, choice.shared);
  if (!shared.empty()) made.details.push_back(shared);
  if (!choice.bars.empty()) made.details.push_back("by " + joined(keys, choice.bars));
  return made;
}

}  // namespace attngraph
