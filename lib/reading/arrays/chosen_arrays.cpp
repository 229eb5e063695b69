#include "reading/arrays/chosen_arrays.hpp"

#include <algorithm>
#include <string_view>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "core/text/shell_path.hpp"
#include "core/text/text.hpp"
#include "reading/arrays/edge_parts.hpp"
#include "reading/arrays/missing_arrays.hpp"
#include "reading/arrays/module_outputs.hpp"
#include "reading/arrays/steps/prompt_arrays.hpp"
#include "reading/arrays/tokens/fused_arrays.hpp"
#include "reading/arrays/tokens/several_inputs.hpp"
#include "reading/arrays/top_k_arrays.hpp"
#include "reading/row_sums.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

using Families = std::vector<Family>;

template <typename Test>
Families those(const Families& all, Test test) {
  Families kept;
  std::copy_if(all.begin(), all.end(), std::back_inserter(kept), test);
  return kept;
}

std::string list_of(const Families& all) {
  constexpr std::size_t shown = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, all.size()); ++i) {
    text += (i == 0 ? "" : ", ") + family_text(all[i]);
  }
  if (all.size() > shown) text += " and " + std::to_string(all.size() - shown) + " more";
  return text;
}

bool is_attention(const Family& family) { return family.role() == Role::attention; }
bool is_token_wise(const Family& family) {
  return family.role() == Role::query || family.role() == Role::key || family.role() == Role::value;
}
bool rows_sum_to_one(const Family& family) {
  const Tensor& first = family.members.front().tensor;
  return first.rank() >= 2 && sums_to_one(first, first.rank() - 1);
}
bool has(const Families& all, Role role) {
  return std::any_of(all.begin(), all.end(), [&](const Family& f) { return f.role() == role; });
}

/// Queries or keys of tokens, not a number that is called `k`.
bool has_tokens(const Families& all, Role role) {
  return std::any_of(all.begin(), all.end(),
                     [&](const Family& f) { return f.role() == role && f.rank() >= 2; });
}

/// What no name says to be something else; a mask beside queries or keys is theirs.
Families possible_attention(const Families& all) {
  const bool has_parts = has_tokens(all, Role::query) || has_tokens(all, Role::key);
  return those(all, [&](const Family& f) {
    return f.rank() >= 2 && !is_token_wise(f) && !is_fused(f) &&
           !(has_parts && f.role() == Role::mask);
  });
}

Family first_with(const Families& all, Role role) {
  return those(all, [&](const Family& f) { return f.role() == role; }).front();
}

/// As options about files name it; quoted where a shell would take it for names of files.
std::string member_text(const Dump& dump, const Family& family) {
  const std::string text = dump.source + ":" + family_glob(family);
  return is_plain_word(text) ? text : shell_word(text);
}

std::string computing(const Dump& dump, const Family& query, const Family& key) {
  return "attngraph attend $query " + member_text(dump, query) + " $key " + member_text(dump, key) +
         " computes the attention";
}

/// How to ask about two of them that may be queries and keys; empty where there are none.
std::string computing_of(const Dump& dump, const Families& found) {
  for (const Family& query : found) {
    for (const Family& key : found) {
      if (!are_called_as_query_and_key(query.names.front(), key.names.front())) continue;
      return "; where these are queries and keys, " + computing(dump, query, key);
    }
  }
  return "";
}

[[noreturn]] void refuse_several(const Dump& dump, const Families& found) {
  throw InputError(
      dump.source,
      "holds " + std::to_string(found.size()) + " that may be meant: " + list_of(found),
      "choose one with " + choices_of(found, families(dump.tensors)) + computing_of(dump, found));
}

/// The one with most members; refused where two have as many.
Family largest(const Dump& dump, Families found, std::vector<std::string>& notes) {
  std::stable_sort(found.begin(), found.end(), [](const Family& a, const Family& b) {
    return a.members.size() > b.members.size();
  });
  if (found.size() > 1) {
    if (found[0].members.size() == found[1].members.size()) refuse_several(dump, found);
    notes.push_back("read from " + family_text(found[0]) + "; not from " +
                    list_of({found.begin() + 1, found.end()}) + ": $tensor chooses");
  }
  return found.front();
}

/// What the names say, the numbers deciding between several.
Families named_attention(const Families& all) {
  Families named = those(all, is_attention);
  const Families strong = those(named, [](const Family& f) { return !f.names.front().weak; });
  if (!strong.empty()) named = strong;
  if (named.size() < 2) return named;
  const Families summing = those(named, rows_sum_to_one);
  return summing.empty() ? named : summing;
}

/// Queries without keys, or the other way; what stands beside them is not what was meant.
[[noreturn]] void refuse_half(const Dump& dump, const Families& all, const Families& possible) {
  const bool query = has_tokens(all, Role::query);
  const std::string name = first_with(all, query ? Role::query : Role::key).members.front().name;
  std::string hint = "save query and key in one file, or give each with $query and $key of attend";
  if (!possible.empty())
    hint += "; $tensor " + shell_word(family_glob(possible.front(), all)) + " asks about that";
  throw InputError(dump.source,
                   "holds " + called(name) + " and no " + (query ? "keys" : "queries") +
                       ": attention takes both",
                   hint);
}

Family found_by_itself(const Dump& dump, const Families& all, std::vector<std::string>& notes) {
  const Families named = named_attention(all);
  if (named.size() > 1) refuse_several(dump, named);
  if (!named.empty()) return named.front();
  require_read(dump,
               [](const std::string& name) { return array_name(name).role == Role::attention; });
  const Families possible = possible_attention(all);
  if (has_tokens(all, Role::query) != has_tokens(all, Role::key)) refuse_half(dump, all, possible);
  const Families summing = those(possible, rows_sum_to_one);
  if (!summing.empty()) return largest(dump, summing, notes);
  const Families fused = those(all, is_fused);
  if (!fused.empty() && !has(all, Role::key)) refuse_fused(dump.source, fused.front());
  if (has(all, Role::query) && has(all, Role::key)) {
    const Family query = first_with(all, Role::query);
    const Family key = first_with(all, Role::key);
    throw InputError(dump.source,
                     "holds " + called(query.members.front().name) + " and " +
                         called(key.members.front().name) + ", not attention",
                     computing(dump, query, key));
  }
  if (possible.size() == 1) return possible.front();
  if (possible.size() > 1) refuse_several(dump, possible);
  if (all.empty() && dump.nodes > 0) {
    throw InputError(dump.source, "is a graph without edges, expected edges with weights");
  }
  throw InputError(dump.source, "holds no attention" + (all.empty() ? "" : ": " + list_of(all)),
                   "attention is an array [query, key], with head, layer and batch before");
}

/// Names such as `layer_3` and `attentions.0` are those of one layer, also where it stands alone.
bool names_a_layer(const ArrayName& name) {
  return !name.words.empty() && (counts_layers(name.words.back()) ||
                                 name.words.back() == "attentions" || name.pattern == "#");
}

/// An array without a name is called as its file.
void name_by_file(ChosenArrays& chosen, const std::string& source) {
  const std::string& pattern = chosen.arrays.names.front().pattern;
  if (pattern.find_first_not_of("#.[]") != pattern.npos) return;
  const auto folder = source.find_last_of("/\\");
  const std::string file = folder == source.npos ? source : source.substr(folder + 1);
  const ArrayName name = array_name(file.substr(0, file.rfind('.')));
  chosen.cross_by_file = name.cross;
  if (!pattern.empty()) return;
  chosen.arrays.names.front().cross = name.cross;
  const bool layer = !name.words.empty() && (name.words.back().starts_with("layer") ||
                                             name.words.back().starts_with("block"));
  chosen.one_per_layer = chosen.one_per_layer || layer;
}

/// One without a number that counts as the first may be another thing: their mean.
void note_unnumbered(ChosenArrays& chosen) {
  const auto& members = chosen.arrays.members;
  if (members.size() < 2 || chosen.arrays.varying().empty()) return;
  const std::string& first = members.front().name;
  if (array_name(first).pattern == chosen.arrays.names.front().pattern) return;
  chosen.notes.push_back(called(first) + " counts as the first, before " + called(members[1].name));
}

/// Whether a number that differs stands behind a word that counts so.
bool varies(const Family& family, bool (*counts)(std::string_view)) {
  const auto places = family.varying();
  return std::any_of(places.begin(), places.end(),
                     [&](std::size_t place) { return counts(family.names.front().words[place]); });
}

ChosenArrays asked_for(const Dump& dump, const Families& all, const std::string& wanted) {
  ChosenArrays chosen;
  const auto exact = std::any_of(dump.tensors.begin(), dump.tensors.end(),
                                 [&](const NamedTensor& t) { return t.name == wanted; });
  std::size_t in_set = 0;
  std::size_t chosen_families = 0;
  for (const Family& family : all) {
    bool chosen_from = false;
    for (std::size_t i = 0; i < family.members.size(); ++i) {
      const std::string& name = family.members[i].name;
      if (exact ? name != wanted : !name_fits(wanted, name)) continue;
      chosen.arrays.members.push_back(family.members[i]);
      chosen.arrays.names.push_back(family.names[i]);
      chosen_from = true;
    }
    if (!chosen_from) continue;
    ++chosen_families;
    chosen.heads = chosen.heads || varies(family, counts_heads);
    const bool inputs = are_of_inputs(dump, family) || varies(family, counts_inputs) ||
                        varies(family, counts_models);
    if (!inputs && family.members.size() > 1) in_set = std::max(in_set, family.members.size());
  }
  in_set = std::max(in_set, chosen.arrays.members.size());
  if (!exact) require_those_alike(dump, chosen.arrays, wanted);
  if (chosen.arrays.members.empty()) {
    require_read(dump, [&](const std::string& name) { return name_fits(wanted, name); });
    throw ArgumentError("$tensor", "nothing in " + dump.source + " is called '" + wanted + "'",
                        "it holds " + list_of(all));
  }
  if (chosen_families > 1) sort_naturally(chosen.arrays);
  if (is_fused(chosen.arrays)) refuse_fused(dump.source, chosen.arrays);
  chosen.one_per_layer = in_set > 1 || names_a_layer(chosen.arrays.names.front());
  return chosen;
}

/// The prompt may have a name of its own.
void add_prompt(ChosenArrays& chosen, const Families& all, const std::string& source) {
  const auto prompt = prompt_of(chosen.arrays, all);
  const Family* other = prompt ? nullptr : prompt_of_any_form(chosen.arrays, all);
  if (other != nullptr) {
    throw InputError(source,
                     family_text(*other) + " may be the prompt before " +
                         family_text(chosen.arrays) + ", and has another form than these steps",
                     "save it as they are, as step 0; $tensor " +
                         shell_word(family_glob(chosen.arrays, all)) +
                         " asks about the steps alone");
  }
  if (!prompt) return;
  chosen.notes.push_back("the prompt, before the first step, is " + family_text(*prompt));
  chosen.arrays = with_prompt(chosen.arrays, *prompt);
}

}  // namespace

std::string place_of(const std::string& source, const NamedTensor& named) {
  return within(source, named.name);
}

bool holds_keys_alone(const Dump& dump) {
  const Families all = families(dump.tensors);
  return has(all, Role::key) && !has(all, Role::query) && those(all, is_attention).empty();
}

bool holds_queries_and_keys(const Dump& dump) {
  const Families all = families(dump.tensors);
  if (!has(all, Role::query) || !has(all, Role::key)) return false;
  if (!those(all, is_attention).empty()) return false;
  return those(possible_attention(all), rows_sum_to_one).empty();
}

ChosenArrays chosen_arrays(const Dump& dump, const ReadingRequest& request) {
  const Families all = families(dump.tensors);
  ChosenArrays chosen;
  if (!request.tensor.empty()) {
    chosen = asked_for(dump, all, request.tensor);
    refuse_edge_parts(chosen.arrays.members, {}, dump.source);
  } else {
    refuse_edge_parts(dump.tensors, dump.classes, dump.source);
    chosen.arrays = found_by_itself(dump, with_outputs_apart(without_prompts(all)), chosen.notes);
    refuse_places(chosen.arrays, all, dump.source);
    chosen.one_per_layer =
        chosen.arrays.members.size() > 1 || names_a_layer(chosen.arrays.names.front());
  }
  note_unnumbered(chosen);
  name_by_file(chosen, dump.source);
  if (!request.tensor.empty()) return chosen;
  require_whole_set(dump, chosen.arrays);
  add_prompt(chosen, all, dump.source);
  return chosen;
}

}  // namespace attngraph
