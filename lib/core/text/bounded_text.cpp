#include "core/text/bounded_text.hpp"

#include <cstddef>

namespace attngraph {

std::string bounded(const std::string& text) {
  constexpr std::size_t most = 4096;
  if (text.size() <= most) return text;
  const auto is_begin = [&](std::size_t i) { return (text[i] & '\xc0') != '\x80'; };
  std::size_t head = most / 2, tail = text.size() - most / 4;
  while (head > 0 && !is_begin(head)) --head;
  while (tail < text.size() && !is_begin(tail)) ++tail;
  return text.substr(0, head) + " … " + text.substr(tail);
}

}  // namespace attngraph
