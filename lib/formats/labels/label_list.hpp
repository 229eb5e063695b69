#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "formats/labels/labels.hpp"
#include "formats/taken_memory.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// What to say of token ids.
inline constexpr const char* ids_note =
    "token ids stand for labels; convert_ids_to_tokens gives texts";

/// The labels that a JSON list gives: its strings; token ids as texts, with a note; of a list for
/// each item of a batch the one of `options.batch`, or the only one.
/// @param taken to which they are added
/// @throws InputError for anything else, LimitError for a string longer than `limits.label` and
///   where all take too much memory
Labels label_list(const nlohmann::json& list, const std::string& where, const ReadOptions& options,
                  TakenMemory& taken);

/// The member that holds the labels: `options.labels`, or `tokens`.
std::string labels_name(const ReadOptions& options);

/// Whether a member of that path may hold labels where it holds strings: by the last part, also
/// with a word beside it that says whose they are (`dog_tokens`).
bool names_labels(std::string_view name, const ReadOptions& options);

/// Whether whole numbers under that name are ids of tokens; classes of tokens (`labels`) are none.
bool names_ids(std::string_view name, const ReadOptions& options);

/// Which of so many items the labels are taken of.
/// @throws InputError where `options.batch` chooses none
std::size_t item_of_batch(std::size_t items, const std::string& where, const ReadOptions& options);

/// Whether that is what item_of_batch() says of several lists.
bool is_of_several_lists(const InputError& error);

/// Labels under the name that they have in a file.
struct NamedLabels {
  std::string name;
  Labels labels;
  /// What to say where no array goes with them, as a part of their name calls for.
  std::optional<InputError> otherwise = {};
};

/// Whether a list is called as lists of tokens are, without a word that calls for an array.
bool is_called_labels(std::string_view name, const ReadOptions& options);

/// Whether there are as many labels as an array has tokens: the last axis, or the one before a
/// width; also where there is no array.
bool labels_fit(const Labels& labels, const Dump& dump);

/// Those called as they should be, else the likeliest that fit; the end where none do.
std::vector<NamedLabels>::iterator chosen_labels(std::vector<NamedLabels>& found,
                                                 const ReadOptions& options, const Dump& dump);

/// What to say of labels of that name; empty where it is the one they should have, or that of the
/// queries or keys, which the reading says.
std::string taken_note(const std::string& name, const ReadOptions& options);

/// Gives the dump those that are called as they should be, else, with a note, the first that fit,
/// `labels` last; and those of the queries beside them. Lists whose names call for an array of the
/// same word and find none are no labels.
void take_labels(std::vector<NamedLabels> found, const ReadOptions& options, Dump& dump);

}  // namespace attngraph
