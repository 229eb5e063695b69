#pragma once

#include <cstddef>
#include <string>

#include "report/answer/sink.hpp"

namespace attngraph {

/// Where the column of that name is.
/// @throws ArgumentError naming `field` where there is none; the hint names the one that is near,
/// and all
std::size_t column_place(const std::string& name, const Schema& schema, const std::string& field);

/// The same, for its values. @throws ArgumentError also where this input has none for it
std::size_t filled_column_place(const std::string& name, const Schema& schema,
                                const std::string& field);

}  // namespace attngraph
