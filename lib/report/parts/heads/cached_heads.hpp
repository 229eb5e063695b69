#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "attention/attention.hpp"
#include "attention/cache/cache_scores.hpp"
#include "report/answer/every_head.hpp"
#include "report/parts/token_places.hpp"
#include "report/questions/evict.hpp"

namespace attngraph {

/// The heads of keys of an attention, each with the query heads that share it, and what of them a
/// cache's policies may know.
class CachedHeads {
 public:
  /// @throws ArgumentError where the prompt is no part of the text
  CachedHeads(const Attention& attention, const EvictOptions& options);

  std::int64_t layer(std::size_t i) const { return attention_.layer_index(groups_[i].layer); }
  HeadLabel head(std::size_t i) const;
  /// Keys of the prompt.
  std::size_t prompt() const { return prompt_; }
  const TokenPlaces& places() const { return places_; }
  bool has_values() const;

  /// The policies that are asked for; of all of them those that the input is enough for, with a
  /// note about others. @throws ArgumentError where it is not enough for one that is named
  std::vector<CachePolicy> policies(Sink& sink) const;
  CacheEvidence evidence(std::size_t i, const std::vector<CachePolicy>& policies) const;
  /// The rows of the queries behind the prompt, of all query heads.
  void rows_behind_prompt(std::size_t i,
                          const std::function<void(std::span<const double>)>& visit) const;

  template <typename Work, typename Take>
  void in_order(Sink& sink, const Work& work, const Take& take) const {
    items_in_order(attention_, groups_.size(), {}, sink, work, take);
  }

 private:
  struct Group {
    std::size_t layer;
    std::vector<std::size_t> heads;
  };

  const Attention& attention_;
  const EvictOptions& options_;
  TokenPlaces places_;
  std::vector<Group> groups_;
  std::size_t prompt_ = 0;

  bool has_keys() const;
  bool single_tokens() const;
  /// What a policy needs that the input has not; empty where it has all.
  std::string missing(CachePolicy policy) const;
  PromptMass mass(const Group& group) const;
  /// Rows of a matrix about the file's tokens, those that are left.
  Matrix of_left(const Matrix& rows, const std::vector<std::size_t>& places,
                 std::size_t skipped) const;
};

}  // namespace attngraph
