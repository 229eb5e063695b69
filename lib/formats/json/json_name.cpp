#include "formats/json/json_name.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "core/text/text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t longest_key = 1024;
constexpr std::size_t longest_name = 4096;

}  // namespace

std::string key_in_names(std::string_view key, std::size_t place) {
  if (key.size() <= longest_key) return std::string(key);
  std::string_view begin = key.substr(0, longest_key);
  begin = begin.substr(0, std::min(invalid_utf8(begin), begin.size()));
  return std::string(begin) + "… (" + std::to_string(place) + ")";
}

std::string json_name(const std::string& path, std::string_view part, const std::string& source) {
  if (path.empty()) return std::string(part);
  if (path.size() + part.size() >= longest_name) {
    throw LimitError(within(source, path), "the name of what it holds is longer than 4096 bytes",
                     "give the objects around it shorter keys");
  }
  std::string name = path;
  name += '.';
  return name += part;
}

}  // namespace attngraph
