#include "reading/some_places.hpp"

#include <algorithm>

namespace attngraph {

std::vector<std::size_t> some_places(std::size_t length) {
  constexpr std::size_t most = 16;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < std::min(length, most); ++i) {
    chosen.push_back(length <= most ? i : i * (length - 1) / (most - 1));
  }
  return chosen;
}

}  // namespace attngraph
