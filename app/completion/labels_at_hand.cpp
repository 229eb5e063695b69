#include "completion/labels_at_hand.hpp"

#include <filesystem>

#include "core/error.hpp"
#include "core/limits.hpp"
#include "formats/file_bytes.hpp"
#include "formats/labels/labels.hpp"
#include "formats/read_dump.hpp"
#include "input/file_member.hpp"

namespace attngraph {
namespace {

/// Nobody waits at a TAB: larger files are not read, nor what is no file.
constexpr std::uintmax_t most_bytes = 32 << 20;

bool is_small(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) &&
         std::filesystem::file_size(path, ignored) <= most_bytes;
}

std::vector<std::string> labels_of_file(const std::string& option, const std::string& input) {
  const auto [path, name] = file_member(option, input);
  if (!is_small(path)) return {};
  const Limits limits;
  return read_labels(file_bytes(path, limits), path, {limits, {}, name}).texts;
}

std::vector<std::string> labels_of_dump(const std::string& input) {
  const std::string path = file_member(input, "").path;
  if (!is_small(path)) return {};
  const Limits limits;
  return read_dump(file_bytes(path, limits), path, {limits}).tokens;
}

}  // namespace

std::vector<std::string> labels_at_hand(const std::string& tokens, const std::string& input) {
  try {
    return tokens.empty() ? labels_of_dump(input) : labels_of_file(tokens, input);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace attngraph
