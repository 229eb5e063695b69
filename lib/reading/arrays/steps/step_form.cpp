#include "reading/arrays/steps/step_form.hpp"

#include <algorithm>
#include <cmath>

#include "reading/arrays/steps/cache_window.hpp"

namespace attngraph {
namespace {

bool grows(const Slices& slices) {
  const std::size_t before = keys_before(slices);
  // One step alone does not show that it is one of several.
  if (before > 0 && slices.size() < 2) return false;
  std::size_t seen = before;
  for (const NamedTensor& slice : slices) {
    seen += queries(slice);
    if (keys(slice) != seen) return false;
  }
  return true;
}

/// Layers of the same steps and heads, of which some keep more keys than others.
bool differ_in_keys(const std::vector<Slices>& layers) {
  const auto alike = [](const NamedTensor& a, const NamedTensor& b) {
    const Shape &left = a.tensor.shape(), &right = b.tensor.shape();
    return std::equal(left.begin(), left.end() - 1, right.begin(), right.end() - 1);
  };
  bool differ = false;
  for (const Slices& slices : layers) {
    const Slices& first = layers.front();
    if (slices.size() != first.size() ||
        !std::equal(slices.begin(), slices.end(), first.begin(), alike)) {
      return false;
    }
    differ = differ || keys(slices.back()) != keys(first.back());
  }
  return differ;
}

std::optional<FoundForm> window_form(const std::vector<Slices>& layers, SaidKeys said) {
  const auto window = cache_window(layers);
  if (!window) return std::nullopt;
  return FoundForm{StepForm::window, window->before, !window->sliding && said != SaidKeys::own};
}

/// Of a cache of fixed length, or cross-attention.
std::optional<FoundForm> form_over_has_same_keys(const std::vector<Slices>& layers, SaidKeys said) {
  const Slices& first = layers.front();
  if (rows_of(first) <= keys(first.front()) &&
      std::all_of(layers.begin(), layers.end(), sees_no_later_key)) {
    return FoundForm{StepForm::fixed_cache};
  }
  if (const auto held = held_before(layers)) return FoundForm{StepForm::fixed_cache, *held};
  if (has_later_queries(first) || said == SaidKeys::own) return std::nullopt;
  if (queries(first.front()) == 1) return FoundForm{StepForm::cross, 0, true};
  return sees_later_keys(first) ? std::optional(FoundForm{StepForm::cross}) : std::nullopt;
}

}  // namespace

std::string step_form_text(StepForm form) {
  switch (form) {
    case StepForm::growing:
      return "put together";
    case StepForm::fixed_cache:
      return "put together, the unused keys of a fixed cache cut off";
    case StepForm::window:
      return "put together, the keys of each the last ones (a sliding window)";
    case StepForm::whole_squares:
      return "no cache: the last one, the whole square";
    case StepForm::cross:
      return "the same keys in each, put below each other";
    case StepForm::whole_cross:
      return "no cache: the last one, of all queries over the same keys";
  }
  return "";
}

std::size_t queries(const NamedTensor& slice) {
  return slice.tensor.shape()[slice.tensor.rank() - 2];
}
std::size_t keys(const NamedTensor& slice) { return slice.tensor.shape().back(); }

bool whole_squares(const Slices& slices) {
  for (std::size_t i = 0; i < slices.size(); ++i) {
    if (queries(slices[i]) != keys(slices[i])) return false;
    if (i > 0 && keys(slices[i]) <= keys(slices[i - 1])) return false;
  }
  return slices.size() > 1;
}

bool whole_cross(const Slices& slices) {
  if (slices.size() < 2 || !has_same_keys(slices)) return false;
  for (std::size_t i = 1; i < slices.size(); ++i) {
    if (queries(slices[i]) != queries(slices[i - 1]) + 1) return false;
  }
  return repeats(slices);
}

bool repeats(const Slices& slices) {
  constexpr double tolerance = 0.02;
  for (std::size_t i = 1; i < slices.size(); ++i) {
    const Tensor& before = slices[i - 1].tensor;
    const std::size_t last = queries(slices[i - 1]) - 1;
    const auto row = before.at(2, last).to_doubles();
    const auto again = slices[i].tensor.at(2, last).slice(2, 0, keys(slices[i - 1])).to_doubles();
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (!(std::abs(row[k] - again[k]) <= tolerance)) return false;
    }
  }
  return true;
}

std::size_t keys_before(const Slices& slices) {
  const std::size_t asked = queries(slices.front()), seen = keys(slices.front());
  return seen > asked ? seen - asked : 0;
}

std::size_t rows_of(const Slices& slices) {
  std::size_t rows = 0;
  for (const NamedTensor& slice : slices) rows += queries(slice);
  return rows;
}

std::optional<FoundForm> form_of(const std::vector<Slices>& layers, SaidKeys said) {
  const Slices& first = layers.front();
  const bool of_whole = said != SaidKeys::own && whole_cross(first);
  if (of_whole && (said == SaidKeys::other || sees_later_keys(first))) {
    return FoundForm{StepForm::whole_cross};
  }
  if (said == SaidKeys::other && has_same_keys(first)) return FoundForm{StepForm::cross};
  if (differ_in_keys(layers)) {
    if (const auto window = window_form(layers, said)) return window;
  }
  if (grows(first)) return FoundForm{StepForm::growing, keys_before(first)};
  if (whole_squares(first)) return FoundForm{StepForm::whole_squares};
  if (has_same_keys(first) && first.size() > 1) {
    if (const auto found = form_over_has_same_keys(layers, said)) return found;
  }
  return window_form(layers, said);
}

bool has_same_keys(const Slices& slices) {
  return std::all_of(slices.begin(), slices.end(),
                     [&](const NamedTensor& slice) { return keys(slice) == keys(slices.front()); });
}

bool gains_a_key(const Slices& slices) {
  for (std::size_t i = 1; i < slices.size(); ++i) {
    if (keys(slices[i]) != keys(slices[i - 1]) + 1) return false;
  }
  return slices.size() > 1;
}

bool grow_by_keys(const Slices& arrays) {
  bool grow = false;
  for (std::size_t i = 1; i < arrays.size(); ++i) {
    const Shape &before = arrays[i - 1].tensor.shape(), &shape = arrays[i].tensor.shape();
    const std::size_t rank = shape.size();
    if (rank < 2 || rank != before.size() || shape[rank - 1] < before[rank - 1] ||
        shape[rank - 2] > before[rank - 2] ||
        !std::equal(shape.begin(), shape.end() - 2, before.begin(), before.end() - 2)) {
      return false;
    }
    grow = grow || shape.back() > before.back();
  }
  return grow;
}

}  // namespace attngraph
