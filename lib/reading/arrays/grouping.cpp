#include "reading/arrays/grouping.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// How pieces of words are marked.
struct PieceMark {
  std::string_view text;
  /// Where in a token the mark stands, and what that says of it.
  enum class Place { begins_word, goes_on, ends_word, goes_on_behind } place;

  bool at_end() const { return place == Place::ends_word || place == Place::goes_on_behind; }
  bool marks(std::string_view token) const {
    if (token.size() <= text.size()) return token == text && place == Place::begins_word;
    return at_end() ? token.ends_with(text) : token.starts_with(text);
  }
  std::string_view without(std::string_view token) const {
    if (!marks(token) || token.size() == text.size()) return token;
    if (!at_end()) return token.substr(text.size());
    return token.substr(0, token.size() - text.size());
  }
};

constexpr std::array<PieceMark, 6> piece_marks{{{"##", PieceMark::Place::goes_on},
                                                {"\u2581", PieceMark::Place::begins_word},
                                                {"\u0120", PieceMark::Place::begins_word},
                                                {"</w>", PieceMark::Place::ends_word},
                                                {"@@", PieceMark::Place::goes_on_behind},
                                                {" ", PieceMark::Place::begins_word}}};

/// The mark that most tokens show; null where they show none.
const PieceMark* mark_of(const std::vector<std::string>& tokens) {
  const PieceMark* found = nullptr;
  std::ptrdiff_t most = 0;
  for (const auto& mark : piece_marks) {
    const auto count = std::count_if(tokens.begin(), tokens.end(),
                                     [&](const std::string& token) { return mark.marks(token); });
    if (count > most) {
      most = count;
      found = &mark;
    }
  }
  return found;
}

/// A token of nothing but line breaks ends a word and is its own.
bool is_line_break(std::string_view token) {
  if (token == "<0x0A>" || token == "<0x0D>") return true;
  constexpr std::array<std::string_view, 4> breaks{"\n", "\r", "\u010a", "\u010d"};
  const std::size_t all = token.size();
  while (!token.empty()) {
    const auto found = std::find_if(breaks.begin(), breaks.end(),
                                    [&](std::string_view text) { return token.starts_with(text); });
    if (found == breaks.end()) return false;
    token.remove_prefix(found->size());
  }
  return all > 0;
}

bool stands_alone(std::string_view token) { return is_special(token) || is_line_break(token); }

bool goes_on(std::string_view token, std::string_view before, const PieceMark& mark) {
  if (stands_alone(token) || stands_alone(before)) return false;
  switch (mark.place) {
    case PieceMark::Place::begins_word:
      return !mark.marks(token);
    case PieceMark::Place::goes_on:
      return mark.marks(token);
    case PieceMark::Place::ends_word:
      return !mark.marks(before);
    case PieceMark::Place::goes_on_behind:
      return mark.marks(before);
  }
  return false;
}

/// What stands between the angle brackets of a tokenizer's own tokens.
bool is_tokenizer_name(std::string_view name) {
  constexpr std::array<std::string_view, 16> names{"s",   "/s",      "pad",   "unk",  "mask", "cls",
                                                   "sep", "bos",     "eos",   "eod",  "eop",  "eot",
                                                   "eoh", "newline", "image", "video"};
  if (std::find(names.begin(), names.end(), name) != names.end()) return true;
  for (const std::string_view begin : {"extra_id_", "unused", "special_", "reserved_", "start_of_",
                                       "end_of_", "begin_of_", "madeupword", "image_", "pad_"}) {
    if (name.starts_with(begin)) return true;
  }
  return false;
}

bool ends_sentence(std::string_view token) {
  if (is_line_break(token)) return true;
  for (const std::string_view mark : {"</w>", "@@", "\u2581", "\u0120", " "}) {
    if (token.size() > mark.size() && token.ends_with(mark)) {
      token.remove_suffix(mark.size());
    }
  }
  for (const std::string_view end :
       {".", "!", "?", "\u2026", "\u3002", "\n", "\r", "\u010a", "\u010d"}) {
    if (token.ends_with(end)) return true;
  }
  return false;
}

std::string text_of(const NamedRange& range) {
  const std::string indices = std::to_string(range.first) + "-" + std::to_string(range.last);
  const bool called_after_itself =
      range.name == indices || range.name == std::to_string(range.first);
  return called_after_itself ? range.name : range.name + ":" + indices;
}

[[noreturn]] void refuse_range(std::string_view text, std::size_t tokens) {
  throw ArgumentError(
      "$segments",
      "'" + std::string(text) + "' is no range of tokens 0 to " + std::to_string(tokens - 1),
      "write for example $segments system:0-5,question:6-20");
}

void check_new_name(const std::string& name, const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) == names.end()) return;
  const std::string rest = name == "rest" ? ", and so are the tokens in no segment" : " twice";
  throw ArgumentError("$segments", "a segment is called '" + name + "'" + rest,
                      "call it otherwise");
}

}  // namespace

bool is_special(std::string_view token) {
  if (token.size() < 3) return false;
  const std::string_view inside = token.substr(1, token.size() - 2);
  if (token.front() == '<' && token.back() == '>') {
    for (const std::string_view bar : {"|", "\uff5c"}) {
      const bool barred = inside.size() > 2 * bar.size();
      if (barred && inside.starts_with(bar) && inside.ends_with(bar)) return true;
    }
    std::string name(inside);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return is_tokenizer_name(name);
  }
  if (token.front() != '[' || token.back() != ']') return false;
  if (inside.starts_with("unused")) return true;
  return std::all_of(inside.begin(), inside.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::size_t Grouping::tokens_left_out() const {
  return static_cast<std::size_t>(std::count(node.begin(), node.end(), left_out));
}

std::vector<std::size_t> Grouping::sizes() const {
  std::vector<std::size_t> sizes(labels.size(), 0);
  for (const std::int32_t one : node) {
    if (one != left_out) ++sizes[static_cast<std::size_t>(one)];
  }
  return sizes;
}

Grouping single_tokens(const std::vector<std::string>& tokens) {
  Grouping grouping;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    grouping.node.push_back(static_cast<std::int32_t>(i));
  }
  grouping.labels = tokens;
  return grouping;
}

Grouping words(const Grouping& tokens) {
  const PieceMark* mark = mark_of(tokens.labels);
  if (mark == nullptr) return tokens;
  Grouping merged;
  merged.division = tokens.division;
  std::vector<std::int32_t> word_of(tokens.labels.size());
  for (std::size_t i = 0; i < tokens.labels.size(); ++i) {
    const std::string& token = tokens.labels[i];
    if (i == 0 || !goes_on(token, tokens.labels[i - 1], *mark)) merged.labels.emplace_back();
    merged.labels.back() += is_special(token) ? std::string_view(token) : mark->without(token);
    word_of[i] = static_cast<std::int32_t>(merged.labels.size()) - 1;
  }
  for (const std::int32_t node : tokens.node) {
    merged.node.push_back(node == Grouping::left_out ? node
                                                     : word_of[static_cast<std::size_t>(node)]);
  }
  return merged;
}

Grouping segments(std::string_view text, std::size_t tokens) {
  std::vector<NamedRange> ranges;
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    const auto range = named_range(text.substr(0, comma));
    if (!range) refuse_range(text.substr(0, comma), tokens);
    ranges.push_back(*range);
    if (comma == text.size()) return segments(ranges, tokens);
    text.remove_prefix(comma + 1);
  }
}

Grouping segments(const std::vector<NamedRange>& ranges, std::size_t tokens) {
  Grouping grouping;
  grouping.node.assign(tokens, Grouping::left_out);
  for (const NamedRange& range : ranges) {
    if (range.last >= tokens) refuse_range(text_of(range), tokens);
    check_new_name(range.name, grouping.labels);
    for (std::size_t i = range.first; i <= range.last; ++i) {
      if (grouping.node[i] != Grouping::left_out) {
        throw ArgumentError("$segments",
                            "token " + std::to_string(i) + " lies in two segments, '" +
                                grouping.labels[static_cast<std::size_t>(grouping.node[i])] +
                                "' and '" + range.name + "'");
      }
      grouping.node[i] = static_cast<std::int32_t>(grouping.labels.size());
    }
    grouping.labels.push_back(range.name);
  }
  const auto rest = static_cast<std::int32_t>(grouping.labels.size());
  if (grouping.tokens_left_out() == 0) return grouping;
  check_new_name("rest", grouping.labels);
  std::replace(grouping.node.begin(), grouping.node.end(), Grouping::left_out, rest);
  grouping.labels.emplace_back("rest");
  return grouping;
}

Grouping sentences(const std::vector<std::string>& tokens) {
  Grouping grouping;
  std::int32_t sentence = 0;
  bool ended = false;
  for (const std::string& token : tokens) {
    if (!is_special(token)) {
      const bool ends = ends_sentence(token);
      if (ended && !ends) ++sentence;
      ended = ends;
    }
    grouping.node.push_back(sentence);
  }
  for (std::int32_t s = 0; s <= sentence; ++s) grouping.labels.push_back("s" + std::to_string(s));
  return grouping;
}

std::vector<std::size_t> places(const Grouping& grouping) {
  std::vector<std::size_t> places;
  std::size_t place = 0;
  for (const std::int32_t node : grouping.node) {
    if (node == Grouping::left_out) {
      ++place;
    } else if (static_cast<std::size_t>(node) == places.size()) {
      places.push_back(place++);
    }
  }
  return places;
}

std::string_view piece_mark(const std::vector<std::string>& tokens) {
  const PieceMark* mark = mark_of(tokens);
  return mark == nullptr ? std::string_view() : mark->text;
}

Grouping tail(const Grouping& grouping, std::size_t count) {
  Grouping last;
  last.division = grouping.division;
  last.node.assign(grouping.node.end() - static_cast<std::ptrdiff_t>(count), grouping.node.end());
  std::vector<std::int32_t> place(grouping.labels.size(), Grouping::left_out);
  for (const std::int32_t node : last.node) {
    if (node != Grouping::left_out) place[static_cast<std::size_t>(node)] = 0;
  }
  // Nodes keep their order, which is that of the whole grouping on the other side.
  for (std::size_t node = 0; node < place.size(); ++node) {
    if (place[node] == Grouping::left_out) continue;
    place[node] = static_cast<std::int32_t>(last.labels.size());
    last.labels.push_back(grouping.labels[node]);
  }
  for (std::int32_t& node : last.node) {
    if (node != Grouping::left_out) node = place[static_cast<std::size_t>(node)];
  }
  return last;
}

Grouping without_special(Grouping grouping) {
  std::vector<std::int32_t> kept(grouping.labels.size(), Grouping::left_out);
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < grouping.labels.size(); ++i) {
    if (is_special(grouping.labels[i])) continue;
    kept[i] = static_cast<std::int32_t>(labels.size());
    labels.push_back(grouping.labels[i]);
  }
  if (labels.empty()) throw InputError("$drop-special", "every token is a special one");
  for (auto& node : grouping.node) {
    if (node != Grouping::left_out) node = kept[static_cast<std::size_t>(node)];
  }
  grouping.labels = std::move(labels);
  return grouping;
}

}  // namespace attngraph
