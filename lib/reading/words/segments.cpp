#include "reading/words/segments.hpp"

#include <algorithm>
#include <cstdint>

#include "core/error.hpp"
#include "reading/words/special_tokens.hpp"

namespace attngraph {
namespace {

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

}  // namespace attngraph
