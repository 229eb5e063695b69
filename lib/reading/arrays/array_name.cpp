#include "reading/arrays/array_name.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>

#include "core/text/natural_order.hpp"
#include "core/text/text.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 15> attention_names{"attentions",
                                                           "attention",
                                                           "attn",
                                                           "attns",
                                                           "attn_weights",
                                                           "attn_weight",
                                                           "attn_probs",
                                                           "attn_prob",
                                                           "attention_weights",
                                                           "attention_weight",
                                                           "attention_probs",
                                                           "attention_prob",
                                                           "hook_pattern",
                                                           "pattern",
                                                           "attention_scores_softmax"};
constexpr std::array<std::string_view, 7> query_names{
    "query", "queries", "q", "query_states", "query_layer", "hook_q", "hook_rot_q"};
constexpr std::array<std::string_view, 8> key_names{
    "key", "keys", "k", "key_states", "key_layer", "key_cache", "hook_k", "hook_rot_k"};
constexpr std::array<std::string_view, 7> value_names{
    "value", "values", "v", "value_states", "value_layer", "value_cache", "hook_v"};
/// What a projection gives, called as the projection.
constexpr std::array<std::string_view, 4> query_projections{"q_proj", "query_proj", "q_lin",
                                                            "to_q"};
constexpr std::array<std::string_view, 4> key_projections{"k_proj", "key_proj", "k_lin", "to_k"};
constexpr std::array<std::string_view, 4> value_projections{"v_proj", "value_proj", "v_lin",
                                                            "to_v"};
constexpr std::array<std::string_view, 5> fused_names{"qkv", "c_attn", "wqkv", "w_pack",
                                                      "query_key_value"};

bool contains(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether a word says what a number beside it counts.
bool counts_places(const std::string& word) {
  return counts_layers(word) || counts_steps(word) || counts_heads(word) || counts_inputs(word) ||
         counts_models(word);
}

/// Whether a word is one of places alone, numbered or before a number: `layer3`, `L0H3`, `step`.
bool is_place(std::string_view word, bool before_number) {
  bool numbered = before_number;
  while (!word.empty()) {
    const auto letters = std::find_if(word.begin(), word.end(), is_digit) - word.begin();
    const std::string bare = lower_case(word.substr(0, static_cast<std::size_t>(letters)));
    if (!bare.empty() && bare != "arr" && !counts_places(bare)) return false;
    word.remove_prefix(static_cast<std::size_t>(letters));
    while (!word.empty() && is_digit(word.front())) {
      word.remove_prefix(1);
      numbered = true;
    }
  }
  return numbered;
}

/// `part` without what says only where in the model it is: `layer_3_`, `step_0`.
std::string without_places(std::string_view part) {
  std::string kept;
  while (!part.empty()) {
    const std::size_t end = std::min(part.find_first_of("_-"), part.size());
    std::string_view word = part.substr(0, end);
    const bool before_number =
        end + 1 < part.size() && (is_digit(part[end + 1]) || is_sign(part, end + 1));
    if (!word.empty() && !is_place(word, before_number)) {
      while (!word.empty() && is_digit(word.back())) word.remove_suffix(1);
      kept += (kept.empty() ? "" : "_") + lower_case(word);
    }
    part.remove_prefix(std::min(end + 1, part.size()));
  }
  return kept;
}

/// The last part between dots and the like that says more than a place.
std::string telling_part(std::string_view name) {
  while (!name.empty()) {
    const auto cut = name.find_last_of("./\\[](): ");
    const std::string_view part = cut == name.npos ? name : name.substr(cut + 1);
    std::string kept = without_places(part);
    const bool layer = counts_layers(kept) && kept.find('_') == kept.npos;
    if (!kept.empty() && !layer && kept != "npy") return kept;
    if (cut == name.npos) break;
    name = name.substr(0, cut);
  }
  return "";
}

bool ends_with_one_of(std::string_view text, Words names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return text == name || (text.size() > name.size() && text.ends_with(name) &&
                            text[text.size() - name.size() - 1] == '_');
  });
}

/// `qkv`, `to_qkv`, `qkv_proj`, `attn_qkv` …
bool is_fused(std::string_view part) {
  for (const std::string_view end : {"", "_proj", "_states", "_packed"}) {
    const bool ends = part.ends_with(end);
    if (ends && ends_with_one_of(part.substr(0, part.size() - end.size()), fused_names))
      return true;
  }
  return false;
}

Role role_of(const std::string& part) {
  if (is_fused(part)) return Role::fused;
  if (contains(query_names, part) || contains(query_projections, part)) return Role::query;
  if (contains(key_names, part) || contains(key_projections, part)) return Role::key;
  if (contains(value_names, part) || contains(value_projections, part)) return Role::value;
  if (part == "mask" || part.ends_with("_mask")) return Role::mask;
  if (part == "weights" || ends_with_one_of(part, attention_names)) return Role::attention;
  return Role::unknown;
}

/// A name that says whether positions have turned what it names, and the rest of it.
struct RotatedName {
  std::string bare;
  /// It says so at all.
  bool said = false;
  bool before = false;
};

/// `q` of `q_post_rope`, which is turned, and of `q_pre_rope`, which is not.
RotatedName rotated_name(std::string_view part) {
  constexpr std::array<std::string_view, 5> rotations{"rope", "rot", "rotary", "roped", "rotated"};
  constexpr std::array<std::string_view, 9> beside{"post", "after",   "with",     "pos",   "emb",
                                                   "pre",  "applied", "embedded", "before"};
  if (part == "q_embed" || part == "k_embed") return {std::string(part.substr(0, 1)), true};
  RotatedName name;
  while (!part.empty()) {
    const std::size_t end = std::min(part.find('_'), part.size());
    const std::string_view word = part.substr(0, end);
    name.said |= contains(rotations, word);
    name.before |= word == "pre" || word == "before";
    if (!contains(rotations, word) && !contains(beside, word)) {
      name.bare += (name.bare.empty() ? "" : "_") + std::string(word);
    }
    part.remove_prefix(std::min(end + 1, part.size()));
  }
  return name;
}

/// `cross` as a word, or before `attention`; the names of T5 and Bart.
bool says_cross(const std::string& name) {
  for (const std::string_view other : {"encdec", "encoder_attn", "enc_dec"}) {
    if (name.find(other) != name.npos) return true;
  }
  for (auto at = name.find("cross"); at != name.npos; at = name.find("cross", at + 1)) {
    const std::string_view rest = std::string_view(name).substr(at + 5);
    if (rest.empty() || !is_letter(rest.front()) || rest.starts_with("att")) return true;
  }
  return false;
}

/// What a module gives is called `self.query.output`; of attention modules that is not the weights.
std::string_view without_output(std::string_view name) {
  for (const std::string_view end : {".output", "/output", ".out"}) {
    if (!name.ends_with(end)) continue;
    const std::string_view module = name.substr(0, name.size() - end.size());
    const Role role = role_of(telling_part(module));
    const bool known = role != Role::unknown && role != Role::attention && role != Role::mask;
    if (known) return module;
  }
  return name;
}

/// The modules of BERT, ViT and T5 whose output has its heads side by side.
bool names_a_projection(std::string_view small, Role role) {
  if (role != Role::query && role != Role::key && role != Role::value) return false;
  for (const std::string_view module :
       {"self.", "attention.attention.", "selfattention.", "encdecattention."}) {
    const auto at = small.rfind(module);
    const bool begins = at == 0 || (at != small.npos && !is_letter(small[at - 1]));
    if (begins && small.find('.', at + module.size()) == small.npos) return true;
  }
  return false;
}

/// In `0_layer_3_head` each number stands in front of its word.
void take_words_behind(std::string_view name, std::vector<std::string>& words) {
  if (words.empty() || !is_digit(name.front()) || is_digit(name.back())) return;
  const std::string last = word_before_number(name);
  if (!counts_places(last)) return;
  words.erase(words.begin());
  words.push_back(last);
}

}  // namespace

ArrayName array_name(std::string_view name) {
  constexpr std::size_t most_digits = 9;
  ArrayName read;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t first = i + (is_sign(name, i) ? 1 : 0);
    std::size_t end = first;
    while (end < name.size() && is_digit(name[end])) ++end;
    if (end == first || end - first > most_digits) {
      end = std::max(end, i + 1);
      read.pattern += name.substr(i, end - i);
      std::replace(read.pattern.end() - static_cast<std::ptrdiff_t>(end - i), read.pattern.end(),
                   '#', own_mark);
    } else {
      read.numbers.push_back(std::stoll(std::string(name.substr(i, end - i))));
      read.words.push_back(word_before_number(name.substr(0, i)));
      read.pattern += '#';
    }
    i = end;
  }
  take_words_behind(name, read.words);
  const std::string part = telling_part(without_output(name));
  read.role = role_of(part);
  const RotatedName turned = rotated_name(part);
  const Role bare = turned.said ? role_of(turned.bare) : Role::unknown;
  if (bare == Role::query || bare == Role::key) {
    read.role = bare;
    (turned.before ? read.unrotated : read.rotated) = true;
  }
  read.weak = part == "weights";
  read.heads_in_width = contains(query_projections, part) || contains(key_projections, part) ||
                        contains(value_projections, part);
  const std::string small = lower_case(name);
  read.heads_in_width |= names_a_projection(without_output(small), read.role);
  read.cross = says_cross(small);
  read.tokens_first =
      part.starts_with("hook_") &&
      (read.role == Role::query || read.role == Role::key || read.role == Role::value);
  return read;
}

bool are_called_as_query_and_key(const ArrayName& query, const ArrayName& key) {
  const std::string of_query = lower_case(query.pattern);
  const std::string of_key = lower_case(key.pattern);
  for (const auto& [ours, theirs] : {std::pair("query", "key"), std::pair("queries", "keys"),
                                     std::pair("q", "k"), std::pair("qs", "ks")}) {
    const std::string_view word(ours);
    for (auto at = of_query.find(word); at != of_query.npos; at = of_query.find(word, at + 1)) {
      std::string other = of_query;
      if (other.replace(at, word.size(), theirs) == of_key) return true;
    }
  }
  return false;
}

}  // namespace attngraph
