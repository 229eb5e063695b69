#pragma once

#include <string>
#include <string_view>

#include "formats/labels/labels.hpp"

namespace attngraph {

/// The labels of a text that is no JSON: one a line, or the column of a CSV, that of the name
/// `options.labels` where it is given.
/// @throws as read_labels
Labels label_lines(std::string_view text, const std::string& source, const ReadOptions& options);

/// Refuses a name of labels where there is but one list without names. @throws InputError
void refuse_name_of_list(const std::string& source, const ReadOptions& options);

}  // namespace attngraph
