#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

/// What the keys of a prompt are given by the queries of one head [prompt].
struct PromptMass {
  /// By all queries of the prompt, by the last of them, and by the last few in the mean.
  Vector received;
  Vector last;
  Vector observed;
  /// By the queries behind the prompt.
  Vector future;

  PromptMass& operator+=(const PromptMass& other);
  PromptMass& operator/=(double divisor);
};

/// Collects it from the rows of one head, each once.
class PromptTally {
 public:
  /// @param window how many of the prompt's last queries are the last few
  PromptTally(std::size_t prompt, std::size_t window);

  /// A row of the query at this place: weights of the keys from `first` on.
  void add(std::size_t place, std::size_t first, std::span<const double> weights);
  PromptMass finish() const;

 private:
  std::size_t prompt_;
  std::size_t window_;
  PromptMass mass_;
};

/// A set of the prompt's keys that is kept.
struct KeptKeys {
  /// 1 for each key that is kept, else 0 [prompt].
  Vector keeps;
  /// How much a set of this size keeps whatever it is: a number in place of keys.
  bool random = false;
  std::size_t budget = 0;
};

/// What sets keep of the rows behind a prompt, of one head or several that share their keys.
class KeptTally {
 public:
  /// @param sets must live as long as this, and so must value
  /// @param value [key, width], empty where there are none
  KeptTally(std::size_t prompt, const std::vector<KeptKeys>& sets, const Matrix& value);

  /// A row of a query behind the prompt, all its keys.
  void add(std::span<const double> weights);

  /// Sum of the weights that the set keeps, in the mean and of the row that loses most; NaN where
  /// there is no row, and the worst of a random set.
  double mean(std::size_t set) const;
  double worst(std::size_t set) const;
  /// ‖AV - A'V‖ / ‖AV‖, rows of A' divided by their sums; NaN without values.
  double output_loss(std::size_t set) const;

 private:
  struct Kept {
    double sum = 0;
    double worst = 0;
    double difference = 0;
  };

  std::size_t prompt_;
  const std::vector<KeptKeys>& sets_;
  const Matrix& value_;
  std::vector<Kept> kept_;
  std::size_t rows_ = 0;
  double output_ = 0;
};

}  // namespace attngraph
