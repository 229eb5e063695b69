#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// What reads a table of numbers in Python, `numpy.loadtxt(table, delimiter=',')`, with what its
/// first lines show: the separator, decimal commas, a header, an index in the first column. Empty
/// for what is no table.
std::string table_in_python(std::string_view text);

}  // namespace attngraph
