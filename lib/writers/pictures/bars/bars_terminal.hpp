#pragma once

#include <string>

#include "writers/writer.hpp"

namespace attngraph {

struct Bars;
struct Picture;

/// The bars in characters, as wide as the terminal: a line for each token, as many as a table has
/// rows.
std::string bars_terminal(const Picture& picture, const Bars& bars, const WriterSettings& settings);

}  // namespace attngraph
