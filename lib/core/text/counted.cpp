#include "core/text/counted.hpp"

namespace attngraph {

std::string counted(std::size_t count, const std::string& thing) {
  const std::string number = std::to_string(count) + " ";
  if (count == 1) return number + thing;
  const bool to_ies = thing.ends_with("ry");
  return number + (to_ies ? thing.substr(0, thing.size() - 1) + "ies" : thing + "s");
}

}  // namespace attngraph
