#pragma once

#include <string>

namespace attngraph {

/// Whether `{name}` stands in `text`.
inline bool has_placeholder(const std::string& text, const std::string& name) {
  return text.find("{" + name + "}") != std::string::npos;
}

/// `text` with every `{name}` replaced by `value`.
inline std::string filled(std::string text, const std::string& name, const std::string& value) {
  const std::string placeholder = "{" + name + "}";
  for (auto at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + value.size())) {
    text.replace(at, placeholder.size(), value);
  }
  return text;
}

}  // namespace attngraph
