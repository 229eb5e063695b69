#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace attngraph {

/// The whole program: `arguments` without the program's name; results go to `out`, everything else
/// that is said goes to `err`.
/// @returns the exit status: 0 done; 1 some of several inputs failed; 2 usage; 3 bad input data;
/// 4 reading or writing failed; 5 a limit; 70 a bug of ours; 128 + n stopped by signal n
int run(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out,
        std::ostream& err);

}  // namespace attngraph
