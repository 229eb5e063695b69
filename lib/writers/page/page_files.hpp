#pragma once

#include <string_view>

namespace attngraph {

/// The files of this folder, in the program since it was built (page_files.cmake).
namespace page_files {
/// The page with `{{…}}` where things go in.
extern const std::string_view frame;
/// page.css
extern const std::string_view style;
/// All modules as one script.
extern const std::string_view script;
/// SHA-256 of both, in hexadecimal digits.
extern const std::string_view style_digest;
extern const std::string_view script_digest;
}  // namespace page_files

}  // namespace attngraph
