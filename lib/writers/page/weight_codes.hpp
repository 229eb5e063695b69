#pragma once

#include <cstdint>

namespace attngraph {

/// A weight in 16 bits: 5 of an exponent, 11 behind the leading one. Code 0 is 0; code c >= 2048 is
/// scale * 2^(c / 2048 - 31) * (1 + c % 2048 / 2048). Powers of two are exact, so 1 stays 1.
class WeightCodes {
 public:
  /// @param largest no weight is larger
  explicit WeightCodes(float largest);

  float largest() const { return largest_; }
  /// The power of two that is at most the largest weight.
  double scale() const { return scale_; }
  /// The nearest code of a weight >= 0. What it stands for is within relative_error of the weight,
  /// or the weight is below scale() * 2^-30 and counts as 0.
  std::uint16_t code(float weight) const;
  /// What a code stands for.
  double weight(std::uint16_t code) const;

  static constexpr double relative_error = 1.0 / 4096;

 private:
  float largest_;
  double scale_;
};

}  // namespace attngraph
