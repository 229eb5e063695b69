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

/// @throws ArgumentError where something else in braces than `known` stands in the value of
/// `option`
void check_placeholders(const std::string& option, const std::string& text,
                        const std::vector<std::string>& known);

/// Whether `text` names something of its own for each input: `{stem}` or `{dir}` stands in it.
bool names_the_input(const std::string& text);

/// `text` with `{stem}` and `{dir}` replaced by the name of an input file without folder and
/// ending, and by its folder. Of standard input: `stdin` and `.`.
std::string filled_from(const std::string& text, const std::string& input);

}  // namespace attngraph
