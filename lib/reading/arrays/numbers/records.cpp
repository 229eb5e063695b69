#include "reading/arrays/numbers/records.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/record_fields.hpp"
#include "reading/arrays/numbers/renumbered.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// The fields of one record by their keys, and those of all records by their paths.
using Record = std::map<std::string, Field>;
using Records = std::map<std::string, Record>;
using Found = std::vector<const Record*>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '.' || c == '/'; }

/// Under the path of its object, and under that of the object which holds this (`3.meta.layer`).
void add(Records& records, const std::string& path, const Field& field) {
  const auto cut = path.find_last_of("./");
  if (cut == path.npos) return;
  const std::string key = path.substr(cut + 1);
  records[path.substr(0, cut)].emplace(key, field);
  const auto outer = cut == 0 ? path.npos : path.find_last_of("./", cut - 1);
  if (outer == path.npos || is_digit(path[cut - 1])) return;
  records[path.substr(0, outer)].emplace(key, field);
}

/// Numbers that were saved as arrays of one count as fields.
Records records_of(const Dump& dump) {
  Records records;
  for (const Field& field : dump.fields) add(records, field.name, field);
  for (const NamedTensor& array : dump.tensors) {
    if (array.tensor.size() != 1) continue;
    const double value = array.tensor.to_doubles().front();
    if (!std::isfinite(value)) continue;
    const bool whole = std::trunc(value) == value && std::abs(value) <= 1e15;
    add(records, array.name,
        whole ? Field{array.name, {}, static_cast<std::int64_t>(value)}
              : Field{array.name, number_text(value), {}});
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

/// What a record may say that it is.
enum class Unit { layer, head, step };

constexpr std::array<std::string_view, 3> unit_words{"layer", "head", "step"};

std::optional<Unit> unit_of(const std::string& word, bool beside_layer) {
  if (counts_heads(word) || (word == "h" && beside_layer)) return Unit::head;
  if (counts_layers(word)) return Unit::layer;
  return counts_steps(word) ? std::optional(Unit::step) : std::nullopt;
}

/// `0.5`, as a score is kept.
bool is_fraction(const std::string& text) {
  return text.find('.') != text.npos && text.find_first_not_of("-+.0123456789e") == text.npos;
}

/// What one record says: the numbers under keys that say what they count, also as a text (`"2"`),
/// or in a name (`layer_2`, `L0H3`).
/// @param counted what the list counts that the record is of; an index within it is that number
std::map<Unit, std::int64_t> numbers_of(const Record& record, const std::string& counted) {
  std::map<Unit, std::int64_t> numbers;
  const auto put = [&](const std::string& word, std::int64_t number) {
    const auto unit = unit_of(word, numbers.contains(Unit::layer));
    if (unit) numbers.try_emplace(*unit, number);
  };
  for (const bool upper : {true, false}) {  // `h` after what says more
    for (const auto& [key, field] : record) {
      const std::string word = word_of(key);
      if ((word == "h") == upper) continue;
      const std::string& unit = is_index(word) ? counted : word;
      if (field.number) {
        put(unit, *field.number);
        continue;
      }
      if (is_fraction(field.text)) continue;
      const ArrayName name = array_name(field.text);
      if (field.text.find(' ') != field.text.npos && !unit_of(word, false)) continue;
      for (std::size_t i = 0; i < name.numbers.size(); ++i) {
        put(name.words[i].empty() && i == 0 ? unit : name.words[i], name.numbers[i]);
      }
    }
  }
  return numbers;
}

/// The same of each record, but what is the same in all.
std::vector<std::map<Unit, std::int64_t>> numbers_of(const Found& records,
                                                     const std::string& counted) {
  std::vector<std::map<Unit, std::int64_t>> all;
  for (const Record* record : records) all.push_back(numbers_of(*record, counted));
  for (const Unit unit : {Unit::layer, Unit::head, Unit::step}) {
    std::set<std::optional<std::int64_t>> different;
    for (const auto& numbers : all) {
      const auto number = numbers.find(unit);
      different.insert(number == numbers.end() ? std::nullopt : std::optional(number->second));
    }
    if (different.size() > 1) continue;
    for (auto& numbers : all) numbers.erase(unit);
  }
  return all;
}

bool says_numbers(const std::vector<std::map<Unit, std::int64_t>>& all) {
  return std::any_of(all.begin(), all.end(), [](const auto& numbers) { return !numbers.empty(); });
}

/// Whether each array but the first has one query, as steps of `generate()` have: a word or a score
/// is then that of the step.
bool may_be_steps(const Family& arrays) {
  return arrays.rank() > 1 && std::all_of(arrays.members.begin() + 1, arrays.members.end(),
                                          [](const NamedTensor& array) {
                                            const Shape& shape = array.tensor.shape();
                                            return shape[shape.size() - 2] == 1 && shape.back() > 1;
                                          });
}

/// Puts the numbers of the records in place of that at `place`.
/// @returns what they count
std::string renumber(Family& arrays, std::size_t place,
                     const std::vector<std::map<Unit, std::int64_t>>& all,
                     const std::string& source) {
  const auto most = std::max_element(
      all.begin(), all.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  std::string counted;
  bool first = true;
  for (const auto& [unit, ignored] : *most) {
    const std::string word(unit_words[static_cast<std::size_t>(unit)]);
    counted += (counted.empty() ? "" : " and ") + word;
    for (std::size_t i = 0; i < arrays.members.size(); ++i) {
      const auto number = all[i].find(unit);
      if (number == all[i].end()) {
        throw InputError(within(source, arrays.members[i].name),
                         "does not say which " + word + " it is, and others do",
                         "number every array, or none");
      }
      ArrayName& name = arrays.names[i];
      if (first) {
        name.numbers[place] = number->second;
        name.words[place] = word;
      } else {
        name.numbers.push_back(number->second);
        name.words.push_back(word);
      }
    }
    first = false;
  }
  return counted;
}

/// Records that all say that they are one layer, and nothing else of it.
void refuse_one_layer(const Family& arrays, const Found& records, std::size_t place,
                      const std::string& source) {
  const std::string& word = arrays.names.front().words[place];
  if (records.empty() || arrays.varying().size() > 1) return;
  for (const Record* record : records) {
    if (!numbers_of(*record, word).contains(Unit::layer)) return;
  }
  throw InputError(within(source, arrays.members[1].name),
                   "says that it is the same layer as " + called(arrays.members[0].name),
                   "where they are of different inputs, save each in a file of its own");
}

}  // namespace

std::optional<InputKey> key_of_inputs(const Dump& dump, const Family& arrays) {
  if (arrays.members.size() < 2) return std::nullopt;
  const Records all = records_of(dump);
  for (const std::size_t place : arrays.varying()) {
    const std::string& word = arrays.names.front().words[place];
    const auto records = records_at(all, arrays, place);
    if (says_numbers(numbers_of(records, word))) continue;
    const bool layers =
        counts_layers(word) || counts_heads(word) || counts_steps(word) || may_be_steps(arrays);
    const RecordsOf of = layers ? RecordsOf::layers : RecordsOf::anything;
    for (const Record* record : records) {
      for (const auto& [key, field] : *record) {
        if (says_input(key, field, of) && differs(records, key)) return InputKey{key, place};
      }
    }
  }
  return std::nullopt;
}

std::string number_by_records(Family& arrays, const Dump& dump) {
  if (arrays.members.size() < 2) return "";
  const Records all = records_of(dump);
  std::string counted;
  for (const std::size_t place : arrays.varying()) {
    const Found records = records_at(all, arrays, place);
    const auto numbers = numbers_of(records, arrays.names.front().words[place]);
    if (!says_numbers(numbers)) refuse_one_layer(arrays, records, place, dump.source);
    if (!says_numbers(numbers)) continue;
    counted += (counted.empty() ? "" : " and ") + renumber(arrays, place, numbers, dump.source);
  }
  if (counted.empty()) return "";
  const bool moved = sort_by_numbers(arrays);
  check_different(arrays, dump.source);
  return "numbered by the " + counted + " that each says" +
         (moved ? ", not in the order of the list" : "");
}

}  // namespace attngraph
