#include "core/text/place.hpp"

#include "core/text/text.hpp"

namespace attngraph {

std::string called(std::string_view name) {
  constexpr std::size_t widest_name = 80;
  return shown_label(name, widest_name);
}

std::string within(const std::string& where, std::string_view name) {
  return name.empty() ? where : where + ": " + called(name);
}

}  // namespace attngraph
