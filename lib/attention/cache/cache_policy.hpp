#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// Which keys of a prompt a cache keeps.
enum class CachePolicy {
  h2o,
  mean,
  tova,
  snapkv,
  recent,
  streaming,
  knorm,
  keydiff,
  vnorm,
  expected,
  random,
  oracle
};

/// What a policy looks at.
struct CachePolicyAbout {
  CachePolicy policy;
  std::string_view name;
  bool weights = false;
  bool queries = false;
  bool keys = false;
  bool values = false;
};

/// All of them, in the order in which answers list them.
std::span<const CachePolicyAbout> cache_policies();
const CachePolicyAbout& about(CachePolicy policy);
/// `h2o, mean, …`
std::string cache_policy_names();
/// Those that `text` names, with commas between; empty for `all`. @throws ArgumentError
std::vector<CachePolicy> cache_policies_named(std::string_view text, const std::string& option);

/// A budget as a user writes it: keys, or with a decimal point a share of the prompt.
struct CacheBudget {
  std::size_t keys = 0;
  std::optional<double> share;

  /// Keys of a prompt of so many, at most all.
  std::size_t of(std::size_t prompt) const;
};

/// Several with commas between. @throws ArgumentError
std::vector<CacheBudget> cache_budgets_named(std::string_view text, const std::string& option);

}  // namespace attngraph
