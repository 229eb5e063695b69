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
  /// For each layer its slices in the order of the steps, [batch, head, query, key] each.
  std::vector<Slices> layers;

  std::size_t batches() const { return layers.front().front().tensor.shape()[0]; }
  /// The matrices [head, query, key] of each layer for one item of the batch.
  std::vector<Tensor> assembled(std::size_t batch) const {
    return assembled(std::vector<std::size_t>(count, batch));
  }
  /// The same of the item that `rows` says for each step; later steps are left out.
  std::vector<Tensor> assembled(const std::vector<std::size_t>& rows) const;
};

/// Recognised by names that hold both a step and a layer number (`step_3.layer_0`), or two numbers
/// and shapes that grow as steps do.
/// @param axes of each step where they are said; steps of all layers may have a batch in place of
///   these, and four axes do not say which
/// @returns nothing where the arrays are no such steps
/// @throws InputError where a step is missing or of no known form; the text says what was met
std::optional<Steps> generate_steps(const Family& arrays, const std::string& source,
                                    const Axes& axes = {});

}  // namespace attngraph
