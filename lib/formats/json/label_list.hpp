#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "formats/read_options.hpp"

namespace attngraph {

/// Texts of tokens, and what was assumed of them; no note where nothing was.
struct Labels {
  std::vector<std::string> texts;
  std::string note;
};

/// The labels that a JSON list gives: its strings; token ids as texts, with a note; of a list for
/// each item of a batch the one of `options.batch`, or the only one.
/// @throws InputError for anything else, LimitError for a string longer than `limits.label`
Labels label_list(const nlohmann::json& list, const std::string& where, const ReadOptions& options);

/// Whether a member of that name (the last part of a path) holds labels where it holds strings.
bool names_labels(std::string_view name);

}  // namespace attngraph
