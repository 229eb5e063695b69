#pragma once

#include <string>

#include "writers/writer.hpp"

namespace attngraph {

struct Barcode;
struct Picture;

/// The barcode in characters, as wide as the terminal: a line for each bar, as many as a table
/// has rows.
std::string barcode_terminal(const Picture& picture, const Barcode& barcode,
                             const WriterSettings& settings);

}  // namespace attngraph
