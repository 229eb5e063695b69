#include "input/input_names.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "core/error.hpp"
#include "formats/file_bytes.hpp"
#include "formats/file_kind.hpp"
#include "formats/plain_bytes.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// A pipe may give names without end.
constexpr std::size_t longest_list = std::size_t{64} << 20;

Bytes list_bytes(const std::string& path, const std::string& source, const Limits& limits,
                 const FirstLook& look, std::istream& in) {
  Limits of_list = limits;
  of_list.memory = std::min(limits.memory, longest_list);
  try {
    return path == "-" ? stream_bytes(in, source, of_list, look) : file_bytes(path, of_list, look);
  } catch (const LimitError&) {
    if (of_list.memory < longest_list) throw;
    throw LimitError(source, "lists over 64 MiB of names", "split the list");
  }
}

std::vector<std::string> names_listed(const std::string& path, const Limits& limits,
                                      std::istream& in) {
  const std::string source = path == "-" ? "standard input" : path;
  const FirstLook look = [&](std::span<const std::byte> begin) {
    if (names_in(std::string(text_of(begin))).empty()) {
      throw InputError(source, "names no input in its first megabyte");
    }
  };
  const Bytes list = plain_bytes(list_bytes(path, source, limits, look, in), source, limits);
  if (begins_as_arrays(list.data)) {
    throw InputError(source, "holds arrays, expected a list of names",
                     "name an input without $files-from");
  }
  return names_in(std::string(text_of(list.data)));
}

}  // namespace

std::vector<std::string> names_in(const std::string& list) {
  const auto has = [&](char c) { return list.find(c) != std::string::npos; };
  const char separator = has('\0') ? '\0' : has('\n') || !has('\r') ? '\n' : '\r';
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(std::count(list.begin(), list.end(), separator)) + 1);
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(separator, begin), list.size());
    std::string name = list.substr(begin, end - begin);
    if (separator == '\n' && name.ends_with('\r')) name.pop_back();
    if (!name.empty()) names.push_back(std::move(name));
    begin = end + 1;
  }
  return names;
}

std::vector<std::string> input_names(const CommonOptions& common, InputKind kind,
                                     std::istream& in) {
  const bool needs_none = kind == InputKind::options || common.computed.given();
  std::vector<std::string> names = common.inputs;
  if (!common.files_from.empty()) {
    auto listed = names_listed(common.files_from, common.limits, in);
    if (names.empty()) names.swap(listed);
    names.insert(names.end(), listed.begin(), listed.end());
    if (names.empty()) throw ArgumentError("--files-from", "names no input");
  }
  if (names.empty()) return {needs_none ? "" : "-"};
  if (std::count(names.begin(), names.end(), "-") > 1) {
    throw ArgumentError("-", "stands twice, and standard input can be read once");
  }
  return names;
}

std::vector<std::string> share_of(const std::vector<std::string>& names, const Shard& shard) {
  std::vector<std::string> share;
  for (std::size_t i = shard.index; i < names.size(); i += shard.count) share.push_back(names[i]);
  return share;
}

}  // namespace attngraph
