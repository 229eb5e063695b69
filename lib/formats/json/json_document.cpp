#include "formats/json/json_document.hpp"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/text/place.hpp"
#include "core/text/text.hpp"
#include "formats/fields.hpp"
#include "formats/json/json_keys.hpp"
#include "formats/json/json_name.hpp"
#include "formats/json/json_number.hpp"
#include "formats/json/json_text.hpp"
#include "formats/json/nested_lists.hpp"
#include "formats/json/padded_text.hpp"
#include "formats/labels/label_list.hpp"
#include "formats/rules.hpp"
#include "formats/taken_memory.hpp"
#include "tensor/part_lists.hpp"

// One pass over the text by simdjson's On-Demand interface: a dump is nothing but numbers, and they
// go straight into the tensor. It looks only at what is asked for, so everything is asked for.
// Where it refuses, nlohmann reads the text again and says where and why.

namespace attngraph {
namespace {

namespace on_demand = simdjson::ondemand;
using simdjson::simdjson_error;
using Kind = on_demand::json_type;

/// Where the name of an array stands: in the dump, in its reading, in the answer and its text.
constexpr std::size_t copies_of_name = 4;

/// The text itself: simdjson lets half a surrogate pair pass.
std::string_view valid(std::string_view text) {
  if (invalid_utf8(text) != text.npos) throw simdjson_error(simdjson::STRING_ERROR);
  return text;
}

/// Whether a value is a number, which is then read, exactly.
bool is_number(on_demand::value value, double& number) {
  const std::string_view token = value.raw_json_token();
  const bool found = value.get_double().get(number) == simdjson::SUCCESS;
  if (!may_be_misread(token)) return found;
  const auto exact = exact_number(token);
  if (exact) number = *exact;
  return found || exact;
}

/// Reads what is neither a list nor an object, and says what it is.
std::string scalar(on_demand::value value) {
  switch (value.type()) {
    case Kind::string:
      valid(value.get_string());
      return "a string";
    case Kind::number: {
      double ignored = 0;
      if (!is_number(value, ignored)) throw simdjson_error(simdjson::NUMBER_ERROR);
      return "a number";
    }
    case Kind::boolean:
      return bool(value.get_bool()) ? "true" : "false";
    default:
      if (!bool(value.is_null())) throw simdjson_error(simdjson::N_ATOM_ERROR);
      return "null";
  }
}

class DocumentReader {
 public:
  DocumentReader(Dump& dump, const ReadOptions& options, std::string_view text, std::size_t used)
      : dump_(dump), options_(options), text_(text), taken_(dump.source, options.limits, used) {}

  void read(on_demand::document& document) {
    if (text_.starts_with('[')) {
      on_demand::array list = document.get_array();
      first_in_list(text_) == '{' ? items("", list) : numbers("", list, text_);
    } else {
      members("", document.get_object());
    }
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
      throw simdjson_error(simdjson::TRAILING_CONTENT);
    }
    take_labels(std::move(labels_), options_, dump_);
    dump_.fields = fields_.taken();
  }

 private:
  Dump& dump_;
  const ReadOptions& options_;
  std::string_view text_;
  TakenMemory taken_;
  /// For the numbers of one array after the other.
  std::vector<double> room_;
  std::size_t depth_ = 0;
  std::vector<NamedLabels> labels_;
  Fields fields_;

  std::string place(const std::string& name) const { return within(dump_.source, name); }

  std::string child(const std::string& path, std::string_view part) const {
    return json_name(path, part, dump_.source);
  }

  void leave_out(const std::string& name, const InputError& reason) {
    constexpr std::size_t texts = 5;  // the name, and in the error what, where, problem, hint
    taken_.add(3 * sizeof(Unread) + texts * (name.size() + dump_.source.size() + 64));
    dump_.unread.push_back({name, reason});
  }

  void leave_out(const std::string& name, const std::string& found) {
    leave_out(name, InputError(place(name), "is " + found + ", expected nested lists of numbers",
                               found == "null" ? fused_hint : ""));
  }

  /// The text from a value on; it was not yet read.
  std::string_view rest(on_demand::value& value) const {
    const char* begin = value.raw_json_token().data();
    return text_.substr(static_cast<std::size_t>(begin - text_.data()));
  }

  void enter() { require_depth(++depth_, dump_.source); }

  /// A key, unlike those of its object before.
  static std::string new_key(JsonKeys& keys, on_demand::field& field) {
    std::string key(valid(field.unescaped_key()));
    keys.add(key);
    return key;
  }

  void members(const std::string& path, on_demand::object object) {
    enter();
    JsonKeys keys(taken_, dump_.source);
    for (on_demand::field field : object) {
      const std::string key = new_key(keys, field);
      member(child(path, key_in_names(key, keys.count() - 1)), field.value());
    }
    --depth_;
  }

  void member(const std::string& name, on_demand::value value) {
    const Kind kind = value.type();
    if (kind != Kind::array && name == labels_name(options_)) return no_labels(name, value);
    if (kind == Kind::object) return members(name, value.get_object());
    if (kind != Kind::array) {
      if (depth_ > 1) return field(name, value);
      if (kind == Kind::number || kind == Kind::boolean) field(name, value);
      return leave_out(name, kind == Kind::number ? "a number" : scalar(value));
    }
    const std::string_view text = rest(value);
    on_demand::array list = value.get_array();
    const bool strings = begins_with_text(text);
    if (name == labels_name(options_) || (strings && names_labels(name, options_))) {
      return tokens(name, list.raw_json());
    }
    if (first_in_list(text) == '"') return texts(name, list);
    first_in_list(text) == '{' ? items(name, list) : numbers(name, list, text);
  }

  /// A list that begins with a text and labels no tokens.
  void texts(const std::string& name, on_demand::array list) {
    NestedLists lists(place(name), options_.limits, taken_.bytes());
    enter();
    lists.begin();
    const std::size_t most = most_told_texts(name);
    std::size_t length = 0;
    bool all_texts = true;
    for (on_demand::value item : list) {
      const bool text = item.type() == Kind::string;
      all_texts = all_texts && text;
      if (text && length < most) {
        fields_.text(child(name, std::to_string(length)), valid(item.get_string()));
        lists.other("a string");
      } else {
        nested_item(lists, item);
      }
      ++length;
    }
    --depth_;
    lists.end();
    if (!all_texts || length > most) leave_out(name, *lists.problem());
    if (all_texts) other_list(name, length);
  }

  void other_list(const std::string& name, std::size_t length) {
    taken_.add(3 * sizeof(OtherList) + name.size());
    dump_.other_lists.push_back({name, length});
  }

  /// A text or number beside arrays; truth is one, as in a pickle.
  void field(const std::string& name, on_demand::value value) {
    const Kind kind = value.type();
    if (kind == Kind::string) return fields_.text(name, valid(value.get_string()));
    if (kind == Kind::boolean) return fields_.number(name, bool(value.get_bool()) ? 1 : 0);
    double number = 0;
    if (kind != Kind::number || !is_number(value, number)) scalar(value);
    if (kind == Kind::number) fields_.real(name, number);
  }

  /// A list of objects: their members by their path.
  void items(const std::string& name, on_demand::array list) {
    enter();
    std::size_t count = 0;
    for (on_demand::value item : list) {
      member(child(name, std::to_string(count++)), item);
    }
    --depth_;
  }

  /// What is called as the labels are and is no list; an object may hold the lists of inputs.
  void no_labels(const std::string& name, on_demand::value value) {
    const bool object = value.type() == Kind::object;
    const std::size_t before = labels_.size(), unread = dump_.unread.size();
    const std::string found = object ? "an object" : scalar(value);
    if (object) members(name, value.get_object());
    if (labels_.size() > before) return;
    dump_.unread.erase(dump_.unread.begin() + static_cast<std::ptrdiff_t>(unread),
                       dump_.unread.end());
    leave_out(name, InputError(place(name), "is " + found + ", expected a list of strings"));
  }

  /// What to say of a list of texts that labels no tokens after all.
  InputError not_numbers(const std::string& name, const nlohmann::json& list) const {
    return {place(name) + (list.empty() ? "" : ": [0]"),
            "is " + json_kind(list.empty() ? list : list.front()) + ", expected a number"};
  }

  void tokens(const std::string& name, std::string_view raw) {
    taken_.require(raw.size() * json_bytes_per_character);
    const auto list = nlohmann::json::parse(raw.begin(), raw.end(), nullptr, false);
    if (list.is_discarded()) throw simdjson_error(simdjson::TAPE_ERROR);
    try {
      // Some are copied: to the queries', and to those of all inputs.
      taken_.add(5 * sizeof(NamedLabels) + 2 * (name.size() + list.size() * sizeof(std::string)));
      labels_.push_back(
          {name, label_list(list, place(name), options_, taken_), not_numbers(name, list)});
    } catch (const InputError& error) {
      leave_out(name, error);
    }
  }

  /// `text` begins with the list.
  void numbers(const std::string& name, on_demand::array list, std::string_view text) {
    NestedLists lists(place(name), options_.limits, taken_.bytes(), std::move(room_));
    lists.expect(text);
    nested(lists, list);
    if (lists.problem()) {
      leave_out(name, *lists.problem());
      room_ = lists.room();
      return;
    }
    std::vector<Tensor> arrays = lists.tensors();
    room_ = lists.room();
    for (std::size_t i = 0; i < arrays.size(); ++i) {
      const std::string item = child(name, std::to_string(i));
      taken_.add(arrays[i].size() * sizeof(double) + bytes_of_array + copies_of_name * item.size());
      dump_.tensors.push_back({arrays.size() == 1 ? name : item, std::move(arrays[i])});
    }
  }

  void nested(NestedLists& lists, on_demand::array list) {
    enter();
    lists.begin();
    for (auto item : list) {
      double number = 0;
      if (is_number(item.value(), number)) {
        lists.number(number);
      } else {
        nested_item(lists, item.value());
      }
    }
    --depth_;
    lists.end();
    check_stop();
  }

  /// An item of nested lists that is no number.
  void nested_item(NestedLists& lists, on_demand::value value) {
    const Kind kind = value.type();
    if (kind == Kind::array) return nested(lists, value.get_array());
    if (kind != Kind::object) return lists.other(scalar(value));
    lists.other("an object");
    enter();
    JsonKeys keys(taken_, dump_.source);
    for (on_demand::field field : on_demand::object(value.get_object())) {
      new_key(keys, field);
      nested_item(lists, field.value());
    }
    --depth_;
  }
};

/// What simdjson notes of a text before it is read: 4 bytes for each comma, bracket and value.
std::size_t index_bytes(std::string_view text, const Limits& limits) {
  const std::size_t most = sizeof(std::uint32_t) * text.size();
  if (most < limits.memory / 2) return 0;  // not worth counting
  const auto separators =
      std::count_if(text.begin(), text.end(), [](char c) { return c == ',' || c == '['; });
  return 2 * sizeof(std::uint32_t) * static_cast<std::size_t>(separators);
}

}  // namespace

std::optional<std::string> read_document(std::string_view text, bool mapped,
                                         const ReadOptions& options, Dump& dump) {
  const std::size_t used = options.held + index_bytes(text, options.limits);
  require_memory(used, options.limits, dump.source);
  const PaddedText padded(text, mapped, used, dump.source, options.limits);
  static_assert(PaddedText::padding >= simdjson::SIMDJSON_PADDING);
  try {
    on_demand::parser parser;
    on_demand::document document =
        parser.iterate(padded.text().data(), text.size(), text.size() + PaddedText::padding);
    DocumentReader(dump, options, padded.text(), used + padded.bytes()).read(document);
  } catch (const simdjson_error& error) {
    if (error.error() != simdjson::CAPACITY) return error.what();
    throw LimitError(dump.source, "is JSON of more than 4 GiB",
                     "save it as .npy or .safetensors, which are read in place");
  }
  return std::nullopt;
}

bool says_trailing(std::string_view problem) {
  return problem == simdjson_error(simdjson::TRAILING_CONTENT).what();
}

}  // namespace attngraph
