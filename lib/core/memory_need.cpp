#include "core/memory_need.hpp"

#include <span>

#include "core/checked.hpp"
#include "core/error.hpp"

namespace attngraph {

void check_memory(const Limits& limits, std::initializer_list<std::size_t> factors,
                  const std::string& what, const std::string& hint) {
  const auto need = checked_product(std::span(factors.begin(), factors.size()));
  if (need && *need <= limits.memory) return;
  const std::string bytes =
      need ? std::to_string(*need) + " bytes" : "more bytes than there can be";
  throw LimitError("",
                   what + " would need " + bytes + " of memory, more than $max-memory " +
                       std::to_string(limits.memory),
                   hint);
}

}  // namespace attngraph
