#pragma once

#include <string>

namespace attngraph {

/// How a front end writes a text of the library, which names an option as `$name`: `$top-k` may
/// become dashes and a name. Errors and notes are worded by whoever shows them; who puts such a
/// text into an answer is handed a Wording.
using Wording = std::string (*)(const std::string& text);

inline std::string as_it_stands(const std::string& text) { return text; }

}  // namespace attngraph
