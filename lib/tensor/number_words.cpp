#include "tensor/number_words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace attngraph {
namespace {

using Words = std::span<const std::string_view>;

constexpr auto layer_words = std::to_array<std::string_view>(
    {"layer", "block", "blk", "stage", "h", "l", "transformer", "lyr", "lay", "ly", "depth"});
constexpr auto step_words = std::to_array<std::string_view>(
    {"step", "steps", "token", "tok", "timestep", "t", "generated", "decode", "pos"});
constexpr auto head_words = std::to_array<std::string_view>({"head", "hd", "hds"});
constexpr auto input_words = std::to_array<std::string_view>(
    {"sentence",  "sent",     "sample",     "item",       "example",      "input",
     "batch",     "text",     "doc",        "document",   "prompt",       "image",
     "img",       "seq",      "sequence",   "question",   "review",       "frame",
     "id",        "uid",      "guid",       "user",       "protein",      "window",
     "chunk",     "beam",     "turn",       "lang",       "language",     "paragraph",
     "para",      "page",     "article",    "tweet",      "post",         "comment",
     "utterance", "utt",      "dialog",     "dialogue",   "conversation", "story",
     "passage",   "context",  "premise",    "hypothesis", "pair",         "candidate",
     "answer",    "response", "video",      "audio",      "speaker",      "molecule",
     "peptide",   "chain",    "gene",       "subject",    "patient",      "session",
     "caption",   "instance", "completion", "generation", "message",      "instruction",
     "task",      "phrase"});
constexpr auto model_words = std::to_array<std::string_view>(
    {"epoch",     "seed",       "fold",      "model",    "run",    "checkpoint", "ckpt",
     "trial",     "iter",       "iteration", "rank",     "expert", "version",    "replica",
     "replicate", "experiment", "exp",       "snapshot", "shard",  "worker",     "gpu",
     "variant",   "config",     "repeat",    "member"});
/// What ends the names of modules and arrays that there is one of in a layer.
constexpr auto module_ends = std::to_array<std::string_view>(
    {"attention", "attn",    "att",     "atten",  "attns",  "attentions", "encoder", "decoder",
     "enc",       "dec",     "mha",     "mhsa",   "self",   "cross",      "sa",      "ca",
     "weight",    "prob",    "score",   "map",    "matrix", "pattern",    "mixer",   "softmax",
     "multihead", "heatmap", "attnmap", "attmap", "attnw",  "attw"});
constexpr auto array_words = std::to_array<std::string_view>(
    {"",       "a",      "w",    "arr",   "array",  "mat",   "matrices", "tensor",
     "output", "out",    "data", "hook",  "module", "net",   "feature",  "var",
     "b",      "result", "list", "cache", "tuple",  "alpha", "ws",       "outs"});
/// What only says that a number follows.
constexpr auto fillers = std::to_array<std::string_view>(
    {"idx", "index", "ind", "num", "number", "nr", "no", "group", "id"});
/// Those of files that hold several arrays.
constexpr auto file_endings =
    std::to_array<std::string_view>({"npz", "npy", "pt", "pth", "bin", "ckpt", "pkl", "pickle", "p",
                                     "json", "jsonl", "safetensors", "joblib"});

bool contains(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool says_more(std::string_view word) {
  return counts_layers(word) || counts_heads(word) || counts_steps(word) || counts_inputs(word) ||
         counts_models(word);
}

/// As it is, or as one of several.
bool contains_one_of(Words words, std::string_view word) {
  if (contains(words, word)) return true;
  return word.size() > 2 && word.ends_with('s') && contains(words, word.substr(0, word.size() - 1));
}

bool ends_with_one_of(std::string_view word, Words ends) {
  const auto is_end = [&](std::string_view end) {
    return word == end || (end.size() > 3 && word.ends_with(end));
  };
  if (std::any_of(ends.begin(), ends.end(), is_end)) return true;
  return word.ends_with('s') && ends_with_one_of(word.substr(0, word.size() - 1), ends);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The letters at the end of `text` but for marks, which are taken off it.
std::string take_last_word(std::string_view& text) {
  while (!text.empty() && !is_letter(text.back()) && !is_digit(text.back())) text.remove_suffix(1);
  std::string word;
  while (!text.empty() && is_letter(text.back())) {
    const char c = text.back();
    word.insert(word.begin(), c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    text.remove_suffix(1);
  }
  return word;
}

/// `layer` of `layeridx`, where what is left says more; words of two letters end so by chance.
std::string without_filler(const std::string& word) {
  for (const std::string_view filler : fillers) {
    if (word.size() < filler.size() + 3 || !word.ends_with(filler)) continue;
    std::string before = word.substr(0, word.size() - filler.size());
    if (says_more(before)) return before;
  }
  return word;
}

/// `step_0.npz:`, behind which a member is named.
bool names_a_file(std::string_view text) {
  if (!text.ends_with(':')) return false;
  text.remove_suffix(1);
  const auto dot = text.rfind('.');
  return dot != text.npos && contains(file_endings, text.substr(dot + 1));
}

}  // namespace

std::string word_before_number(std::string_view text) {
  if (names_a_file(text)) return "";
  std::string word = take_last_word(text);
  if (!contains_one_of(fillers, word)) return without_filler(word);
  std::string before = take_last_word(text);
  return says_more(before) ? before : word;
}

std::string word_of(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (c >= 'A' && c <= 'Z' && !text.empty() && text.back() >= 'a') text += '_';
    text += c;
  }
  return word_before_number(text);
}

bool counts_layers(std::string_view word) {
  constexpr auto ends = std::to_array<std::string_view>({"layer", "block"});
  return contains_one_of(layer_words, word) || ends_with_one_of(word, ends);
}

bool counts_steps(std::string_view word) { return contains(step_words, word); }
bool counts_heads(std::string_view word) {
  return contains_one_of(head_words, word) || (word.ends_with("head") && word != "multihead");
}
bool counts_inputs(std::string_view word) { return contains_one_of(input_words, word); }
bool counts_models(std::string_view word) { return contains_one_of(model_words, word); }

bool leaves_layers(std::string_view word) {
  return contains_one_of(array_words, word) || ends_with_one_of(word, module_ends);
}

}  // namespace attngraph
