#pragma once

#include <optional>
#include <string>

#include "formats/labels/label_list.hpp"
#include "formats/objects/pickle/pickle.hpp"

namespace attngraph {

/// The labels that a list gives: its strings; token ids as texts, with a note; of a list for each
/// item of a batch the one of `options.batch`, or the only one. Nothing for any other list.
/// @throws InputError for a string that is not UTF-8, and for a batch of which none is chosen
/// @throws LimitError for a string longer than `limits.label`
std::optional<Labels> pickled_labels(const Pickle& pickle, const PickleItems& items,
                                     const std::string& where, const ReadOptions& options);

}  // namespace attngraph
