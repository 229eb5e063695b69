#include "report/parts/known_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "reading/words/special_tokens.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/token_choice.hpp"
#include "report/parts/token_places.hpp"

namespace attngraph {
namespace {

bool is_whole_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Collects pairs of places.
class Collected {
 public:
  Collected(const Dump& gold, const Attention& attention, Symmetrize symmetrize)
      : gold_(gold),
        cross_(attention.cross()),
        directed_(symmetrize == Symmetrize::none),
        keys_(TokenPlaces::of_keys(attention)),
        queries_(cross_ ? TokenPlaces::of_queries(attention) : keys_) {}

  const TokenPlaces& keys() const { return keys_; }
  const TokenPlaces& queries() const { return queries_; }

  void add_places(std::size_t a, std::size_t b) {
    const auto query = queries_.at(a), key = keys_.at(b);
    if (query && key) {
      add(*query, *key);
    } else {
      ++left_out_;
    }
  }

  void add(std::size_t query, std::size_t key) {
    auto a = static_cast<std::uint32_t>(query), b = static_cast<std::uint32_t>(key);
    if (!cross_ && a == b) return;
    if (!directed_ && a > b) std::swap(a, b);
    pairs_.emplace_back(a, b);
  }

  std::vector<TokenPair> take(Sink& sink) {
    if (left_out_ > 0) {
      sink.note(counted(left_out_, "known pair") + " of tokens that are left out");
    }
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    return std::move(pairs_);
  }

  /// The place of a node of a list of edges.
  std::size_t place(const TokenPlaces& side, std::size_t node) const {
    const auto& names = gold_.tokens;
    if (names.empty() || names == side.labels()) return within(side, node);
    if (std::all_of(names.begin(), names.end(), is_whole_number)) {
      return within(side, std::stoul(names[node]));
    }
    return token_choice("=" + names[node], side.labels(), "$gold");
  }

 private:
  const Dump& gold_;
  bool cross_, directed_;
  TokenPlaces keys_, queries_;
  std::vector<TokenPair> pairs_;
  std::size_t left_out_ = 0;

  std::size_t within(const TokenPlaces& side, std::size_t place) const {
    if (place < side.count()) return place;
    throw InputError(gold_.source, "names token " + std::to_string(place) +
                                       ", and there are 0 to " + std::to_string(side.count() - 1));
  }
};

void take_edges(const Dump& gold, Collected& pairs) {
  if (gold.edges.size() > 1) {
    throw InputError(gold.source, "holds edges of several heads, known pairs are of one text");
  }
  const EdgeArrays& edges = gold.edges.front().edges;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges.weight[i] == 0) continue;
    const auto source = static_cast<std::size_t>(edges.source[i]);
    const auto target = static_cast<std::size_t>(edges.target[i]);
    if (gold.queries > 0) {
      pairs.add_places(pairs.place(pairs.queries(), source),
                       pairs.place(pairs.keys(), target - gold.queries));
    } else {
      pairs.add_places(pairs.place(pairs.queries(), source), pairs.place(pairs.keys(), target));
    }
  }
}

void take_matrix(const Dump& gold, const Attention& attention, Collected& pairs) {
  if (gold.tensors.size() != 1) {
    throw InputError(gold.source,
                     "holds " + counted(gold.tensors.size(), "array") + ", expected one matrix");
  }
  const Tensor& tensor = gold.tensors.front().tensor;
  Shape shape = tensor.shape();
  while (shape.size() > 2 && shape.front() == 1) shape.erase(shape.begin());
  const Shape all{pairs.queries().count(), pairs.keys().count()};
  const Shape left{attention.cross() ? attention.queries() : attention.keys(), attention.keys()};
  if (shape.size() != 2) {
    throw InputError(
        gold.source,
        "has shape " + shape_text(tensor.shape()) + ", expected one matrix [query, key]",
        "save the pairs of one text: an entry for each query and key, 0 where they "
        "are no known pair");
  }
  if (shape != all && shape != left) {
    throw InputError(gold.source, "is a matrix of other tokens, expected " +
                                      std::to_string(all[0]) + " x " + std::to_string(all[1]));
  }
  const std::vector<double> numbers = tensor.to_doubles();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t row = i / shape[1], column = i % shape[1];
    if (!std::isfinite(numbers[i])) {
      throw InputError(
          gold.source + ": row " + std::to_string(row) + ", column " + std::to_string(column),
          "the entry is " + number_text(numbers[i]) + ", expected 0 for pairs that are not known");
    }
    if (numbers[i] == 0) continue;
    shape == all ? pairs.add_places(row, column) : pairs.add(row, column);
  }
}

void take_words(const Dump& gold, const Attention& attention, Collected& pairs, Sink& sink) {
  const auto labels = attention.key_labels();
  std::vector<std::size_t> words;
  for (std::size_t key = 0; key < labels.size(); ++key) {
    if (attention.tokens().empty() || !is_special(labels[key])) words.push_back(key);
  }
  if (attention.cross() || words.size() != gold.tokens.size()) {
    throw InputError(gold.source,
                     "has " + counted(gold.tokens.size(), "word") + ", and " +
                         std::to_string(words.size()) + " tokens are not special",
                     attention.tokens().empty()
                         ? "name the tokens with $tokens FILE, and those that are special are told"
                         : "$words puts pieces of words together");
  }
  std::size_t differ = 0;
  std::string first;
  for (std::size_t i = 0; i < words.size() && !attention.tokens().empty(); ++i) {
    if (lower_case(labels[words[i]]) == lower_case(gold.tokens[i])) continue;
    if (differ++ == 0) {
      first = "'" + shown_label(gold.tokens[i]) + "' for '" + shown_label(labels[words[i]]) + "'";
    }
  }
  if (differ > 0) {
    sink.note(std::to_string(differ) + " of " + counted(words.size(), "word") + " of " +
              gold.source + " are written otherwise, the first " + first);
  }
  const EdgeArrays& arcs = gold.edges.front().edges;
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    pairs.add(words[static_cast<std::size_t>(arcs.source[i])],
              words[static_cast<std::size_t>(arcs.target[i])]);
  }
}

}  // namespace

std::size_t places_of_pairs(const Attention& attention) {
  const std::size_t keys = TokenPlaces::of_keys(attention).count();
  return attention.cross() ? std::max(keys, TokenPlaces::of_queries(attention).count()) : keys;
}

std::vector<TokenPair> known_pairs(const Dump& gold, const Attention& attention,
                                   Symmetrize symmetrize, Sink& sink) {
  Collected pairs(gold, attention, symmetrize);
  if (gold.format == "CoNLL-U") {
    take_words(gold, attention, pairs, sink);
  } else if (!gold.edges.empty()) {
    take_edges(gold, pairs);
  } else {
    take_matrix(gold, attention, pairs);
  }
  return pairs.take(sink);
}

}  // namespace attngraph
