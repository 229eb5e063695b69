#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// `where: name`, the place of an error at what a file calls `name`: of any length and any bytes
/// there, at most 80 columns here. `where` alone where there is no name.
std::string within(const std::string& where, std::string_view name);

}  // namespace attngraph
