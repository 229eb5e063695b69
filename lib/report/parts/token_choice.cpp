#include "report/parts/token_choice.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/near_word.hpp"
#include "core/text/text.hpp"

namespace attngraph {
namespace {

using Labels = std::vector<std::string>;

std::optional<long> number_in(std::string_view text) {
  long number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

std::vector<std::size_t> places_of(std::string_view label, const Labels& labels) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == label) places.push_back(i);
  }
  return places;
}

std::optional<std::size_t> index_within(long index, std::size_t count) {
  const auto size = static_cast<long>(count);
  if (index < -size || index >= size) return std::nullopt;
  return static_cast<std::size_t>(index < 0 ? index + size : index);
}

std::size_t index_among(long index, std::size_t count, const std::string& option) {
  if (const auto place = index_within(index, count)) return *place;
  throw ArgumentError(
      option, "there is no token " + std::to_string(index) + " among " + std::to_string(count),
      "indices run from 0 to " + std::to_string(count - 1));
}

/// The label as one types it: small letters, without marks of pieces and brackets.
std::string bare(std::string_view label) {
  std::string kept;
  for (const std::string_view side : {"q:", "k:"}) {
    if (label.starts_with(side)) label.remove_prefix(side.size());
  }
  for (const std::string_view mark : {"##", "\u2581", "\u0120", "[", "<|", "<", "@@"}) {
    if (label.size() > mark.size() && label.starts_with(mark)) label.remove_prefix(mark.size());
  }
  for (const std::string_view mark : {"</w>", "@@", "]", "|>", ">"}) {
    if (label.size() > mark.size() && label.ends_with(mark)) label.remove_suffix(mark.size());
  }
  for (const char c : label) {
    if (c != ' ') kept += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return kept;
}

std::string near_labels(const std::string& text, const Labels& labels) {
  std::string near;
  std::size_t found = 0;
  for (const std::string& label : labels) {
    const bool new_one = near.find("'" + label + "'") == near.npos;
    if (found < 3 && new_one && bare(label) == bare(text)) {
      near += (found++ == 0 ? "'" : " or '") + shown_label(label) + "'";
    }
  }
  if (found > 0) return near;
  near = nearest_word(text, labels);
  return near.empty() ? near : "'" + shown_label(near) + "'";
}

bool are_indices(const Labels& labels) {
  return std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
    if (label.starts_with("q:") || label.starts_with("k:")) label.remove_prefix(2);
    return number_in(label).has_value();
  });
}

constexpr std::size_t few_labels = 12;

std::string listed(const Labels& labels) {
  std::string list;
  for (const std::string& label : labels) {
    list += (list.empty() ? "'" : ", '") + shown_label(label) + "'";
  }
  return list;
}

[[noreturn]] void refuse_unknown(const std::string& text, const Labels& labels,
                                 const std::string& option) {
  const std::string near = near_labels(text, labels);
  if (are_indices(labels)) {
    throw ArgumentError(option, "no token is '" + text + "': no tokens were given",
                        "give an index from 0 to " + std::to_string(labels.size() - 1) +
                            ", or labels with $tokens FILE");
  }
  if (near.empty() && labels.size() <= few_labels) {
    throw ArgumentError(option, "no token is '" + text + "'",
                        "those of this answer are " + listed(labels));
  }
  throw ArgumentError(option, "no token is '" + text + "'",
                      near.empty()
                          ? "give an index from 0 to " + std::to_string(labels.size() - 1) +
                                ", or a label as `attngraph inspect $verbose` lists them"
                          : "did you mean " + near + "?");
}

std::size_t labelled(const std::string& label, const Labels& labels, const std::string& option) {
  const auto places = places_of(label, labels);
  if (places.empty()) refuse_unknown(label, labels, option);
  if (places.size() == 1) return places.front();
  std::string list;
  for (const std::size_t place : places) list += (list.empty() ? "" : ", ") + std::to_string(place);
  throw ArgumentError(
      option, "the token '" + label + "' occurs " + counted(places.size(), "time") + ", at " + list,
      "give the index of the one you mean");
}

/// `q:#1`, or `q:1` where no label is that: an index among the nodes whose labels begin so.
std::optional<std::size_t> among_side(const std::string& text, const Labels& labels,
                                      const std::string& option) {
  if (!text.starts_with("q:") && !text.starts_with("k:")) return std::nullopt;
  const std::string side = text.substr(0, 2);
  const auto begins = [&](const std::string& label) { return label.starts_with(side); };
  if (!labels.front().starts_with("q:")) return std::nullopt;
  const auto index = number_in(std::string_view(text).substr(text[2] == '#' ? 3 : 2));
  if (!index) return std::nullopt;
  const auto first = std::find_if(labels.begin(), labels.end(), begins);
  const auto count = static_cast<std::size_t>(std::count_if(first, labels.end(), begins));
  return static_cast<std::size_t>(first - labels.begin()) + index_among(*index, count, option);
}

/// What a word or number means, where a token may be called so too.
std::size_t meant_or_labelled(const std::string& text, const std::string& what, std::size_t meant,
                              const Labels& labels, const std::string& option) {
  const auto places = places_of(text, labels);
  if (places.empty() || (places.size() == 1 && places.front() == meant)) return meant;
  throw ArgumentError(option,
                      "'" + text + "' is " + what + ", '" + shown_label(labels[meant]) +
                          "', and the label of token " + std::to_string(places.front()),
                      "write #" + text + " for the first and =" + text + " for the label");
}

}  // namespace

std::size_t token_choice(const std::string& text, const Labels& labels, const std::string& option) {
  if (text.starts_with('#')) {
    if (text == "#last") return labels.size() - 1;
    const auto index = number_in(std::string_view(text).substr(1));
    if (index && places_of(text, labels).empty()) return index_among(*index, labels.size(), option);
  }
  const bool as_label = text.size() > 1 && text.front() == '=' && places_of(text, labels).empty();
  if (as_label) return labelled(text.substr(1), labels, option);
  if (text == "last") {
    return meant_or_labelled(text, "the last token", labels.size() - 1, labels, option);
  }
  if (const auto number = number_in(text)) {
    const auto index = index_within(*number, labels.size());
    if (index) return meant_or_labelled(text, "the index of a token", *index, labels, option);
    if (places_of(text, labels).empty()) return index_among(*number, labels.size(), option);
  }
  if (places_of(text, labels).empty()) {
    if (const auto place = among_side(text, labels, option)) return *place;
  }
  return labelled(text, labels, option);
}

bool means_word(const std::string& text, std::string_view word, const Labels& labels,
                const std::string& option) {
  if (text == "#" + std::string(word)) return true;
  if (text != word) return false;
  const auto places = places_of(text, labels);
  if (places.empty()) return true;
  throw ArgumentError(option,
                      "'" + text + "' is a word of this option and the label of token " +
                          std::to_string(places.front()),
                      "write #" + text + " for the word and =" + text + " for the label");
}

}  // namespace attngraph
