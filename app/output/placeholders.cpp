#include "output/placeholders.hpp"

#include <algorithm>
#include <filesystem>

namespace attngraph {

bool has_placeholder(const std::string& text, const std::string& name) {
  return text.find("{" + name + "}") != std::string::npos;
}

std::string filled(std::string text, const std::string& name, const std::string& value) {
  const std::string placeholder = "{" + name + "}";
  for (auto at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + value.size())) {
    text.replace(at, placeholder.size(), value);
  }
  return text;
}

std::optional<std::string> unknown_placeholder(const std::string& text,
                                               const std::vector<std::string>& known) {
  for (auto begin = text.find('{'); begin != std::string::npos; begin = text.find('{', begin + 1)) {
    const auto end = text.find('}', begin);
    if (end == std::string::npos) return text.substr(begin);
    const std::string word = text.substr(begin + 1, end - begin - 1);
    if (std::find(known.begin(), known.end(), word) == known.end()) return "{" + word + "}";
  }
  return std::nullopt;
}

std::string stem_of(const std::string& input) {
  return input.empty() || input == "-" ? "stdin" : std::filesystem::path(input).stem().string();
}

}  // namespace attngraph
