#include "core/text/near_word.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <utility>

namespace attngraph {
namespace {

/// Letters other, left out, added, or two beside each other swapped.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    now[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      now[j + 1] = std::min({last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, now[j] + 1});
      const bool swapped = i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j];
      if (swapped) now[j + 1] = std::min(now[j + 1], before[j - 1] + 1);
    }
    before = std::exchange(last, now);
  }
  return last.back();
}

}  // namespace

std::string bare_word(const std::string& word) {
  std::string letters;
  for (const char c : word) {
    if (c != '-' && c != '_') {
      letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return letters;
}

std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates) {
  const std::string wanted = bare_word(word);
  std::string best;
  std::size_t least = wanted.size() / 3 + 1;
  std::size_t beginning = 0;
  for (const auto& candidate : candidates) {
    beginning += wanted.size() >= 2 && bare_word(candidate).starts_with(wanted) ? 1 : 0;
    const std::size_t distance = edit_distance(wanted, bare_word(candidate));
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  if (!best.empty() || beginning != 1) return best;
  return *std::find_if(candidates.begin(), candidates.end(), [&](const auto& candidate) {
    return bare_word(candidate).starts_with(wanted);
  });
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates,
                         const std::string& otherwise) {
  const std::string near = nearest_word(word, candidates);
  if (near.empty()) return otherwise;
  return "did you mean " + near + "?" + (otherwise.empty() ? "" : " ") + otherwise;
}

}  // namespace attngraph
