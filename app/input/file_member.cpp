#include "input/file_member.hpp"

#include <filesystem>
#include <system_error>

#include "output/placeholders.hpp"

namespace attngraph {
namespace {

FileMember at_colon(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0 || is_there(text)) return {text, ""};
  const std::string path = text.substr(0, colon);
  // `run-10:30` is no member of `run-10`, where there is no such file and the name has no ending.
  const bool has_ending = std::filesystem::path(path).has_extension();
  if (path != "-" && !has_ending && !is_there(path) && path.find('{') == path.npos)
    return {text, ""};
  return {path, text.substr(colon + 1)};
}

}  // namespace

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

FileMember file_member(const std::string& text, const std::string& input) {
  const std::string path = at_colon(input).path;
  if (text.starts_with(':') && !input.empty() && !is_there(text)) return {path, text.substr(1)};
  return at_colon(input.empty() || is_there(text) ? text : filled_from(text, path));
}

std::string named_after(const std::string& text, const std::string& input) {
  return filled_from(text, at_colon(input).path);
}

}  // namespace attngraph
