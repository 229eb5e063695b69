#include "output/placeholders.hpp"

#include <algorithm>
#include <filesystem>

#include "core/error.hpp"
#include "core/text/near_word.hpp"

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

void check_placeholders(const std::string& option, const std::string& path,
                        const std::vector<std::string>& known) {
  const auto unknown = unknown_placeholder(path, known);
  if (!unknown) return;
  std::vector<std::string> names;
  std::string list;
  for (const auto& name : known) {
    names.push_back("{" + name + "}");
    list += (list.empty() ? "" : ", ") + names.back();
  }
  throw ArgumentError(option, "there is no placeholder " + *unknown,
                      list.empty() ? "there is no input here whose name could be filled in"
                                   : did_you_mean(*unknown, names, "what is filled in: " + list));
}

bool names_the_input(const std::string& text) {
  return has_placeholder(text, "stem") || has_placeholder(text, "dir");
}

std::string filled_from(const std::string& text, const std::string& input) {
  const bool none = input.empty() || input == "-";
  const std::filesystem::path path = none ? "stdin" : input;
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  // The names of files may hold braces: what is filled in is not looked at again.
  std::string result;
  std::size_t begin = 0;
  for (auto at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const bool stem = text.compare(at, 6, "{stem}") == 0, dir = text.compare(at, 5, "{dir}") == 0;
    if (!stem && !dir) continue;
    result += text.substr(begin, at - begin) + (stem ? path.stem().string() : folder);
    begin = at + (stem ? 6 : 5);
  }
  return result + text.substr(begin);
}

}  // namespace attngraph
