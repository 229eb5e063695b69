#include "formats/json/padded_text.hpp"

#include <cstdint>

#include "formats/rules.hpp"

namespace attngraph {

PaddedText::PaddedText(std::string_view text, bool mapped, std::size_t used,
                       const std::string& where, const Limits& limits)
    : text_(text) {
  constexpr std::size_t page = 4096;
  const auto end = reinterpret_cast<std::uintptr_t>(text.data()) + text.size();
  if (mapped && (page - end % page) % page >= padding) return;
  require_memory(used + text.size() + padding, limits, where);
  copy_.reserve(text.size() + padding);
  copy_ = text;
  copy_.append(padding, ' ');
  text_ = std::string_view(copy_).substr(0, text.size());
}

}  // namespace attngraph
