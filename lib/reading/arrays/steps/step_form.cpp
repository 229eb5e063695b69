#include "reading/arrays/steps/step_form.hpp"

#include <algorithm>
#include <cmath>

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

bool same_keys(const Slices& slices) {
  return std::all_of(slices.begin(), slices.end(),
                     [&](const NamedTensor& slice) { return keys(slice) == keys(slices.front()); });
}

bool all_zero(const Tensor& numbers) {
  const auto values = numbers.to_doubles();
  return std::all_of(values.begin(), values.end(), [](double v) { return v == 0; });
}

}  // namespace

std::string step_form_text(StepForm form) {
  switch (form) {
    case StepForm::growing:
      return "put together";
    case StepForm::fixed_cache:
      return "put together, the unused keys of a fixed cache cut off";
    case StepForm::whole_squares:
      return "no cache: the last one, the whole square";
    case StepForm::cross:
      return "the same keys in each, put below each other";
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

bool sees_no_later_key(const Slices& slices) {
  std::size_t row = 0;
  for (const NamedTensor& slice : slices) {
    for (std::size_t q = 0; q < queries(slice); ++q, ++row) {
      if (row + 1 > keys(slice)) return false;
      const Tensor ahead = slice.tensor.at(2, q).slice(2, row + 1, keys(slice) - row - 1);
      if (ahead.size() > 0 && !all_zero(ahead)) return false;
    }
  }
  return true;
}

bool repeats(const Slices& slices) {
  constexpr double tolerance = 0.02;
  for (std::size_t i = 1; i < slices.size(); ++i) {
    const Tensor& before = slices[i - 1].tensor;
    const std::size_t last = queries(slices[i - 1]) - 1;
    const auto row = before.at(2, last).to_doubles();
    const auto again = slices[i].tensor.at(2, last).slice(2, 0, last + 1).to_doubles();
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

std::optional<StepForm> form_of(const Slices& slices, bool cross) {
  if (cross && same_keys(slices)) return StepForm::cross;
  if (grows(slices)) return StepForm::growing;
  if (whole_squares(slices)) return StepForm::whole_squares;
  if (!same_keys(slices) || slices.size() < 2) return std::nullopt;
  if (rows_of(slices) <= keys(slices.front()) && sees_no_later_key(slices)) {
    return StepForm::fixed_cache;
  }
  const bool single = std::all_of(slices.begin() + 1, slices.end(),
                                  [](const NamedTensor& slice) { return queries(slice) == 1; });
  // A square first would be a prompt, and the cache one that drops keys.
  const bool square =
      queries(slices.front()) > 1 && queries(slices.front()) == keys(slices.front());
  return single && !square ? std::optional(StepForm::cross) : std::nullopt;
}

bool gains_a_key(const Slices& slices) {
  for (std::size_t i = 1; i < slices.size(); ++i) {
    if (keys(slices[i]) != keys(slices[i - 1]) + 1) return false;
  }
  return slices.size() > 1;
}

}  // namespace attngraph
