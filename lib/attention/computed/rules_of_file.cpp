#include "attention/computed/rules_of_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

enum class Rule { scale, softcap, window, causal };

/// A number and what it is called.
struct Said {
  std::string name;
  double number;
};

std::optional<Rule> rule_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Rule>, 14> words{{
      {"scale", Rule::scale},
      {"scaling", Rule::scale},
      {"softmax_scale", Rule::scale},
      {"sm_scale", Rule::scale},
      {"attention_scale", Rule::scale},
      {"softcap", Rule::softcap},
      {"soft_cap", Rule::softcap},
      {"logits_soft_cap", Rule::softcap},
      {"attn_logit_softcapping", Rule::softcap},
      {"window", Rule::window},
      {"window_size", Rule::window},
      {"sliding_window", Rule::window},
      {"causal", Rule::causal},
      {"is_causal", Rule::causal},
  }};
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == word; });
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

/// Whether `name` stands in the object that holds one of the queries, or in one around that.
bool is_beside(std::string_view name, const Family& queries) {
  const auto cut = name.find_last_of("./");
  if (cut == name.npos) return true;
  const std::string_view object = name.substr(0, cut + 1);
  return std::any_of(queries.members.begin(), queries.members.end(),
                     [&](const NamedTensor& query) { return query.name.starts_with(object); });
}

std::optional<double> number_of(const Field& field) {
  if (field.number) return static_cast<double>(*field.number);
  double number = 0;
  const char* end = field.text.data() + field.text.size();
  const auto read = std::from_chars(field.text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

/// What the file says of one rule, in its order.
std::vector<Said> said_of(Rule rule, const Dump& dump, const Family& queries) {
  std::vector<Said> all;
  const auto add = [&](const std::string& name, auto number) {
    const auto cut = name.find_last_of("./");
    const std::string word = cut == name.npos ? name : name.substr(cut + 1);
    if (rule_of(word) != rule || !is_beside(name, queries)) return;
    if (const std::optional<double> value = number()) all.push_back({name, *value});
  };
  for (const Field& field : dump.fields) {
    add(field.name, [&] { return number_of(field); });
  }
  for (const NamedTensor& array : dump.tensors) {
    if (array.tensor.size() != 1) continue;
    add(array.name, [&] { return std::optional(array.tensor.to_doubles().front()); });
  }
  return all;
}

/// Whether the number changes the weights as they are computed. Libraries write 0 or -1 for no cap
/// and no window.
bool says_other(Rule rule, double number, const MultiHeadAttention& heads) {
  constexpr double rounded = 5e-3;  // a scale in bfloat16
  switch (rule) {
    case Rule::scale: {
      const double usual = 1 / std::sqrt(static_cast<double>(heads.key_width()));
      return number > 0 && !(std::abs(number - usual) <= rounded * usual);
    }
    case Rule::window:
      return number > 0 && number < static_cast<double>(heads.keys());
    default:
      return number > 0;
  }
}

std::string cure_of(Rule rule, const std::string& number) {
  switch (rule) {
    case Rule::scale:
      return "$scale " + number + " multiplies by it";
    case Rule::softcap:
      return "$softcap " + number + " caps scores at it";
    case Rule::window:
      return "$window " + number + " keeps to it";
    default:
      return "$causal yes";
  }
}

bool was_asked_for(Rule rule, const AttendOptions& asked) {
  switch (rule) {
    case Rule::scale:
      return asked.scale.factor.has_value();
    case Rule::softcap:
      return asked.softcap.has_value();
    case Rule::window:
      return asked.window.has_value();
    default:
      return asked.causal;
  }
}

/// Whether all layers have the same: one number for all, or as many alike.
bool holds_for_all(const std::vector<Said>& all, const Family& queries) {
  const bool alike = std::all_of(
      all.begin(), all.end(), [&](const Said& said) { return said.number == all.front().number; });
  const bool around = all.front().name.find_first_of("./") == std::string::npos;
  return alike && (around || all.size() >= queries.members.size());
}

}  // namespace

std::vector<std::string> rules_left_out(const Dump& dump, const Family& queries,
                                        const MultiHeadAttention& heads,
                                        const AttendOptions& asked) {
  std::vector<std::string> notes;
  for (const Rule rule : {Rule::scale, Rule::softcap, Rule::window, Rule::causal}) {
    if (was_asked_for(rule, asked)) continue;
    const std::vector<Said> all = said_of(rule, dump, queries);
    const auto found = std::find_if(all.begin(), all.end(), [&](const Said& said) {
      return says_other(rule, said.number, heads);
    });
    if (found == all.end()) continue;
    notes.push_back(found->name + " is " + number_text(found->number) +
                    " and left out: " + cure_of(rule, number_text(found->number)) +
                    (holds_for_all(all, queries) ? "" : ", in every layer"));
  }
  return notes;
}

std::string causal_by_file(const Dump& dump, const Family& queries) {
  for (const Said& said : said_of(Rule::causal, dump, queries)) {
    if (said.number == 1) return said.name;
  }
  return "";
}

}  // namespace attngraph
