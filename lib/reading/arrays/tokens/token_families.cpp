#include "reading/arrays/tokens/token_families.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/open_numbers.hpp"

namespace attngraph {
namespace {

bool is_rotated(const Family& family) { return family.names.front().rotated; }

/// How to name the queries and keys that are meant.
std::string naming(const Dump& dump, const Family& one) {
  return "name them, as in $query " + shell_word(dump.source + ":" + family_glob(one)) +
         " and $key";
}

/// The one family of that role; nothing where there is none.
Family family_of(const std::vector<Family>& all, Role role, const Dump& dump,
                 std::vector<std::string>& notes) {
  Family found, other;
  for (const Family& family : all) {
    if (family.role() != role) continue;
    if (!found.members.empty() && is_rotated(family) == is_rotated(found)) {
      throw InputError(
          dump.source,
          "holds two that may be meant: " + family_text(found) + " and " + family_text(family),
          naming(dump, found));
    }
    if (!found.members.empty()) other = is_rotated(family) ? found : family;
    if (found.members.empty() || is_rotated(family)) found = family;
  }
  if (!other.members.empty()) {
    notes.push_back(family_text(found) + " taken, behind rotary embedding, not " +
                    family_text(other));
  }
  return found;
}

/// Rotated queries go with rotated keys.
void check_rotation(const TokenFamilies& families, const Dump& dump) {
  const Family &query = families.query, &key = families.key;
  if (query.members.empty() || key.members.empty() || is_rotated(query) == is_rotated(key)) return;
  throw InputError(dump.source,
                   family_text(is_rotated(query) ? query : key) +
                       " is behind rotary embedding, and " +
                       family_text(is_rotated(query) ? key : query) +
                       " may be before it: attention takes both behind it",
                   naming(dump, query));
}

/// Numbers like those of ids may count inputs, each with queries and keys of its own.
void refuse_ids(const Family& arrays, const std::string& option, const Dump& dump) {
  if (arrays.members.size() < 2) return;
  const auto places = arrays.varying();
  const bool ids = std::any_of(places.begin(), places.end(), [&](std::size_t place) {
    return counted_at(arrays, place) == Counts::ids;
  });
  if (!ids || dump.stacked) return;
  const auto named = [&](const std::string& name) {
    return option + " " + shell_word(dump.source + ":" + name) +
           (option == "$query" ? " and $key" : "");
  };
  throw InputError(
      dump.source,
      family_text(arrays) + ": their numbers may count layers of one input, or inputs of their own",
      "where they count layers, name all: " + named(family_glob(arrays)) + "; else those of one, " +
          named(arrays.members.front().name));
}

/// Some models turn a part of the width alone (`q_nope` and `q_rope`).
void check_whole(const Family& query, const std::vector<Family>& all, const Dump& dump) {
  if (query.members.empty() || !is_rotated(query)) return;
  const auto rest = std::find_if(all.begin(), all.end(), [](const Family& family) {
    return family.names.front().pattern.find("_nope") != std::string::npos;
  });
  if (rest == all.end()) return;
  throw InputError(dump.source,
                   family_text(query) + " and " + family_text(*rest) +
                       " are two parts of the width, expected whole queries and keys",
                   "put them together before the dump: torch.cat((q_nope, q_rope), -1)");
}

/// A projection gives what is not turned yet, and names may say so.
void note_projection(const Family& query, std::vector<std::string>& notes) {
  if (query.members.empty() || is_rotated(query)) return;
  const ArrayName& name = query.names.front();
  if (!name.unrotated && name.pattern.find("_proj") == std::string::npos) return;
  notes.push_back(
      called(query.members.front().name) + " is before rotary embedding" +
      (name.unrotated ? "; the model multiplies what is behind it" : ", if the model has one"));
}

}  // namespace

TokenFamilies token_families(const Dump& dump, std::vector<std::string>& notes) {
  const std::vector<Family> all = families(dump.tensors);
  TokenFamilies found{family_of(all, Role::query, dump, notes),
                      family_of(all, Role::key, dump, notes),
                      family_of(all, Role::value, dump, notes)};
  check_whole(found.query, all, dump);
  check_rotation(found, dump);
  refuse_ids(found.query, "$query", dump);
  refuse_ids(found.key, "$key", dump);
  note_projection(found.query, notes);
  return found;
}

}  // namespace attngraph
