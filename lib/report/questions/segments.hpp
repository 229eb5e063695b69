#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "attention/parts/parts.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

struct SegmentsOptions {
  PartsRequest parts;
  /// Only rows from and to parts of these names, with commas between; all where empty.
  std::string from;
  std::string to;
  /// Not empty: the lookback ratio of each query from this token on, in place of the masses.
  std::string lookback;
  /// Set: how unevenly parts receive attention from those this many behind them.
  std::optional<std::size_t> receiver_gap;
  /// With that, what each part receives, in place of one number for a head.
  bool vertical = false;
};

/// What its rows have.
AnswerColumns segments_columns(const SegmentsOptions& options);

/// How much the parts of the text attend to each other. Rows `layer,head,from,to,mass,density`, or
/// a picture of the masses; with `lookback` `layer,head,token,label,lookback` and the mean of them;
/// with `receiver_gap` `layer,head,kurtosis`, or with `vertical` `layer,head,segment,vertical`.
/// Every number is a double. A number about no query is NaN.
/// @throws InputError where `lookback` is asked of attention that is not causal, `receiver_gap` of
///   cross-attention
/// @throws ArgumentError where there is no such token or part
void segments_report(const Attention& attention, const SegmentsOptions& options, Sink& sink);

}  // namespace attngraph
