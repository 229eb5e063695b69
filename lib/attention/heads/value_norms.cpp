// Attention weighted by the values it carries.
//
// Requires finite numbers of fitting shapes. A tensor [head, query, key, model] of what every head
// carries is never made: ‖Σ_h α_h f_h(k)‖² = Σ_h Σ_g α_h α_g ⟨f_h(k), f_g(k)⟩, and the inner
// products of two heads are v_h(k)ᵀ (Wo_hᵀ Wo_g) v_g(k), a vector over keys. Pairs of heads are
// taken one after the other, so memory is three matrices [query, key] and one [width, width];
// time is O(heads² (n² + n width² + width² model)). A sum of squares that cancels may round below
// zero and counts as zero.

#include "attention/heads/value_norms.hpp"

#include "core/error.hpp"

namespace attngraph {
namespace {

/// One query head of a layer: which values, which columns of the output projection.
class Carrier {
 public:
  Carrier(const Attention& stack, std::size_t h, const LayerValues& values) : values_(values) {
    const auto head = static_cast<std::size_t>(std::get<std::int64_t>(stack.head_label(h)));
    const std::size_t group = stack.file_heads() / values.heads.size();
    value_head_ = head / group;
    first_column_ = static_cast<Index>(head) * width();
  }

  const Matrix& values() const { return values_.heads[value_head_]; }
  Index width() const { return values_.heads.front().cols(); }
  auto projection() const { return values_.output_projection.middleCols(first_column_, width()); }

 private:
  const LayerValues& values_;
  std::size_t value_head_ = 0;
  Index first_column_ = 0;
};

/// ⟨f_a(k), f_b(k)⟩ for each key.
Eigen::RowVectorXd inner_products(const Carrier& a, const Carrier& b) {
  const Matrix between = a.projection().transpose() * b.projection();
  return (a.values() * between).cwiseProduct(b.values()).rowwise().sum().transpose();
}

/// @throws InputError where a square has overflowed
template <typename Squares>
auto lengths(const Squares& squares) {
  const auto& all = squares.eval();
  if (!all.allFinite()) {
    throw InputError("$value", "makes vectors so long that the square of a length overflows",
                     "divide the values by a power of ten, or $wo and $residual-stream where they "
                     "are given: lengths become smaller by as much");
  }
  return typename Squares::PlainObject(all.cwiseMax(0).cwiseSqrt());
}

/// Adds 2 Σ_h α_ii ⟨f_h(i), x_i⟩ + ‖x_i‖² to the diagonal.
void add_residual_stream(Matrix& squares, const Attention& stack, std::size_t l,
                         const LayerValues& values) {
  const Matrix& stream = values.residual_stream;
  for (std::size_t h = 0; h < stack.heads(); ++h) {
    const Carrier carrier(stack, h, values);
    const Vector along =
        (stream * carrier.projection()).cwiseProduct(carrier.values()).rowwise().sum();
    squares.diagonal() += 2 * stack.head(l, h).diagonal().cwiseProduct(along);
  }
  squares.diagonal() += stream.rowwise().squaredNorm();
}

}  // namespace

Matrix value_norms(const Matrix& weights, const Matrix& values) {
  const Vector lengths_of_keys = lengths(values.rowwise().squaredNorm());
  return weights * lengths_of_keys.asDiagonal();
}

Matrix projected_value_norms(const Attention& stack, std::size_t l, std::size_t h,
                             const LayerValues& values) {
  const Carrier carrier(stack, h, values);
  const Vector lengths_of_keys = lengths(inner_products(carrier, carrier));
  return stack.head(l, h) * lengths_of_keys.asDiagonal();
}

Matrix summed_value_norms(const Attention& stack, std::size_t l, const LayerValues& values) {
  Matrix squares =
      Matrix::Zero(static_cast<Index>(stack.queries()), static_cast<Index>(stack.keys()));
  for (std::size_t h = 0; h < stack.heads(); ++h) {
    const Carrier carrier(stack, h, values);
    const Matrix weights = stack.head(l, h);
    Matrix beside = weights * inner_products(carrier, carrier).asDiagonal();
    for (std::size_t g = 0; g < h; ++g) {
      const Carrier other(stack, g, values);
      beside += stack.head(l, g) * (2 * inner_products(carrier, other)).asDiagonal();
    }
    squares += weights.cwiseProduct(beside);
  }
  if (values.residual_stream.size() > 0) add_residual_stream(squares, stack, l, values);
  return lengths(squares);
}

Vector mixing(const Attention& stack, std::size_t l, const LayerValues& values) {
  const auto n = static_cast<Index>(stack.queries());
  Matrix others = Matrix::Zero(n, values.output_projection.rows());
  Matrix own = others;
  if (values.residual_stream.size() > 0) own = values.residual_stream;
  for (std::size_t h = 0; h < stack.heads(); ++h) {
    const Carrier carrier(stack, h, values);
    Matrix weights = stack.head(l, h);
    const Vector self = weights.diagonal();
    weights.diagonal().setZero();
    others += (weights * carrier.values()) * carrier.projection().transpose();
    own += (self.asDiagonal() * carrier.values()) * carrier.projection().transpose();
  }
  const Vector from_others = lengths(others.rowwise().squaredNorm());
  const Vector total = from_others + lengths(own.rowwise().squaredNorm());
  return (total.array() > 0).select(from_others.array() / total.array(), 0.0);
}

}  // namespace attngraph
