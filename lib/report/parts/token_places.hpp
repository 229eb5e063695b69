#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attngraph {

class Attention;
struct Grouping;

/// Where the tokens of one side of an attention stand in the file, which is what an answer calls
/// them by: their own index, also where special tokens are left out; where words are put together,
/// the number among all words.
class TokenPlaces {
 public:
  static TokenPlaces of_keys(const Attention& attention);
  static TokenPlaces of_queries(const Attention& attention);

  /// Of a token of the attention, by its index there.
  std::size_t place(std::size_t token) const { return places_[token]; }
  const std::string& label(std::size_t token) const { return labels_[places_[token]]; }
  /// Places, those that are left out counted.
  std::size_t count() const { return labels_.size(); }
  /// One for each place; empty where the token is left out.
  const std::vector<std::string>& labels() const { return labels_; }
  /// The token at a place; nothing where it is left out.
  std::optional<std::size_t> at(std::size_t place) const;
  /// The first token at a place that a user chose (token_choice), or behind it.
  /// @throws ArgumentError as token_choice does, and where nothing is left from there on
  std::size_t token_from(const std::string& text, const std::string& option) const;

 private:
  /// @param merged how tokens of the file were put together; null where they were not
  TokenPlaces(std::vector<std::string> labels, const Grouping* merged);

  std::vector<std::size_t> places_;
  std::vector<std::string> labels_;
};

}  // namespace attngraph
