#pragma once

namespace attngraph {

struct Format;

/// @throws ArgumentError where a program that writes the format is not installed
void check_program(const Format& format);

}  // namespace attngraph
