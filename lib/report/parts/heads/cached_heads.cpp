#include "report/parts/heads/cached_heads.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "attention/positions.hpp"
#include "core/error.hpp"
#include "reading/words/text_order.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/heads/head_values.hpp"

namespace attngraph {
namespace {

std::size_t prompt_of(const Attention& attention, const TokenPlaces& places,
                      const std::string& text) {
  if (text.empty() || attention.keys() < 2) return attention.keys() / 2;
  const std::size_t prompt = places.token_from(text, "$prompt");
  if (prompt == 0) {
    throw ArgumentError("$prompt", "is the first token, so there is no prompt before it",
                        "name the first token behind the prompt");
  }
  return prompt;
}

}  // namespace

CachedHeads::CachedHeads(const Attention& attention, const EvictOptions& options)
    : attention_(attention),
      options_(options),
      places_(TokenPlaces::of_keys(attention)),
      prompt_(prompt_of(attention, places_, options.prompt)) {
  for (const auto& [l, h] : attention.present()) {
    const bool shared =
        h > 0 && !attention.fused() && attention.key_head(h) == attention.key_head(h - 1);
    if (!shared) groups_.push_back({l, {}});
    groups_.back().heads.push_back(h);
  }
}

HeadLabel CachedHeads::head(std::size_t i) const {
  const std::size_t first = groups_[i].heads.front();
  if (attention_.fused()) return attention_.head_label(first);
  return static_cast<std::int64_t>(attention_.key_head(first));
}

bool CachedHeads::single_tokens() const {
  const MergedTokens* merged = attention_.merged();
  return merged == nullptr ||
         (merged->keys.nodes() + merged->keys.tokens_left_out() == merged->keys.tokens() &&
          in_text_order(merged->keys));
}

bool CachedHeads::has_keys() const { return attention_.key_width() > 0 && single_tokens(); }

bool CachedHeads::has_values() const {
  return (attention_.value_width() > 0 || !options_.value.empty()) && single_tokens();
}

std::string CachedHeads::missing(CachePolicy policy) const {
  const CachePolicyAbout& needs = about(policy);
  if ((needs.weights || needs.queries) && attention_.keys_alone()) return "queries ($query)";
  if (needs.keys && !has_keys()) return "keys of single tokens ($query and $key)";
  if (needs.values && !has_values()) return "values of single tokens ($value)";
  if (policy == CachePolicy::expected && !options_.rope_known) {
    return "the rotary embedding of queries and keys ($rope)";
  }
  return "";
}

std::vector<CachePolicy> CachedHeads::policies(Sink& sink) const {
  for (const CachePolicy policy : options_.policies) {
    const std::string what = missing(policy);
    if (what.empty()) continue;
    throw ArgumentError("$policy", std::string(about(policy).name) + " needs " + what);
  }
  if (!options_.policies.empty()) return options_.policies;
  if (const std::string what = missing(CachePolicy::expected);
      options_.rope_known && !what.empty()) {
    throw ArgumentError("$rope", "is about the policy expected, which needs " + what);
  }
  std::vector<CachePolicy> found;
  std::map<std::string, std::string> left_out;
  for (const CachePolicyAbout& one : cache_policies()) {
    const std::string what = missing(one.policy);
    if (what.empty()) {
      found.push_back(one.policy);
    } else {
      std::string& names = left_out[what];
      if (!names.empty()) names += ", ";
      names += one.name;
    }
  }
  for (const auto& [what, names] : left_out) {
    std::string note = "left out for want of ";
    note.append(what).append(": ").append(names);
    sink.note(note);
  }
  return found;
}

PromptMass CachedHeads::mass(const Group& group) const {
  PromptMass sum;
  for (const std::size_t h : group.heads) {
    PromptTally tally(prompt_, options_.scores.observe);
    attention_.rows(group.layer, h, [&](const RowBlock<double>& block) {
      for (Index r = 0; r < block.weights.rows(); ++r) {
        tally.add(position_of(static_cast<std::size_t>(block.first_query + r), attention_.queries(),
                              attention_.keys()),
                  static_cast<std::size_t>(block.first_key),
                  {block.weights.row(r).data(), static_cast<std::size_t>(block.weights.cols())});
      }
    });
    const PromptMass found = tally.finish();
    h == group.heads.front() ? void(sum = found) : void(sum += found);
  }
  return sum /= static_cast<double>(group.heads.size());
}

Matrix CachedHeads::of_left(const Matrix& rows, const std::vector<std::size_t>& places,
                            std::size_t skipped) const {
  if (attention_.merged() == nullptr) return rows;
  Matrix left(static_cast<Index>(places.size()), rows.cols());
  for (std::size_t i = 0; i < places.size(); ++i) {
    left.row(static_cast<Index>(i)) = rows.row(static_cast<Index>(places[i] - skipped));
  }
  return left;
}

CacheEvidence CachedHeads::evidence(std::size_t i, const std::vector<CachePolicy>& policies) const {
  const Group& group = groups_[i];
  const auto asked = [&](bool CachePolicyAbout::*need) {
    return std::any_of(policies.begin(), policies.end(),
                       [&](CachePolicy policy) { return about(policy).*need; });
  };
  CacheEvidence evidence;
  evidence.prompt = prompt_;
  evidence.end_place = places_.place(prompt_);
  if (asked(&CachePolicyAbout::weights)) evidence.mass = mass(group);
  std::vector<std::size_t> keys(attention_.keys());
  for (std::size_t key = 0; key < keys.size(); ++key) keys[key] = places_.place(key);
  const std::size_t first = group.heads.front();
  if (asked(&CachePolicyAbout::keys)) {
    evidence.key = of_left(attention_.key(group.layer, first), keys, 0);
  }
  if (has_values()) {
    const Matrix value = options_.value.empty()
                             ? attention_.value(group.layer, first)
                             : values_of(options_.value, attention_.layer_index(group.layer),
                                         attention_.head_label(first));
    const bool of_file = static_cast<std::size_t>(value.rows()) != attention_.keys();
    evidence.value = of_file ? of_left(value, keys, 0) : value;
  }
  if (!asked(&CachePolicyAbout::queries)) return evidence;
  for (std::size_t q = 0; q < attention_.queries(); ++q) {
    evidence.query_keys.push_back(position_of(q, attention_.queries(), attention_.keys()));
    evidence.query_places.push_back(places_.place(evidence.query_keys.back()));
  }
  for (const std::size_t h : group.heads) {
    const Matrix queries = attention_.query(group.layer, h);
    const std::size_t skipped = places_.count() - static_cast<std::size_t>(queries.rows());
    evidence.queries.push_back(of_left(queries, evidence.query_places, skipped));
  }
  return evidence;
}

void CachedHeads::rows_behind_prompt(
    std::size_t i, const std::function<void(std::span<const double>)>& visit) const {
  const std::size_t keys = attention_.keys();
  std::vector<double> row(keys);
  for (const std::size_t h : groups_[i].heads) {
    attention_.rows(groups_[i].layer, h, [&](const RowBlock<double>& block) {
      std::fill(row.begin(), row.end(), 0.0);
      for (Index r = 0; r < block.weights.rows(); ++r) {
        const auto query = static_cast<std::size_t>(block.first_query + r);
        if (position_of(query, attention_.queries(), keys) < prompt_) continue;
        std::copy_n(block.weights.row(r).data(), block.weights.cols(),
                    row.begin() + block.first_key);
        visit(row);
      }
    });
  }
}

}  // namespace attngraph
