#pragma once

#include "attention/modules/spatial.hpp"
#include "core/limits.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Sink;

struct SpatialOptions {
  /// What scores are multiplied with.
  double scale = 1;
  Limits limits;
};

/// What rows of weights have.
AnswerColumns spatial_columns();

/// Attention among the pixels of feature maps.
///
/// To `weights` a matrix [query, key] for each image, keys labelled `row,column`; to `features`
/// (may be null) gamma * attended + input, a matrix [channel, pixel] for each image, in array files
/// [channel, height, width].
/// @throws InputError, ArgumentError
void spatial_report(const SpatialInput& input, const SpatialOptions& options, Sink& weights,
                    Sink* features);

}  // namespace attngraph
