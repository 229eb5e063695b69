#pragma once

#include <cstddef>

#include "metrics/roots.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

class Attention;

/// A square head of which a block of rows at a time exists, or that is a list of edges; known by
/// what it does to vectors.
class StreamedHead {
 public:
  /// @param attention must live as long as this
  StreamedHead(const Attention& attention, std::size_t l, std::size_t h)
      : attention_(attention), l_(l), h_(h) {}

  Index size() const;

  /// A x
  Vector times(const Vector& x) const;
  /// Aᵀ x
  Vector transposed_times(const Vector& x) const;
  /// A x + Aᵀ x
  Vector both_times(const Vector& x) const;

  /// What one look at all weights tells.
  struct Facts {
    /// Sums over each row and column without the diagonal.
    Vector row_others, column_others;
    Vector diagonal;
    double squares = 0;
    /// What edges join.
    Roots parts;
  };
  Facts facts() const;

 private:
  const Attention& attention_;
  std::size_t l_;
  std::size_t h_;

  /// Adds A x to `forward` and Aᵀ x to `backward`, where those are not null.
  void add(const Vector& x, Vector* forward, Vector* backward) const;
};

}  // namespace attngraph
