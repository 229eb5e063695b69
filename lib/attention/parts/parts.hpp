#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/named_range.hpp"

namespace attngraph {

class Attention;

/// How a text is parted: by ranges of the file's tokens, or by its sentences where there are none.
struct PartsRequest {
  std::vector<NamedRange> ranges;
  bool sentences = false;
};

/// Parts of the text on both sides; nothing is put together by them.
struct Parts {
  std::vector<std::string> names;
  /// Whether the last one, `rest`, is what is in no range.
  bool has_rest = false;
  /// For each query and each key the part it is in.
  std::vector<std::int32_t> queries;
  std::vector<std::int32_t> keys;

  std::size_t count() const { return names.size(); }
  /// Which parts `names` means, what a user wrote for `option`: one name, or several with commas
  /// between; all where it is empty. @throws ArgumentError with a list of the names
  std::vector<bool> chosen(const std::string& names, const std::string& option) const;
};

/// The parts of an attention's queries and keys. Ranges are of tokens of the file, also where
/// words are put together or special tokens left out. In cross-attention they part each side as
/// far as it goes, and sentences each side that has token texts.
/// @throws ArgumentError where a range ends outside, or a word lies in two parts
/// @throws InputError where there are no texts to tell sentences by
Parts parts_of(const Attention& attention, const PartsRequest& request);

/// How many of a side's tokens each of `count` parts has.
std::vector<std::size_t> part_sizes(const std::vector<std::int32_t>& side, std::size_t count);

}  // namespace attngraph
