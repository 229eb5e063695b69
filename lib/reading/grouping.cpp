#include "reading/grouping.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <optional>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// How pieces of words are marked.
struct PieceMark {
  std::string_view text;
  /// The mark begins a word; otherwise it goes on with one.
  bool begins_word;
};

constexpr std::array<PieceMark, 3> piece_marks{{{"##", false}, {"\u2581", true}, {"\u0120", true}}};

/// The mark that the tokens show; null where they show none.
const PieceMark* mark_of(const std::vector<std::string>& tokens) {
  for (const auto& mark : piece_marks) {
    const auto marked = [&](const std::string& token) { return token.starts_with(mark.text); };
    if (std::any_of(tokens.begin(), tokens.end(), marked)) return &mark;
  }
  return nullptr;
}

std::string without_mark(const std::string& token, const PieceMark& mark) {
  return token.starts_with(mark.text) && token.size() > mark.text.size()
             ? token.substr(mark.text.size())
             : token;
}

std::optional<std::size_t> take_index(std::string_view& text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return index;
}

struct Segment {
  std::string name;
  std::size_t first;
  std::size_t last;
};

Segment segment_of(std::string_view text, std::size_t tokens) {
  const std::string whole(text);
  const auto colon = text.rfind(':');
  Segment segment{colon == std::string_view::npos ? whole : std::string(text.substr(0, colon)), 0,
                  0};
  if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  const auto first = take_index(text);
  auto last = first;
  if (first && text.starts_with('-')) {
    text.remove_prefix(1);
    last = take_index(text);
  }
  if (!first || !last || !text.empty() || *first > *last || *last >= tokens) {
    throw ArgumentError("$segments",
                        "'" + whole + "' is no range of tokens 0 to " + std::to_string(tokens - 1),
                        "write for example $segments system:0-5,question:6-20");
  }
  segment.first = *first;
  segment.last = *last;
  return segment;
}

}  // namespace

bool is_special(std::string_view token) {
  if (token.size() < 3) return false;
  if (token.front() == '<' && token.back() == '>') return true;
  if (token.front() != '[' || token.back() != ']') return false;
  return std::all_of(token.begin() + 1, token.end() - 1, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
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
  const PieceMark* found = mark_of(tokens.labels);
  if (found == nullptr) return tokens;
  const PieceMark& mark = *found;
  Grouping merged;
  merged.renormalize = tokens.renormalize;
  std::vector<std::int32_t> word_of(tokens.labels.size());
  for (std::size_t i = 0; i < tokens.labels.size(); ++i) {
    const std::string& token = tokens.labels[i];
    const bool goes_on = i > 0 && token.starts_with(mark.text) != mark.begins_word &&
                         !is_special(token) && !is_special(tokens.labels[i - 1]);
    if (goes_on)
      merged.labels.back() += without_mark(token, mark);
    else
      merged.labels.push_back(without_mark(token, mark));
    word_of[i] = static_cast<std::int32_t>(merged.labels.size()) - 1;
  }
  for (const std::int32_t node : tokens.node) {
    merged.node.push_back(node == Grouping::left_out ? node
                                                     : word_of[static_cast<std::size_t>(node)]);
  }
  return merged;
}

Grouping segments(std::string_view text, std::size_t tokens) {
  Grouping grouping;
  grouping.node.assign(tokens, Grouping::left_out);
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    const Segment segment = segment_of(text.substr(0, comma), tokens);
    for (std::size_t i = segment.first; i <= segment.last; ++i) {
      if (grouping.node[i] != Grouping::left_out) {
        throw ArgumentError("$segments",
                            "token " + std::to_string(i) + " lies in two segments, '" +
                                grouping.labels[static_cast<std::size_t>(grouping.node[i])] +
                                "' and '" + segment.name + "'");
      }
      grouping.node[i] = static_cast<std::int32_t>(grouping.labels.size());
    }
    grouping.labels.push_back(segment.name);
    if (comma == text.size()) return grouping;
    text.remove_prefix(comma + 1);
  }
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
