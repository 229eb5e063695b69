#include "reading/arrays/numbers/listed_numbers.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/index_note.hpp"
#include "reading/arrays/numbers/renumbered.hpp"
#include "reading/arrays/numbers/said_numbers.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Numbers = std::vector<std::int64_t>;

/// The number of each array: by the key that is its own number, else by its place.
Numbers of_each(const NumberList& list, const Numbers& own) {
  const auto has = [&](std::int64_t number) { return list.numbers.contains(number); };
  if (!std::all_of(own.begin(), own.end(), has)) return list.in_order();
  Numbers numbers;
  for (const std::int64_t number : own) numbers.push_back(list.numbers.at(number));
  return numbers;
}

bool are_same(const Numbers& some, const Numbers& others) {
  return std::multiset(some.begin(), some.end()) == std::multiset(others.begin(), others.end());
}

/// `12 matrices`, `layer` and `head`, as `numpy.repeat` and `numpy.tile` make them.
bool counts_twice(const NumberList& layers) {
  const Numbers all = layers.in_order();
  const std::set<std::int64_t> different(all.begin(), all.end());
  const auto as_often = [&](std::int64_t number) {
    return std::count(all.begin(), all.end(), number) *
               static_cast<std::ptrdiff_t>(different.size()) ==
           static_cast<std::ptrdiff_t>(all.size());
  };
  return different.size() > 1 &&
         *different.rbegin() - *different.begin() + 1 ==
             static_cast<std::int64_t>(different.size()) &&
         std::all_of(different.begin(), different.end(), as_often);
}

void report(Reading& reading, const Finding& finding, Faults faults) {
  if (faults == Faults::refused) throw InputError(reading.source, finding.what, finding.cure);
  reading.findings.push_back(finding);
}

void look_for_layers(Reading& reading, const NumberList& list, Faults faults) {
  if (list.repeats()) return;
  const std::string places = places_text(list.in_order(), "layer");
  if (places.empty()) return;
  if (list.ascends()) return reading.notes.push_back(places + " in " + called(list.name));
  report(
      reading,
      {"its layers stand in another order than " + called(list.name) + " says: " + places,
       list.of_texts
           ? "save them in the order of those numbers, and the list alike"
           : "save them in their order, as attention[numpy.argsort(layers)], and the list alike"},
      faults);
}

/// A number of a layer for each matrix that would be a head.
void look_for_layers_of_matrices(Reading& reading, const Dump& dump, bool said, Faults faults) {
  if (said || reading.axes.front() != Axis::head) return;
  const auto list = number_list(dump, false, reading.heads());
  if (!list) return;
  const auto heads = number_list(dump, true, reading.heads());
  const std::string matrices = std::to_string(reading.heads()) + " matrices";
  if (!list->repeats()) {
    report(reading,
           {called(list->name) + " lists a layer for each of " + matrices + ", read as heads",
            "say which: $axes layer,query,key, or $axes head,query,key"},
           faults);
  } else if (heads || counts_twice(*list)) {
    report(reading,
           {called(list->name) + " gives each of " + matrices + " a layer, and several the same",
            "save the heads of each layer together, [layer, head, query, key], as "
            "attention.reshape(layers, heads, n, n)"},
           faults);
  }
}

}  // namespace

std::string number_by_lists(Family& arrays, const Dump& dump) {
  const auto varying = arrays.varying();
  if (varying.size() != 1) return "";
  const std::size_t place = varying.front(), count = arrays.members.size();
  const std::string word = arrays.names.front().words[place];
  const auto layers = number_list(dump, false, count);
  if (!layers || counts_heads(word) || counts_steps(word)) return "";
  const auto heads = layers->repeats() ? number_list(dump, true, count) : std::nullopt;
  if (layers->repeats() && !heads) return "";
  Numbers own;
  for (const ArrayName& name : arrays.names) own.push_back(name.numbers[place]);
  const Numbers numbers = of_each(*layers, own);
  if (numbers == own) return "";
  if (counts_layers(word) && are_same(numbers, own)) {
    return "layers are those of their names, not in the order of " + called(layers->name);
  }
  const Numbers beside = heads ? of_each(*heads, own) : Numbers();
  for (std::size_t i = 0; i < count; ++i) {
    arrays.names[i].numbers[place] = numbers[i];
    arrays.names[i].words[place] = "layer";
    if (!heads) continue;
    arrays.names[i].numbers.push_back(beside[i]);
    arrays.names[i].words.emplace_back("head");
  }
  const bool moved = sort_by_numbers(arrays);
  check_different(arrays, dump.source);
  return "numbered by " + called(layers->name) + (heads ? " and " + called(heads->name) : "") +
         (moved ? ", not in the order of the list" : "");
}

void look_for_lists(Reading& reading, const Dump& dump, bool said, Faults faults) {
  if (reading.arrays.size() != 1 || reading.steps) return;
  const std::size_t layers = reading.layers.size(), heads = reading.heads();
  const auto of_layers = layers > 1 ? number_list(dump, false, layers) : std::nullopt;
  if (of_layers) look_for_layers(reading, *of_layers, faults);
  if (heads < 2) return;
  if (!of_layers && layers == 1) look_for_layers_of_matrices(reading, dump, said, faults);
  const auto of_heads = number_list(dump, true, heads);
  if (!of_heads || of_heads->repeats()) return;
  const std::string places = places_text(of_heads->in_order(), "head");
  if (!places.empty()) reading.notes.push_back(places + " in " + called(of_heads->name));
}

}  // namespace attngraph
