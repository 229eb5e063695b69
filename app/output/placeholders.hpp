#pragma once

#include <optional>
#include <string>
#include <vector>

namespace attngraph {

/// Whether `{name}` stands in `text`.
bool has_placeholder(const std::string& text, const std::string& name);

/// `text` with every `{name}` replaced by `value`.
std::string filled(std::string text, const std::string& name, const std::string& value);

/// The first `{…}` in `text` that is none of `known`, with its braces; one not closed to the end.
std::optional<std::string> unknown_placeholder(const std::string& text,
                                               const std::vector<std::string>& known);

/// What `{stem}` stands for: the name of an input without folder and ending; `stdin` for none.
std::string stem_of(const std::string& input);

}  // namespace attngraph
