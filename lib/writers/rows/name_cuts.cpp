#include "writers/rows/name_cuts.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "core/text/text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t any = std::numeric_limits<std::size_t>::max();

bool continues_character(char c) { return (c & '\xc0') == '\x80'; }

/// Bytes that both begin with, whole characters.
std::size_t shared_begin(std::string_view a, std::string_view b) {
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto length = static_cast<std::size_t>(differ.first - a.begin());
  while (length > 0 && length < a.size() && continues_character(a[length])) --length;
  return length;
}

/// Bytes that both end with, whole characters.
std::size_t shared_end(std::string_view a, std::string_view b) {
  const auto differ = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  auto length = static_cast<std::size_t>(differ.first - a.rbegin());
  while (length > 0 && continues_character(a[a.size() - length])) --length;
  return length;
}

/// `text` where it takes at most `columns` columns, else `…` and its end.
std::string end_of(std::string_view text, std::size_t columns) {
  std::size_t width = display_width(text);
  if (width <= columns) return std::string(text);
  for (std::size_t taken = 0; width + 1 > columns && !text.empty(); width -= taken) {
    take_cluster(text, taken);
  }
  return "…" + std::string(text);
}

}  // namespace

NameCuts::NameCuts(std::vector<std::string> names) : columns_(any) {
  for (const std::string& name : names) names_.push_back(shown_label(name, any));
  std::sort(names_.begin(), names_.end());
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
  if (names_.size() < 2) return;
  begin_ = end_ = any;
  std::size_t shortest = any;
  for (const std::string& name : names_) {
    begin_ = std::min(begin_, shared_begin(names_.front(), name));
    end_ = std::min(end_, shared_end(names_.front(), name));
    shortest = std::min(shortest, name.size());
  }
  end_ = std::min(end_, shortest - begin_);
}

std::string NameCuts::cut_to(const std::string& shown, std::size_t columns, Cut cut) const {
  if (cut == Cut::middle || display_width(shown) <= columns) {
    return cut_in_the_middle(shown, columns);
  }
  const std::string before = shown.substr(0, begin_), behind = shown.substr(shown.size() - end_);
  const std::string own = shown.substr(begin_, shown.size() - begin_ - end_);
  const std::size_t marks = (begin_ > 0 ? 1 : 0) + (end_ > 0 ? 1 : 0);
  const std::string cut_own = cut_in_the_middle(own, columns - std::min(columns, marks));
  const std::size_t room = columns - std::min(columns, display_width(cut_own));
  const std::size_t left = std::min(
      display_width(before), std::max(room / 2, room - std::min(room, display_width(behind))));
  return end_of(before, left) + cut_own + truncated(behind, room - left);
}

bool NameCuts::differ(std::size_t columns, Cut cut) const {
  std::set<std::string> cuts;
  return std::all_of(names_.begin(), names_.end(), [&](const std::string& name) {
    return cuts.insert(cut_to(name, columns, cut)).second;
  });
}

std::size_t NameCuts::narrowest(std::size_t least) const {
  std::size_t widest = least;
  for (const std::string& name : names_) widest = std::max(widest, display_width(name));
  while (least < widest && !differ(least, Cut::middle) && !differ(least, Cut::ends)) ++least;
  return least;
}

void NameCuts::set_columns(std::size_t columns) {
  columns_ = columns;
  cut_ = differ(columns, Cut::middle) ? Cut::middle : Cut::ends;
}

std::string NameCuts::operator()(std::string_view name) const {
  return cut_to(shown_label(name, any), columns_, cut_);
}

}  // namespace attngraph
