#pragma once

#include <string>

namespace attngraph {

/// A text of the library as this program shows it. The library names an option as `$name`, since
/// another front end would write it in another way; here `$top-k` becomes `--top-k`, and `$out`
/// `-o`. A dollar sign behind anything but a space, a backtick or a parenthesis is left as it is,
/// and so is a name that goes on behind it: `'$x'` is a label, `$layer.npy` a file.
std::string in_dashes(const std::string& text);

/// Whether the text names an option first, as the place of an error does: `$mask: [0, 1]`.
bool begins_with_option(const std::string& text);

}  // namespace attngraph
