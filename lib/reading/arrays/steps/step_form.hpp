#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// What the steps of `generate()` show.
enum class StepForm {
  /// A prompt, then a query or a few more for each step: put together to a causal square, or, where
  /// the prompt's first keys were known before (a cache), to its last rows.
  growing,
  /// As growing, over a cache of fixed length: keys that no step may see are cut off.
  fixed_cache,
  /// As growing, over a cache that drops keys: those of a step are the last ones.
  window,
  /// Every step is the whole square: the last one is the answer.
  whole_squares,
  /// Every step sees the same keys of another sequence: put below each other.
  cross,
  /// The same without a cache: every step has the queries of those before, and the last is the
  /// answer.
  whole_cross,
};

/// Whether the keys are those of another sequence.
inline bool is_cross(StepForm form) {
  return form == StepForm::cross || form == StepForm::whole_cross;
}
/// Whether the last step is the whole.
inline bool is_whole(StepForm form) {
  return form == StepForm::whole_squares || form == StepForm::whole_cross;
}

/// `a fixed cache, unused keys cut off`
std::string step_form_text(StepForm form);

/// What one layer has of each step: [batch, head, query, key].
using Slices = std::vector<NamedTensor>;

std::size_t queries(const NamedTensor& slice);
std::size_t keys(const NamedTensor& slice);
/// Keys that the first step sees before its own queries: those of a cache.
std::size_t keys_before(const Slices& slices);
/// Queries of all steps together.
std::size_t rows_of(const Slices& slices);

/// What the request or the names say of the keys.
enum class SaidKeys { nothing, own, other };

/// What steps are.
struct FoundForm {
  StepForm form;
  /// Keys before the first query.
  std::size_t before = 0;
  /// It may be another: cross-attention that of a cache that drops keys, and a window other keys.
  bool open = false;
};

/// What the steps of all layers are, by their shapes and, where these leave it open, by their
/// zeros; none where they are no steps.
std::optional<FoundForm> form_of(const std::vector<Slices>& layers, SaidKeys said);

/// Whether each step is a square, larger than the one before.
bool whole_squares(const Slices& slices);
/// Whether each step has a query more than the one before, whose rows it begins with, over the same
/// keys.
bool whole_cross(const Slices& slices);
/// Whether each step begins with the rows of the one before, as that of a longer text does.
bool repeats(const Slices& slices);
/// Whether each step has as many keys.
bool has_same_keys(const Slices& slices);
/// Whether all are of one shape but for the last two axes, of which the last grows and the other
/// does not: steps whose first axes were taken away.
bool grow_by_keys(const Slices& arrays);
/// What to do then.
inline constexpr const char* whole_steps_hint =
    "where these are steps of generate(), save each as it is, [batch, head, query, key], without "
    "squeeze() or mean()";
/// Whether each step has a key more than the one before.
bool gains_a_key(const Slices& slices);

}  // namespace attngraph
