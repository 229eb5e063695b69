#include "formats/json/json_number.hpp"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

namespace attngraph {

bool may_be_misread(std::string_view token) {
  constexpr std::size_t exact = 19;  // digits that surely fit into 64 bits
  if (token.size() <= exact + 2) return false;
  token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
  const std::size_t exponent = token.find_first_of("eE");
  if (exponent != token.npos && token.size() - exponent > exact) return true;
  if (!token.starts_with("0.") && !token.starts_with("-0.")) return false;
  const std::size_t first = token.find_first_not_of("-0.");
  return first != token.npos && std::min(exponent, token.size()) - first > exact;
}

std::optional<double> exact_number(std::string_view token) {
  const auto number = nlohmann::json::parse(token.begin(), token.end(), nullptr, false);
  return number.is_number() ? std::optional(number.get<double>()) : std::nullopt;
}

}  // namespace attngraph
