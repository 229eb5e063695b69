#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "formats/read_options.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Texts of tokens, and what was assumed of them; no note where nothing was.
struct Labels {
  std::vector<std::string> texts;
  std::string note;
};

/// The token texts of a file of any kind: a JSON list, or an object with `tokens`; one label a
/// line, as it stands (an empty line is an empty label); a CSV with a column `label`, `token` or
/// `text`; an NPY array of strings; the tokens that any other file holds. Ids stand for texts, with
/// a note. `options.labels` names another member than `tokens`, or another column.
/// @throws InputError for a file without labels, a printed Python list, a sentence on one line,
///   invalid JSON, or bytes that are not UTF-8, with the line
/// @throws LimitError for a label longer than `limits.label`
Labels read_labels(Bytes bytes, const std::string& source, const ReadOptions& options);

/// A first look at labels that may have no end. @throws InputError where they are no labels
void check_labels_begin(std::span<const std::byte> begin, const std::string& source);

}  // namespace attngraph
