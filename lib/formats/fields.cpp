#include "formats/fields.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;
constexpr std::size_t end_of_text = 100;

}  // namespace

void Fields::text(const std::string& path, std::string_view text) {
  std::string kept(text.substr(0, end_of_text));
  if (text.size() > end_of_text)
    kept += text.substr(std::max(end_of_text, text.size() - end_of_text));
  if (has_room(path.size() + kept.size())) fields_.push_back({path, std::move(kept), {}});
}

void Fields::number(const std::string& path, std::int64_t number) {
  if (has_room(path.size())) fields_.push_back({path, {}, number});
}

void Fields::real(const std::string& path, double number) {
  constexpr double most = 1e15;
  if (!std::isfinite(number)) return;
  const bool whole = std::trunc(number) == number && std::abs(number) <= most;
  if (whole) return this->number(path, static_cast<std::int64_t>(number));
  text(path, number_text(number));
}

bool Fields::has_room(std::size_t bytes) {
  bytes_ += bytes + sizeof(Field);
  return bytes_ <= most_bytes;
}

}  // namespace attngraph
