#pragma once

#include <string>

namespace attngraph {

/// Where the files are that the examples of the help name: empty where they are in the folder one
/// is in, or nowhere known; else the folder they were installed in, or that of the sources.
std::string examples_folder();

/// The same for a program in `bin`, and a user who is in `here`.
std::string examples_folder(const std::string& bin, const std::string& here);

}  // namespace attngraph
