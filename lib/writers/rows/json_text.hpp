#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// Appends `text` as a JSON string of ASCII characters only; invalid UTF-8 becomes U+FFFD.
void append_json_text(std::string& out, std::string_view text);

/// Appends `value` as a JSON number, or `null` where it is not finite.
void append_json_number(std::string& out, double value);

}  // namespace attngraph
