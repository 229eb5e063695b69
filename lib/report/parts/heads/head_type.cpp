#include "report/parts/heads/head_type.hpp"

#include <algorithm>
#include <array>

namespace attngraph {
namespace {

constexpr std::array<WordMeaning, 9> words{
    {{"previous", "previous is 0.4 or more: it looks at the token just before"},
     {"next", "next is 0.4 or more: it looks at the token just behind"},
     {"self", "self is 0.4 or more: it looks at the token itself"},
     {"sink", "sink_mass is over 0.3: one key gets much of the attention of all queries"},
     {"local", "previous, self and next together are 0.5 or more"},
     {"induction", "induction is 0.3 or more: it looks behind earlier occurrences of the token"},
     {"duplicate", "duplicate is 0.3 or more: it looks at earlier occurrences of the token"},
     {"broad", "entropy_normalized is 0.8 or more: it looks at nearly everything alike"},
     {"mixed", "none of the other rules holds"}}};

using Rule = bool (*)(const HeadStatistics&);

/// One for each word, the last of which always holds.
constexpr std::array<Rule, words.size()> rules{
    [](const HeadStatistics& head) { return head.previous >= 0.4; },
    [](const HeadStatistics& head) { return head.next >= 0.4; },
    [](const HeadStatistics& head) { return head.self >= 0.4; },
    [](const HeadStatistics& head) { return head.sink_mass > sink_threshold; },
    [](const HeadStatistics& head) { return head.previous + head.self + head.next >= 0.5; },
    [](const HeadStatistics& head) { return head.induction >= 0.3; },
    [](const HeadStatistics& head) { return head.duplicate >= 0.3; },
    [](const HeadStatistics& head) { return head.entropy_normalized >= 0.8; },
    [](const HeadStatistics&) { return true; }};

}  // namespace

std::string head_type(const HeadStatistics& head) {
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&](Rule holds) { return holds(head); });
  return std::string(words[static_cast<std::size_t>(rule - rules.begin())].word);
}

Column head_type_column() {
  return {.name = "type",
          .type = ColumnType::text,
          .about = "kind of head by the numbers beside it: the first rule that holds",
          .rank = 0,
          .words = words};
}

}  // namespace attngraph
