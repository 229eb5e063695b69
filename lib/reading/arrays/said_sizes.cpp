#include "reading/arrays/said_sizes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>
#include <vector>

#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Words = std::vector<std::string>;

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& all, std::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

std::string_view last_part(std::string_view name) {
  const auto cut = name.find_last_of("./");
  const std::string_view part = cut == name.npos ? name : name.substr(cut + 1);
  return part == "npy" && cut != name.npos ? last_part(name.substr(0, cut)) : part;
}

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// The words of the last part of a name, in small letters: `num`, `layers` of `config.numLayers`.
Words words_of(std::string_view name) {
  Words words(1);
  char before = '_';
  for (const char c : last_part(name)) {
    const bool begins = is_capital(c) && is_small(before);
    if ((begins || !(is_small(c) || is_capital(c))) && !words.back().empty()) words.emplace_back();
    if (is_small(c)) words.back() += c;
    if (is_capital(c)) words.back() += static_cast<char>(c - 'A' + 'a');
    before = c;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool is_plural(const std::string& word) { return word.size() > 3 && word.ends_with('s'); }
/// A library is called transformers.
bool is_layer(const std::string& word) {
  return word.size() > 1 && counts_layers(word) && !word.starts_with("transformer");
}

constexpr auto counts = std::to_array<std::string_view>({"n", "num", "nr", "number", "total"});
constexpr auto of_keys = std::to_array<std::string_view>({"kv", "key", "value", "group", "groups"});

/// Whether the words say how many there are of what `is` says.
bool says_how_many(Words words, bool (*is)(const std::string&)) {
  const auto key = [](const std::string& word) { return is_one_of(of_keys, word); };
  if (words.empty() || std::any_of(words.begin(), words.end(), key)) return false;
  if (words.back() == "count" && words.size() > 1) {
    words.pop_back();
    return is(words.back());
  }
  const std::string& last = words.back();
  if (last.size() > 4 && last.starts_with('n') && is(last.substr(1))) return true;  // nhead
  return is(last) && (is_plural(last) || is_one_of(counts, words.front()));
}

/// Whether they name a list of such: `layers`, `layer_ids`, `head_names`.
bool lists(const Words& words, bool (*is)(const std::string&)) {
  constexpr auto ends = std::to_array<std::string_view>(
      {"ids", "idx", "idxs", "index", "indices", "names", "labels", "numbers"});
  if (words.empty() || words.size() > 2) return false;
  const bool listed = words.size() == 2 && is_one_of(ends, words.back());
  return is(words.front()) && (listed || (words.size() == 1 && is_plural(words.front())));
}

/// The one size that is said; nothing for none or several.
class OneSize {
 public:
  void add(const std::string& name, double size) {
    if (!(size >= 1) || size > 1e6 || std::trunc(size) != size) return;
    sizes_.insert(static_cast<std::size_t>(size));
    if (name_.empty()) name_ = name;
  }
  std::optional<SaidSize> said() const {
    if (sizes_.size() != 1) return std::nullopt;
    return SaidSize{name_, *sizes_.begin()};
  }

 private:
  std::set<std::size_t> sizes_;
  std::string name_;
};

std::optional<SaidSize> said_by_lists(const Dump& dump, bool (*is)(const std::string&)) {
  OneSize size;
  for (const NamedTensor& array : dump.tensors) {
    const bool list = array.tensor.rank() == 1 && array.tensor.size() > 1;
    if (list && lists(words_of(array.name), is)) {
      size.add(array.name, static_cast<double>(array.tensor.size()));
    }
  }
  for (const OtherList& list : dump.other_lists) {
    if (lists(words_of(list.name), is)) size.add(list.name, static_cast<double>(list.length));
  }
  return size.said();
}

std::optional<SaidSize> said_by_numbers(const Dump& dump, bool (*is)(const std::string&)) {
  OneSize size;
  for (const Field& field : dump.fields) {
    if (field.number && says_how_many(words_of(field.name), is)) {
      size.add(field.name, static_cast<double>(*field.number));
    }
  }
  for (const NamedTensor& array : dump.tensors) {
    if (array.tensor.size() == 1 && says_how_many(words_of(array.name), is)) {
      size.add(array.name, array.tensor.to_doubles().front());
    }
  }
  return size.said();
}

std::optional<SaidSize> said(const Dump& dump, bool (*is)(const std::string&)) {
  auto listed = said_by_lists(dump, is);
  if (!listed) return said_by_numbers(dump, is);
  listed->listed = true;
  return listed;
}

bool is_head(const std::string& word) { return counts_heads(word); }

bool is_mean(const std::string& word) {
  constexpr auto means = std::to_array<std::string_view>(
      {"mean", "avg", "average", "averaged", "sum", "summed", "max", "fused", "merged", "pooled"});
  return is_one_of(means, word);
}

bool is_attention(const std::string& word) {
  return word.starts_with("att") || word == "weights" || word == "pattern" || word == "maps";
}

}  // namespace

SaidSizes said_sizes(const Dump& dump) { return {said(dump, is_layer), said(dump, is_head)}; }

SaidLayers said_layers(const std::string& name) {
  constexpr auto before_each =
      std::to_array<std::string_view>({"by", "per", "each", "all", "every"});
  const Words words = words_of(name);
  const bool mean = std::any_of(words.begin(), words.end(), is_mean);
  const bool attention = std::any_of(words.begin(), words.end(), is_attention);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (mean && is_head(words[i])) return SaidLayers::maybe;
    const bool wise = words[i] == "layerwise" || words[i] == "blockwise" ||
                      (i + 1 < words.size() && words[i + 1] == "wise" && is_layer(words[i]));
    if (!wise && !is_layer(words[i])) continue;
    if (mean) return SaidLayers::maybe;
    const bool each = i > 0 && is_one_of(before_each, words[i - 1]);
    if (wise || each || is_plural(words[i])) return SaidLayers::yes;
    const bool alone = i == 0 || is_attention(words[i - 1]);
    if (attention && alone) return SaidLayers::maybe;
  }
  return SaidLayers::no;
}

}  // namespace attngraph
