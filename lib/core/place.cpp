#include "core/place.hpp"

#include "core/text.hpp"

namespace attngraph {

std::string within(const std::string& where, std::string_view name) {
  constexpr std::size_t widest_name = 80;
  return name.empty() ? where : where + ": " + shown_label(name, widest_name);
}

}  // namespace attngraph
