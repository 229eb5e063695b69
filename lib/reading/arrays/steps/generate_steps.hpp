#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reading/arrays/axes.hpp"
#include "reading/arrays/families.hpp"
#include "reading/arrays/steps/step_form.hpp"

namespace attngraph {

/// The slices of `generate()`: [batch, head, query, key] for each step and layer.
struct Steps {
  StepForm form;
  std::size_t count = 0;
  /// Keys before the first query.
  std::size_t before = 0;
  /// For each layer its slices in the order of the steps, [batch, head, query, key] each.
  std::vector<Slices> layers;
  /// What was assumed; empty where nothing was.
  std::string note = {};

  std::size_t batches() const { return layers.front().front().tensor.shape()[0]; }
  /// The matrices [head, query, key] of each layer for one item of the batch.
  std::vector<Tensor> assembled(std::size_t batch) const {
    return assembled(std::vector<std::size_t>(count, batch));
  }
  /// The same of the item that `rows` says for each step; later steps are left out.
  std::vector<Tensor> assembled(const std::vector<std::size_t>& rows) const;
};

/// What is said of steps beside their names.
struct SaidOfSteps {
  /// Those of each step; steps of all layers may have a batch in place of these, and four axes do
  /// not say which.
  Axes axes = {};
  SaidKeys keys = SaidKeys::nothing;
};

/// Recognised by names that hold both a step and a layer number (`step_3.layer_0`), or two numbers
/// and shapes that grow as steps do.
/// @returns nothing where the arrays are no such steps
/// @throws InputError where a step is missing, of no known form, or of two that are possible; the
/// text says what was met
std::optional<Steps> generate_steps(const Family& arrays, const std::string& source,
                                    const SaidOfSteps& said = {});

}  // namespace attngraph
