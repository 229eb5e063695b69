#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "reading/arrays/axes.hpp"
#include "reading/arrays/chosen_arrays.hpp"
#include "reading/arrays/steps/generate_steps.hpp"
#include "reading/finding.hpp"
#include "reading/request.hpp"
#include "reading/sides.hpp"
#include "tensor/dump.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// What the arrays of a dump mean, decided in one place. Holds views only; nothing is checked about
/// the numbers.
struct Reading {
  /// The file.
  std::string source;
  /// The arrays, layers in order: their names, and the shape of the first as it lies in the file.
  std::vector<std::string> arrays;
  Shape file_shape;
  /// What the axes of each stand for.
  Axes axes;
  /// Each array is one layer.
  bool one_per_layer = false;
  /// What the numbers in the names of arrays count that are not each a layer with all its heads.
  Axes numbered;
  /// Items of the batch, and which one is taken.
  std::size_t batches = 1;
  std::size_t batch = 0;
  /// Steps of `generate()`, and what they showed; nothing where the arrays are no steps.
  std::optional<StepForm> steps;
  std::size_t step_count = 0;
  /// [head, query, key] for each layer, all of one shape.
  std::vector<Tensor> layers;
  Sides sides = Sides::self;
  /// As the request or the steps say; nothing: as the weights say.
  std::optional<bool> causal;
  /// Labels of the keys and of the queries; empty where there are none. In self-attention with
  /// fewer queries than keys the queries are the last tokens.
  std::vector<std::string> key_labels;
  std::vector<std::string> query_labels;
  /// What was assumed beyond what reading_text() says.
  std::vector<std::string> notes;
  /// The numbers say that they are of another type or lie in another order.
  bool other_reading = false;
  /// Where the request says the order, and the numbers say another: what to do about row sums.
  std::string row_sum_cure;
  /// What is wrong with it, where faults are found and not refused.
  std::vector<Finding> findings;

  std::size_t heads() const { return layers.front().shape()[0]; }
  std::size_t queries() const { return layers.front().shape()[1]; }
  std::size_t keys() const { return layers.front().shape()[2]; }
};

/// What becomes of an open choice (a batch left in) and of what makes answers wrong: an error, or a
/// finding of the reading, which then goes on as well as it can.
enum class Faults { refused, found };

/// The attention in `dump`.
/// @throws InputError where shapes do not fit together, labels are not as many as tokens, a batch
/// must be chosen from, or rows are no keys; ArgumentError where the request does not fit
Reading attention_reading(const Dump& dump, const ReadingRequest& request,
                          Faults faults = Faults::refused);

/// The same for a file that holds as much as the attention and no labels (gradients).
std::vector<Tensor> layers_read(const Dump& dump, const ReadingRequest& request);

/// The arrays that are read as attention, numbered as they are read; those of the keys where a file
/// holds queries and keys.
Family arrays_of_layers(const Dump& dump, const ReadingRequest& request);

}  // namespace attngraph
