#include "reading/arrays/numbers/open_numbers.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/axes.hpp"
#include "reading/arrays/numbers/id_numbers.hpp"
#include "reading/arrays/steps/step_form.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Places = std::vector<std::size_t>;

/// What stands before the number at `place`.
std::string_view text_before(const ArrayName& name, std::size_t place) {
  std::size_t at = name.pattern.find('#');
  for (std::size_t i = 0; i < place; ++i) at = name.pattern.find('#', at + 1);
  return std::string_view(name.pattern).substr(0, at);
}

/// `transformer.h.3`, `h.3.attn` and `h3/attn` are modules of GPT-2.
bool is_module_path(const ArrayName& name, std::size_t place) {
  const std::string_view before = text_before(name, place);
  const std::string_view behind = std::string_view(name.pattern).substr(before.size() + 1);
  const bool holds_more = behind != ".npy" && (behind.starts_with('.') || behind.starts_with('/'));
  return holds_more || before.find("transformer") != before.npos;
}

bool is_capital(const ArrayName& name, std::size_t place) {
  std::string_view before = text_before(name, place);
  while (!before.empty() && (before.back() == '_' || before.back() == '.')) before.remove_suffix(1);
  return before.ends_with('H');
}

/// `h`: a head beside a layer, a layer beside a head, else a layer of GPT-2.
Counts counted_by_h(const Family& arrays, std::size_t place) {
  const ArrayName& name = arrays.names.front();
  const auto varying = arrays.varying();
  const Shape& shape = arrays.members.front().tensor.shape();
  const bool has_heads = shape.size() > 3 && shape[shape.size() - 3] > 1;
  for (std::size_t other = 0; other < name.words.size(); ++other) {
    const std::string& word = name.words[other];
    const bool varies = std::find(varying.begin(), varying.end(), other) != varying.end();
    if (varies && counts_heads(word)) return Counts::layers;
    const bool one_head = shape.size() == 2 || (shape.size() == 3 && shape[0] == 1) || varies;
    if (word != "h" && counts_layers(word) && one_head && !has_heads) return Counts::heads;
  }
  if (is_module_path(name, place)) return Counts::layers;
  const bool either = shape.size() == 2 || (shape.size() == 3 && is_capital(name, place));
  return either ? Counts::either : Counts::layers;
}

/// `query,key` of matrices, with what stands before them beside numbers that count `numbers`.
std::string axes_choice(const Axes& numbers, std::size_t rank) {
  using enum Axis;
  const auto counted = [&](Axis axis) {
    return std::find(numbers.begin(), numbers.end(), axis) != numbers.end();
  };
  Axes all = numbers;
  if (rank == 4) all.push_back(batch);
  if (rank > 2) all.push_back(!counted(head) ? head : counted(layer) ? batch : layer);
  all.push_back(query);
  all.push_back(key);
  std::string choice = "$axes " + axes_option(all);
  return counted(batch) ? choice + " and $batch 0" : choice;
}

/// What the number at a place may count beside another.
Axes meanings(const Family& arrays, std::size_t place) {
  using enum Axis;
  switch (counted_at(arrays, place)) {
    case Counts::layers:
      return {layer};
    case Counts::heads:
      return {head};
    case Counts::inputs:
      return {batch};
    case Counts::either:
      return {layer, head};
    case Counts::steps:
      return {};
    default:
      return {layer, head, batch};
  }
}

/// The first two ways to read both numbers; empty where their words leave none.
std::string ways_of_two(const Family& arrays, const Places& places) {
  using enum Axis;
  constexpr std::array<std::pair<Axis, Axis>, 6> ways{
      {{layer, head}, {head, layer}, {layer, batch}, {batch, layer}, {head, batch}, {batch, head}}};
  const auto may_be = [&](std::size_t place, Axis axis) {
    const auto all = meanings(arrays, place);
    return std::find(all.begin(), all.end(), axis) != all.end();
  };
  std::vector<std::string> choices;
  for (const auto& [first, second] : ways) {
    if (!may_be(places[0], first) || !may_be(places[1], second)) continue;
    choices.push_back(axes_choice({first, second}, arrays.rank()));
  }
  if (choices.empty()) return "";
  return choices.size() == 1 ? choices[0] : choices[0] + ", or " + choices[1];
}

[[noreturn]] void refuse_one(const Family& arrays, std::size_t place, const std::string& source,
                             bool stacked) {
  using enum Axis;
  const std::string& word = arrays.names.front().words[place];
  const std::string what =
      family_text(arrays) + (word.empty() ? ": their numbers " : ": '" + word + "' ");
  const std::size_t rank = arrays.rank();
  if (counted_at(arrays, place) == Counts::either) {
    throw InputError(
        source, what + "may count the heads of a layer, or layers",
        "say which: " + axes_choice({head}, rank) + ", or " + axes_choice({layer}, rank));
  }
  if (rank > 4) {
    throw InputError(source, what + "may count inputs or models of their own",
                     "choose one with $tensor " + shell_word(arrays.members.front().name));
  }
  throw InputError(
      source, what + "may count layers of one input, or inputs or models of their own",
      "where it counts layers, " + axes_choice({layer}, rank) +
          (stacked ? "; else leave $stack out"
                   : "; else choose one with $tensor " + shell_word(arrays.members.front().name)));
}

/// Whether the matrices are those of one number out of two that say as little: `0.0`, `0.1` …
bool is_one_row(const Family& arrays, std::size_t place) {
  const auto& words = arrays.names.front().words;
  if (arrays.rank() != 2 || arrays.varying().size() != 1 || !words[place].empty()) return false;
  for (std::size_t other = 0; other < words.size(); ++other) {
    if (other != place && leaves_layers(words[other])) return true;
  }
  return false;
}

bool has_negatives(const Tensor& array) {
  Tensor row = array;
  while (row.rank() > 1) row = row.at(0, 0);
  const auto values = row.to_doubles();
  return std::any_of(values.begin(), values.end(), [](double value) { return value < 0; });
}

/// How to ask about lists of (query, key) or (query, key, value) of each layer; empty where the
/// numbers may be those of attention.
std::string computing_of_pairs(const Family& arrays, std::size_t place, const std::string& source) {
  const auto& members = arrays.members;
  if (arrays.rank() < 3 || !has_negatives(members[0].tensor) ||
      members[0].tensor.shape().back() != members[1].tensor.shape().back()) {
    return "";
  }
  const auto of = [&](std::size_t member) {
    return shell_word(source + ":" + family_glob_at(arrays, place, member));
  };
  return "; where the second counts queries and keys, attngraph attend $query " + of(0) + " $key " +
         of(1);
}

}  // namespace

Counts counted_at(const Family& arrays, std::size_t place) {
  const std::string& word = arrays.names.front().words[place];
  if (word == "h") return counted_by_h(arrays, place);
  if (counts_heads(word)) return Counts::heads;
  if (counts_layers(word)) return Counts::layers;
  if (counts_inputs(word) || counts_models(word)) return Counts::inputs;
  if (word != "t" && counts_steps(word)) return Counts::steps;
  if (!leaves_layers(word)) return Counts::unknown;
  if (look_like_ids(arrays, place)) return Counts::ids;
  return is_one_row(arrays, place) ? Counts::either : Counts::open;
}

void refuse_open_numbers(const Family& arrays, const Places& places, const std::string& source,
                         bool stacked) {
  if (places.size() == 1) refuse_one(arrays, places.front(), source, stacked);
  const bool two = places.size() == 2;
  const std::string what = family_text(arrays) + " differ by " +
                           (two ? "two" : std::to_string(places.size())) +
                           " numbers: which counts layers is not said";
  if (grow_by_keys(arrays.members)) throw InputError(source, what, whole_steps_hint);
  const std::string ways = two && arrays.rank() == 2 ? ways_of_two(arrays, places) : "";
  if (!ways.empty()) {
    const Shape& shape = arrays.members.front().tensor.shape();
    const bool rows = shape[0] != shape[1];
    throw InputError(source, what,
                     "say what each counts: " + ways +
                         (rows ? "; where each is [head, key] of a step of generate(), $axes "
                                 "query,layer,head,key, or layer,query,head,key"
                               : ""));
  }
  const std::string first = "$tensor " + shell_word(family_glob_at(arrays, places.front()));
  if (!two) throw InputError(source, what, "choose those of which less differs with " + first);
  throw InputError(source, what,
                   "choose the layers of one: " + first +
                       " where the second counts them, $tensor " +
                       shell_word(family_glob_at(arrays, places.back())) + " where the first does" +
                       computing_of_pairs(arrays, places.back(), source));
}

}  // namespace attngraph
