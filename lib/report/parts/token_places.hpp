#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

class Attention;

/// Where the keys of an attention stand in the file, which is what an answer calls them by: their
/// own index, also where special tokens are left out; where words are put together, the number
/// among all words.
class TokenPlaces {
 public:
  explicit TokenPlaces(const Attention& attention);

  std::size_t place(std::size_t key) const { return places_[key]; }
  /// Places, those that are left out counted.
  std::size_t count() const { return labels_.size(); }
  /// The first key at a place that a user chose (token_choice), or behind it.
  /// @throws ArgumentError as token_choice does, and where nothing is left from there on
  std::size_t key_from(const std::string& text, const std::string& option) const;

 private:
  std::vector<std::size_t> places_;
  std::vector<std::string> labels_;
};

}  // namespace attngraph
