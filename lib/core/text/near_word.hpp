#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// Its letters and digits alone, small: `--Top_K` is `topk`.
std::string bare_word(const std::string& word);

/// The candidate that `word` was most likely meant to be: the one with the fewest letters other,
/// left out, added or swapped, a third of its letters at most; else the only one that begins so.
/// Empty where none is near. Dashes and case do not count.
std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates);

/// A hint: `did you mean …?` where a candidate is near, and then what is said in any case.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates,
                         const std::string& otherwise);

}  // namespace attngraph
