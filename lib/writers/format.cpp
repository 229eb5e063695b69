#include "writers/format.hpp"

#include <array>
#include <string>

#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr std::array<std::string_view, 12> names{
    "table", "csv", "tsv", "json", "jsonl", "npy", "npz", "dot", "graphml", "svg", "png", "html"};

}  // namespace

std::string_view format_name(Format format) { return names.at(static_cast<std::size_t>(format)); }

Format format_named(std::string_view name) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Format>(i);
    list += (i == 0 ? "" : ", ") + std::string(names[i]);
  }
  throw ArgumentError("$format", "there is no format '" + std::string(name) + "'",
                      "the formats are " + list);
}

std::optional<Format> format_of_path(std::string_view path) {
  const auto slash = path.rfind('/');
  const auto file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const auto dot = file.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto ending = file.substr(dot + 1);
  if (ending == "txt") return Format::table;
  if (ending == "gv") return Format::dot;
  if (ending == "htm") return Format::html;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == ending && ending != "table") return static_cast<Format>(i);
  }
  return std::nullopt;
}

}  // namespace attngraph
