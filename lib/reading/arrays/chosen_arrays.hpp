#pragma once

#include <string>
#include <vector>

#include "reading/arrays/families.hpp"
#include "reading/request.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The arrays of a file that are read as attention.
struct ChosenArrays {
  /// In natural order of their names.
  Family arrays;
  /// Each holds one layer: they are several, or one out of a set of several.
  bool one_per_layer = false;
  /// They are, or one is out of, a set whose names count heads.
  bool heads = false;
  /// They have no names, and that of the file says that it is cross-attention.
  bool cross_by_file = false;
  /// Why these and not others, where names did not say it.
  std::vector<std::string> notes;
};

/// Those that fit `request.tensor`; else those whose name says attention; else the largest family
/// whose rows sum to 1; else the only family there is.
/// @throws InputError where there are none, or several that may be meant; ArgumentError where
/// nothing has the name asked for; the text lists what there is
ChosenArrays chosen_arrays(const Dump& dump, const ReadingRequest& request);

/// The file holds queries and keys by their names, and nothing that is attention.
bool holds_queries_and_keys(const Dump& dump);
/// Whether a file holds keys without queries, and no attention: what a cache holds.
bool holds_keys_alone(const Dump& dump);

/// `FILE` or `FILE: name`
std::string place_of(const std::string& source, const NamedTensor& named);

}  // namespace attngraph
