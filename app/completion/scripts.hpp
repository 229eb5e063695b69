#pragma once

namespace attngraph {

/// The files beside this one, as CMake found them.
extern const char* const bash_script;
extern const char* const zsh_script;
extern const char* const fish_script;

}  // namespace attngraph
