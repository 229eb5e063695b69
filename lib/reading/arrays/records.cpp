#include "reading/arrays/records.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/number_words.hpp"

namespace attngraph {
namespace {

/// The fields of one record by their keys, and those of all records by their paths.
using Record = std::map<std::string, Field>;
using Records = std::map<std::string, Record>;
using Found = std::vector<const Record*>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '.' || c == '/'; }

void add(Records& records, const std::string& path, Field field) {
  const auto cut = path.find_last_of("./");
  if (cut == path.npos) return;
  records[path.substr(0, cut)].emplace(path.substr(cut + 1), std::move(field));
}

/// Numbers that were saved as arrays of one count as fields.
Records records_of(const Dump& dump) {
  Records records;
  for (const Field& field : dump.fields) add(records, field.name, field);
  for (const NamedTensor& array : dump.tensors) {
    if (array.tensor.size() != 1 || is_floating(array.tensor.dtype())) continue;
    const auto number = static_cast<std::int64_t>(array.tensor.to_doubles().front());
    add(records, array.name, {array.name, {}, number});
  }
  return records;
}

/// The path of the record that an array is in, up to its number at `place`: `data.3` of
/// `data.3.attn`; empty where the number is the end of the name.
std::string record_path(const std::string& name, std::size_t place) {
  std::size_t i = 0;
  for (std::size_t number = 0; i < name.size(); ++number) {
    while (i < name.size() && !is_digit(name[i])) ++i;
    while (i < name.size() && is_digit(name[i])) ++i;
    if (number == place) break;
  }
  return i < name.size() && is_separator(name[i]) ? name.substr(0, i) : std::string();
}

/// The record of each array, empty where it has none; nothing where none has one.
Found records_at(const Records& all, const Family& arrays, std::size_t place) {
  static const Record none;
  Found found;
  bool any = false;
  for (const NamedTensor& array : arrays.members) {
    const auto record = all.find(record_path(array.name, place));
    any = any || record != all.end();
    found.push_back(record == all.end() ? &none : &record->second);
  }
  if (!any) found.clear();
  return found;
}

/// `layerIdx` and `layer_idx` as `layer`.
std::string word_of(const std::string& key) {
  std::string text;
  for (const char c : key) {
    if (c >= 'A' && c <= 'Z' && !text.empty() && text.back() >= 'a') text += '_';
    text += c;
  }
  return word_before_number(text);
}

/// The number of a field, also where it is a text of digits.
std::optional<std::int64_t> number_in(const Field& field) {
  if (field.number) return field.number;
  const std::string& text = field.text;
  const bool digits =
      !text.empty() && text.size() < 10 && std::all_of(text.begin(), text.end(), is_digit);
  return digits ? std::optional<std::int64_t>(std::stoll(text)) : std::nullopt;
}

/// Whether the records have different values under `key`; none is one too.
bool differs(const Found& records, const std::string& key) {
  std::set<std::optional<std::pair<std::string, std::int64_t>>> values;
  for (const Record* record : records) {
    const auto field = record->find(key);
    if (field == record->end()) {
      values.emplace();
    } else {
      values.emplace(std::in_place, field->second.text, field->second.number.value_or(0));
    }
  }
  return values.size() > 1;
}

/// The keys under which records say which layer, head or step each is, with the word for it.
std::vector<std::pair<std::string, std::string>> numbering_keys(const Found& records) {
  std::map<int, std::pair<std::string, std::string>> keys;  // layers first
  for (const Record* record : records) {
    for (const auto& [key, field] : *record) {
      if (!number_in(field) || !differs(records, key)) continue;
      const std::string word = word_of(key);
      const bool has_layer = keys.contains(0);
      if (counts_heads(word) || (word == "h" && has_layer)) {
        keys.try_emplace(1, key, "head");
      } else if (counts_layers(word)) {
        keys.try_emplace(0, key, word == "h" ? "h" : "layer");
      } else if (counts_steps(word)) {
        keys.try_emplace(2, key, "step");
      }
    }
  }
  std::vector<std::pair<std::string, std::string>> found;
  for (auto& [rank, pair] : keys) found.push_back(std::move(pair));
  return found;
}

bool says_input(const std::string& key, const Field& field) {
  const std::string word = word_of(key);
  if (counts_layers(word) || counts_heads(word) || counts_steps(word)) return false;
  if (counts_inputs(word) || counts_models(word)) return true;
  if (word == "idx" || word == "index" || word == "query" || word == "content") return true;
  const bool names_module = word == "name" || word == "module" || word == "type";
  return !names_module && !field.number && field.text.find(' ') != field.text.npos;
}

/// Puts the numbers of the records in place of that at `place`.
void renumber(Family& arrays, std::size_t place, const Found& records,
              const std::vector<std::pair<std::string, std::string>>& keys,
              const std::string& source) {
  for (std::size_t i = 0; i < arrays.members.size(); ++i) {
    ArrayName& name = arrays.names[i];
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const auto field = records[i]->find(keys[k].first);
      const auto number = field == records[i]->end() ? std::nullopt : number_in(field->second);
      if (!number) {
        throw InputError(within(source, arrays.members[i].name),
                         "has no '" + keys[k].first + "', and others have",
                         "number every array, or none");
      }
      if (k == 0) {
        name.numbers[place] = *number;
        name.words[place] = keys[k].second;
      } else {
        name.numbers.push_back(*number);
        name.words.push_back(keys[k].second);
      }
    }
  }
}

/// The arrays in the order of their numbers.
/// @returns whether they were in another
bool sort_by_numbers(Family& arrays) {
  std::vector<std::size_t> order(arrays.members.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return arrays.names[a].numbers < arrays.names[b].numbers;
  });
  const bool moved = !std::is_sorted(order.begin(), order.end());
  Family sorted;
  for (const std::size_t i : order) {
    sorted.members.push_back(arrays.members[i]);
    sorted.names.push_back(arrays.names[i]);
  }
  arrays = std::move(sorted);
  return moved;
}

void check_different(const Family& arrays, const std::string& source) {
  for (std::size_t i = 1; i < arrays.names.size(); ++i) {
    if (arrays.names[i].numbers != arrays.names[i - 1].numbers) continue;
    throw InputError(within(source, arrays.members[i].name),
                     "says that it is the same layer as " + called(arrays.members[i - 1].name),
                     "where they are of different inputs, save each in a file of its own");
  }
}

}  // namespace

std::optional<InputKey> key_of_inputs(const Dump& dump, const Family& arrays) {
  if (arrays.members.size() < 2) return std::nullopt;
  const Records all = records_of(dump);
  for (const std::size_t place : arrays.varying()) {
    const auto records = records_at(all, arrays, place);
    if (records.empty() || !numbering_keys(records).empty()) continue;
    for (const Record* record : records) {
      for (const auto& [key, field] : *record) {
        if (says_input(key, field) && differs(records, key)) return InputKey{key, place};
      }
    }
  }
  return std::nullopt;
}

void number_by_records(ChosenArrays& chosen, const Dump& dump) {
  Family& arrays = chosen.arrays;
  if (arrays.members.size() < 2) return;
  const Records all = records_of(dump);
  std::string said;
  for (const std::size_t place : arrays.varying()) {
    const auto records = records_at(all, arrays, place);
    if (records.empty()) continue;
    const auto keys = numbering_keys(records);
    if (keys.empty()) continue;
    renumber(arrays, place, records, keys, dump.source);
    for (const auto& [key, word] : keys) said += (said.empty() ? "'" : " and '") + key + "'";
  }
  if (said.empty()) return;
  const bool moved = sort_by_numbers(arrays);
  check_different(arrays, dump.source);
  chosen.notes.push_back("numbered by " + said + " of each" +
                         (moved ? ", not in the order of the list" : ""));
}

}  // namespace attngraph
