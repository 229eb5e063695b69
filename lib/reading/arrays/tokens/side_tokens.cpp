#include "reading/arrays/tokens/side_tokens.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "tensor/token_side.hpp"

namespace attngraph {
namespace {

std::string_view folder(std::string_view path) {
  const auto dot = path.rfind('.');
  return path.substr(0, dot == path.npos ? 0 : dot + 1);
}

/// Whether two lists are of one input: `0.src_tokens` and `0.tgt_tokens`.
bool of_one_input(const NamedTokens& a, const NamedTokens& b) {
  return folder(a.name) == folder(b.name) &&
         array_name(a.name).numbers == array_name(b.name).numbers;
}

/// The queries' list beside that of the keys, or the only one.
NamedTokens query_list(const Dump& dump, const NamedTokens& keys, const std::string& array,
                       const TokenCounts& counts) {
  const auto& lists = dump.query_tokens;
  const NamedTokens* own = own_list(dump, lists, array, counts);
  if (own != nullptr) return *own;
  const bool only = lists.size() == 1 && dump.tokens_of_inputs.empty();
  const auto found = std::find_if(lists.begin(), lists.end(), [&](const NamedTokens& list) {
    return only || (of_one_input(list, keys) && !is_of_another(dump, list.name, array));
  });
  return found == lists.end() ? NamedTokens{} : *found;
}

/// The list of the input that the array belongs to, else the one that labels all.
NamedTokens key_list(const Dump& dump, const std::string& array, const TokenCounts& counts) {
  const auto& lists = dump.tokens_of_inputs;
  if (const NamedTokens* own = own_list(dump, lists, array, counts)) return *own;
  if (lists.empty() || !is_of_another(dump, dump.tokens_name, array)) {
    return {dump.tokens_name, dump.tokens};
  }
  const auto shared = std::find_if(lists.begin(), lists.end(), [&](const NamedTokens& list) {
    return list.tokens.size() == counts.keys && !is_of_another(dump, list.name, array);
  });
  return shared == lists.end() ? NamedTokens{} : *shared;
}

/// Whether the queries' tokens are the last of the keys' own.
bool is_tail(const std::vector<std::string>& queries, const std::vector<std::string>& keys) {
  return queries.size() <= keys.size() &&
         std::equal(queries.rbegin(), queries.rend(), keys.rbegin());
}

/// The text that a name says something is of: `encoder_attentions` is of the source.
TokenSide text_of_name(std::string_view name) {
  const auto says = [&](std::string_view word) { return name.find(word) != name.npos; };
  if (says("encoder") == says("decoder")) return TokenSide::both;
  return says("encoder") ? TokenSide::keys : TokenSide::queries;
}

TokenSide text_of_array(const ArrayName& array) {
  return array.cross ? TokenSide::both : text_of_name(array.pattern);
}

/// Cross-attention within the decoder is labelled by the tokens there on the side of the queries;
/// the keys' are those within the encoder.
void part_decoder(SideTokens& tokens, const Dump& dump, const std::string& array) {
  const bool of_decoder = text_of_name(tokens.keys.name) == TokenSide::queries;
  if (!array_name(array).cross || !tokens.queries.tokens.empty() || !of_decoder) return;
  tokens.queries = std::move(tokens.keys);
  const auto& lists = dump.tokens_of_inputs;
  const auto encoder = std::find_if(lists.begin(), lists.end(), [](const NamedTokens& list) {
    return text_of_name(list.name) == TokenSide::keys;
  });
  tokens.keys = encoder == lists.end() ? NamedTokens{} : *encoder;
}

/// One list labels both sides.
LabelsOfSides of_self(NamedTokens& list, bool of_input) {
  std::vector<std::string> notes;
  if ((of_input || token_side(list.name) != TokenSide::both) && !list.tokens.empty()) {
    notes.push_back("tokens taken from '" + list.name + "'");
  }
  return {std::move(list.tokens), {}, Sides::self, std::move(notes)};
}

LabelsOfSides of_cross(SideTokens& tokens) {
  std::vector<std::string> notes;
  if (!tokens.queries.tokens.empty()) {
    notes.push_back("queries are labelled by " + tokens.queries.name +
                    (tokens.keys.tokens.empty() ? "" : ", keys by " + tokens.keys.name));
  } else if (token_side(tokens.keys.name) != TokenSide::both) {
    notes.push_back("keys are labelled by " + tokens.keys.name);
  }
  return {std::move(tokens.keys.tokens), std::move(tokens.queries.tokens), Sides::cross,
          std::move(notes)};
}

[[noreturn]] void refuse_either(const SideTokens& tokens, const std::string& source) {
  const std::string &keys = tokens.keys.name, &queries = tokens.queries.name;
  throw InputError(source,
                   keys + " and " + queries + " hold " +
                       counted(tokens.keys.tokens.size(), "label") +
                       " each and differ: this may be cross-attention, or the self-attention of "
                       "one of them",
                   "say which: $cross, or $tokens :" + keys + " or $tokens :" + queries);
}

/// Source and target mean the ends of an edge as well: their numbers decide.
void turn_to_fit(SideTokens& tokens, const LabelledAttention& attention) {
  auto &keys = tokens.keys.tokens, &queries = tokens.queries.tokens;
  const bool turned = keys.size() == attention.queries && queries.size() == attention.keys;
  const bool fits = keys.size() == attention.keys && queries.size() == attention.queries;
  if (turned && !fits && names_a_text(tokens.queries.name)) std::swap(tokens.keys, tokens.queries);
}

/// A list that says whose it is and is of other attention in the file is left out.
void leave_out_others(NamedTokens& list, const LabelledAttention& attention,
                      std::vector<std::string>& notes) {
  const std::size_t labels = list.tokens.size();
  if (labels == 0 || labels == attention.queries || labels == attention.keys) return;
  if (token_side(list.name) == TokenSide::both) return;
  notes.push_back(
      list.name + " left out: " + counted(labels, "label") + " for " +
      counted(attention.queries, "query") + " and " + counted(attention.keys, "key") +
      (labels == attention.queries + 1 ? ": without the last they fit, tokens[:-1]" : ""));
  list = {};
}

/// Attention that is taken for self-attention, beside lists of both sides.
LabelsOfSides of_either(SideTokens& tokens, const LabelledAttention& attention,
                        const ArrayName& array, const std::string& source) {
  const bool fits_keys = tokens.keys.tokens.size() == attention.keys;
  const bool fits_queries = tokens.queries.tokens.size() == attention.queries;
  const bool square = attention.queries == attention.keys;
  const bool texts = names_a_text(tokens.queries.name);
  const TokenSide said = text_of_array(array);
  if (fits_queries && square && (!fits_keys || said == TokenSide::queries)) {
    return of_self(tokens.queries, tokens.of_input);
  }
  const bool of_both_names = token_side(tokens.keys.name) == TokenSide::both && texts;
  if (!fits_keys || !fits_queries || said == TokenSide::keys || of_both_names) {
    return of_self(tokens.keys, tokens.of_input);
  }
  if (attention.causal == true)
    return of_self(texts && square ? tokens.queries : tokens.keys, tokens.of_input);
  if (texts && square) refuse_either(tokens, source);
  return of_cross(tokens);
}

}  // namespace

SideTokens side_tokens(const Dump& dump, const std::string& array, const TokenCounts& counts) {
  SideTokens tokens;
  tokens.keys = key_list(dump, array, counts);
  tokens.queries = query_list(dump, tokens.keys, array, counts);
  part_decoder(tokens, dump, array);
  tokens.of_input = !dump.tokens_of_inputs.empty() && tokens.keys.name != "tokens";
  if (tokens.queries.tokens.empty()) return tokens;
  if (tokens.queries.name == tokens.keys.name) {
    tokens.keys = {};
  } else if (is_tail(tokens.queries.tokens, tokens.keys.tokens)) {
    tokens.queries = {};
  }
  return tokens;
}

LabelsOfSides labels_of_sides(SideTokens tokens, const LabelledAttention& attention,
                              const ArrayName& array, const std::string& source) {
  std::vector<std::string> notes;
  leave_out_others(tokens.keys, attention, notes);
  leave_out_others(tokens.queries, attention, notes);
  turn_to_fit(tokens, attention);
  LabelsOfSides labels = attention.sides == Sides::cross ? of_cross(tokens)
                         : tokens.keys.tokens.empty()    ? of_self(tokens.queries, tokens.of_input)
                         : tokens.queries.tokens.empty()
                             ? of_self(tokens.keys, tokens.of_input)
                             : of_either(tokens, attention, array, source);
  labels.notes.insert(labels.notes.end(), notes.begin(), notes.end());
  return labels;
}

}  // namespace attngraph
