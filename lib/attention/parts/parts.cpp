#include "attention/parts/parts.hpp"

#include <algorithm>
#include <string_view>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/text/near_word.hpp"
#include "reading/words/segments.hpp"

namespace attngraph {
namespace {

/// The parts of nodes that tokens were put together to.
std::vector<std::int32_t> of_nodes(const Grouping& parts, const Grouping& merged) {
  std::vector<std::int32_t> found(merged.nodes(), Grouping::left_out);
  for (std::size_t i = 0; i < merged.tokens(); ++i) {
    const std::int32_t node = merged.node[i];
    if (node == Grouping::left_out) continue;
    std::int32_t& part = found[static_cast<std::size_t>(node)];
    if (part != Grouping::left_out && part != parts.node[i]) {
      throw ArgumentError("$segments",
                          "the word '" + merged.labels[static_cast<std::size_t>(node)] +
                              "' lies in two segments, '" +
                              parts.labels[static_cast<std::size_t>(part)] + "' and '" +
                              parts.labels[static_cast<std::size_t>(parts.node[i])] + "'",
                          "token " + std::to_string(i) + " goes on with it");
    }
    part = parts.node[i];
  }
  return found;
}

/// The last tokens of a side, in the numbers of all of it.
Grouping tail_of(Grouping side, std::size_t count) {
  side.node.erase(side.node.begin(), side.node.end() - static_cast<std::ptrdiff_t>(count));
  return side;
}

/// As much of the ranges as lies within a side.
std::vector<NamedRange> within(std::vector<NamedRange> ranges, std::size_t tokens) {
  std::erase_if(ranges, [&](const NamedRange& range) { return range.first >= tokens; });
  for (NamedRange& range : ranges) range.last = std::min(range.last, tokens - 1);
  return ranges;
}

/// One side by itself; what is in no range is the last part, `rest`.
Grouping side_of_ranges(const std::vector<NamedRange>& ranges, std::size_t count,
                        const Grouping* merged) {
  Grouping parts = segments(ranges, merged ? merged->tokens() : count);
  if (merged) parts.node = of_nodes(parts, *merged);
  return parts;
}

Grouping side_of_sentences(const std::vector<std::string>& tokens, std::size_t count) {
  if (!tokens.empty()) return sentences(tokens);
  Grouping parts;
  parts.node.assign(count, 0);
  parts.labels = {"rest"};
  return parts;
}

/// Takes a side into parts of both: its names that are not there yet, `rest` the last of all.
std::vector<std::int32_t> numbered(const Grouping& side, const std::vector<std::string>& names) {
  std::vector<std::int32_t> parts(side.node.size(), Grouping::left_out);
  std::vector<std::int32_t> numbers;
  for (const std::string& name : side.labels) {
    numbers.push_back(
        static_cast<std::int32_t>(std::find(names.begin(), names.end(), name) - names.begin()));
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (side.node[i] != Grouping::left_out) {
      parts[i] = numbers[static_cast<std::size_t>(side.node[i])];
    }
  }
  return parts;
}

Parts joined(const Grouping& queries, const Grouping& keys, std::vector<std::string> names,
             bool has_rest) {
  Parts parts;
  parts.names = std::move(names);
  parts.has_rest = has_rest;
  if (has_rest) parts.names.emplace_back("rest");
  parts.queries = numbered(queries, parts.names);
  parts.keys = numbered(keys, parts.names);
  return parts;
}

Parts parts_of_sentences(const Attention& attention) {
  if (attention.tokens().empty() && attention.query_tokens().empty()) {
    throw InputError("$sentences", "the input has no tokens", "give them with $tokens FILE");
  }
  const Grouping keys = side_of_sentences(attention.tokens(), attention.keys());
  const Grouping queries = attention.cross()
                               ? side_of_sentences(attention.query_tokens(), attention.queries())
                               : tail_of(keys, attention.queries());
  const bool keys_longer = keys.labels.size() >= queries.labels.size();
  std::vector<std::string> names = keys_longer ? keys.labels : queries.labels;
  const bool has_rest = keys.labels.front() == "rest" || queries.labels.front() == "rest";
  if (has_rest) names = keys.labels.front() == "rest" ? queries.labels : keys.labels;
  return joined(queries, keys, std::move(names), has_rest);
}

Parts parts_of_ranges(const Attention& attention, const std::vector<NamedRange>& ranges) {
  const MergedTokens* merged = attention.merged();
  const bool cross = attention.cross();
  const std::size_t longer = std::max(attention.queries(), attention.keys());
  segments(ranges, merged ? std::max(merged->queries.tokens(), merged->keys.tokens()) : longer);
  const auto side = [&](std::size_t count, const Grouping* grouping) {
    const std::size_t tokens = grouping ? grouping->tokens() : count;
    return side_of_ranges(cross ? within(ranges, tokens) : ranges, count, grouping);
  };
  const Grouping keys = side(attention.keys(), merged ? &merged->keys : nullptr);
  const Grouping queries = cross ? side(attention.queries(), merged ? &merged->queries : nullptr)
                                 : tail_of(keys, attention.queries());
  std::vector<std::string> names;
  for (const NamedRange& range : ranges) names.push_back(range.name);
  const auto has_more = [&](const Grouping& one) {
    return !one.labels.empty() && one.labels.back() == "rest" &&
           std::find(names.begin(), names.end(), "rest") == names.end();
  };
  const bool has_rest = has_more(keys) || has_more(queries);
  return joined(queries, keys, std::move(names), has_rest);
}

[[noreturn]] void refuse_name(std::string_view name, const std::vector<std::string>& names,
                              const std::string& option) {
  std::string list;
  for (const std::string& one : names) list += (list.empty() ? "" : ", ") + one;
  throw ArgumentError(option, "there is no segment '" + std::string(name) + "'",
                      did_you_mean(std::string(name), names, "the segments are " + list));
}

}  // namespace

std::vector<bool> Parts::chosen(const std::string& text, const std::string& option) const {
  std::vector<bool> wanted(count(), text.empty());
  std::string_view left = text;
  while (!left.empty()) {
    const bool whole = std::find(names.begin(), names.end(), left) != names.end();
    const auto comma = whole ? left.size() : std::min(left.find(','), left.size());
    const auto found = std::find(names.begin(), names.end(), left.substr(0, comma));
    if (found == names.end()) refuse_name(left.substr(0, comma), names, option);
    wanted[static_cast<std::size_t>(found - names.begin())] = true;
    left.remove_prefix(std::min(comma + 1, left.size()));
  }
  return wanted;
}

Parts parts_of(const Attention& attention, const PartsRequest& request) {
  return request.ranges.empty() ? parts_of_sentences(attention)
                                : parts_of_ranges(attention, request.ranges);
}

std::vector<std::size_t> part_sizes(const std::vector<std::int32_t>& side, std::size_t count) {
  std::vector<std::size_t> sizes(count, 0);
  for (const std::int32_t part : side) {
    if (part != Grouping::left_out) ++sizes[static_cast<std::size_t>(part)];
  }
  return sizes;
}

}  // namespace attngraph
