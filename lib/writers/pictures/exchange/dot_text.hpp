#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace attngraph {

struct Drawing;

/// `text` as a quoted string of the DOT language that Graphviz shows as it is: no escape sequence
/// and no entity in it takes effect. Control characters other than line ends and tabs are made
/// visible, what is no UTF-8 or no character becomes U+FFFD. The rules:
/// https://graphviz.org/doc/info/lang.html
std::string dot_quoted(std::string_view text);

/// The drawn edges of the graph in the DOT language, heavier ones wider and darker.
/// @param label_width labels as a person reads them, cut at so many columns; else as they are
std::string dot_text(const Drawing& graph, std::optional<std::size_t> label_width);

}  // namespace attngraph
