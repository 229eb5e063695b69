#include "attention/cache/cache_policy.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/error.hpp"

namespace attngraph {
namespace {

using enum CachePolicy;

constexpr std::array<CachePolicyAbout, 12> table{{
    {h2o, "h2o", true},
    {mean, "mean", true},
    {tova, "tova", true},
    {snapkv, "snapkv", true},
    {recent, "recent"},
    {streaming, "streaming"},
    {knorm, "knorm", false, false, true},
    {keydiff, "keydiff", false, false, true},
    {vnorm, "vnorm", true, false, false, true},
    {expected, "expected", false, true, true, true},
    {random, "random", true},
    {oracle, "oracle", true},
}};

/// Calls `take` with each text between commas.
template <typename Take>
void for_each_item(std::string_view text, const Take& take) {
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    take(text.substr(0, comma));
    if (comma == text.size()) return;
    text.remove_prefix(comma + 1);
  }
}

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace

std::span<const CachePolicyAbout> cache_policies() { return table; }

const CachePolicyAbout& about(CachePolicy policy) {
  return *std::find_if(table.begin(), table.end(),
                       [&](const CachePolicyAbout& one) { return one.policy == policy; });
}

std::string cache_policy_names() {
  std::string names;
  for (const auto& one : table) names += (names.empty() ? "" : ", ") + std::string(one.name);
  return names;
}

std::vector<CachePolicy> cache_policies_named(std::string_view text, const std::string& option) {
  std::vector<CachePolicy> policies;
  if (text == "all") return policies;
  for_each_item(text, [&](std::string_view name) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& one) { return one.name == name; });
    if (found == table.end()) {
      throw ArgumentError(option, "there is no policy '" + std::string(name) + "'",
                          "the policies are " + cache_policy_names() + ", or all");
    }
    if (std::find(policies.begin(), policies.end(), found->policy) == policies.end()) {
      policies.push_back(found->policy);
    }
  });
  return policies;
}

std::size_t CacheBudget::of(std::size_t prompt) const {
  constexpr double rounding = 1e-9;
  if (!share) return std::min(keys, prompt);
  return std::min(prompt, static_cast<std::size_t>(
                              std::floor(*share * static_cast<double>(prompt) + rounding)));
}

std::vector<CacheBudget> cache_budgets_named(std::string_view text, const std::string& option) {
  std::vector<CacheBudget> budgets;
  for_each_item(text, [&](std::string_view item) {
    const bool is_share = item.find('.') != std::string_view::npos;
    const auto keys = is_share ? std::nullopt : number_in<std::size_t>(item);
    const auto share = is_share ? number_in<double>(item) : std::nullopt;
    if (!keys && !(share && *share >= 0 && *share <= 1)) {
      throw ArgumentError(option, "'" + std::string(item) + "' is no number of keys and no share",
                          "write keys such as 64, or a share of the prompt such as 0.25");
    }
    budgets.push_back({keys.value_or(0), share});
  });
  return budgets;
}

}  // namespace attngraph
