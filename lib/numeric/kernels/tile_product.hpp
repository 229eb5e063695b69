// Products of matrices in tiles that stay in registers; only for instruction_set_kernels.cpp.
//
// Queries times keys are long and thin: the inner extent is a head's width, where a general library
// spends much of its time on laying factors out anew for every block of rows. Here the right factor
// is laid out once, in panels as wide as two registers. A tile of rows meets one panel, and each
// entry is one chain of operations in the order of the inner index, so an answer has the same bits
// whatever rows and panels are asked for together. The same tiles with + for * and min for + find
// shortest paths. A panel is cut where it would leave the nearest cache.

#pragma once

#include <cstddef>
#include <cstring>

#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

#if defined(__AVX512F__)
constexpr std::ptrdiff_t register_bytes = 64;
constexpr int tile_rows = 8;
#elif defined(__AVX__)
constexpr std::ptrdiff_t register_bytes = 32;
constexpr int tile_rows = 6;
#else
constexpr std::ptrdiff_t register_bytes = 16;
constexpr int tile_rows = 4;
#endif

template <typename Scalar>
struct RegisterOf {
  typedef Scalar type __attribute__((vector_size(register_bytes)));
};
template <typename Scalar>
using Register = typename RegisterOf<Scalar>::type;

template <typename Scalar>
constexpr std::ptrdiff_t lanes = register_bytes / static_cast<std::ptrdiff_t>(sizeof(Scalar));
template <typename Scalar>
constexpr std::ptrdiff_t panel_width = 2 * lanes<Scalar>;

template <typename Scalar>
Register<Scalar> load(const Scalar* from) {
  Register<Scalar> value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <typename Scalar>
void store(Scalar* to, Register<Scalar> value) {
  std::memcpy(to, &value, sizeof value);
}

struct TimesPlus {
  static constexpr bool begins_with_zero = true;
  template <typename Lanes, typename Scalar>
  static Lanes step(Lanes sum, Scalar a, Lanes b) {
    return sum + a * b;
  }
};
struct PlusMinimum {
  static constexpr bool begins_with_zero = false;
  template <typename Lanes, typename Scalar>
  static Lanes step(Lanes least, Scalar a, Lanes b) {
    const Lanes through = a + b;
    return through < least ? through : least;
  }
};

/// Where a tile stands along the inner index.
template <typename Scalar>
struct Stretch {
  std::ptrdiff_t from;
  std::ptrdiff_t count;
  bool afresh;    // from zero, not on top of what c holds
  Scalar factor;  // of what is stored
};

/// One tile: `rows` of a with part of a panel. Every array has constant bounds, so that the
/// compiler keeps it in registers.
template <typename Step, int rows, typename Scalar>
void tile(const Scalar* a, std::ptrdiff_t a_stride, const Scalar* panel, Stretch<Scalar> stretch,
          Scalar* c, std::ptrdiff_t c_stride) {
  constexpr std::ptrdiff_t half = lanes<Scalar>;
  Register<Scalar> left[rows] = {}, right[rows] = {};
  if (!stretch.afresh) {
#pragma GCC unroll 8
    for (int i = 0; i < rows; ++i) {
      left[i] = load(c + i * c_stride);
      right[i] = load(c + i * c_stride + half);
    }
  }
#pragma GCC unroll 4
  for (std::ptrdiff_t d = 0; d < stretch.count; ++d, panel += panel_width<Scalar>) {
    const Register<Scalar> b_left = load(panel), b_right = load(panel + half);
#pragma GCC unroll 8
    for (int i = 0; i < rows; ++i) {
      const Scalar factor = a[i * a_stride + d];
      left[i] = Step::step(left[i], factor, b_left);
      right[i] = Step::step(right[i], factor, b_right);
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < rows; ++i) {
    store(c + i * c_stride, left[i] * stretch.factor);
    store(c + i * c_stride + half, right[i] * stretch.factor);
  }
}

/// A column of tiles. A panel that is not full works on a copy of its part of c.
template <typename Step, int rows, typename Scalar>
void tile_in_place(const PackedProduct<Scalar>& p, std::ptrdiff_t row, std::ptrdiff_t column,
                   Stretch<Scalar> stretch) {
  const Scalar* a = p.a + row * p.a_stride + stretch.from;
  const Scalar* panel =
      p.panels + column / panel_width<Scalar> * p.panel_stride + stretch.from * panel_width<Scalar>;
  Scalar* c = p.c + row * p.c_stride + column;
  const std::ptrdiff_t wide = p.columns - column;
  if (wide >= panel_width<Scalar>) {
    return tile<Step, rows>(a, p.a_stride, panel, stretch, c, p.c_stride);
  }
  Scalar copy[rows * panel_width<Scalar>] = {};
  for (int i = 0; i < rows; ++i) {
    for (std::ptrdiff_t j = 0; j < wide; ++j) {
      copy[i * panel_width<Scalar> + j] = c[i * p.c_stride + j];
    }
  }
  tile<Step, rows>(a, p.a_stride, panel, stretch, copy, panel_width<Scalar>);
  for (int i = 0; i < rows; ++i) {
    for (std::ptrdiff_t j = 0; j < wide; ++j) {
      c[i * p.c_stride + j] = copy[i * panel_width<Scalar> + j];
    }
  }
}

template <typename Step, typename Scalar>
void packed_product(const PackedProduct<Scalar>& p) {
  constexpr std::ptrdiff_t cut = 16384 / (2 * register_bytes);
  for (std::ptrdiff_t from = 0; from < p.inner; from += cut) {
    const bool last = p.inner - from <= cut;
    const Stretch<Scalar> stretch{from, last ? p.inner - from : cut,
                                  Step::begins_with_zero && from == 0, last ? p.factor : Scalar(1)};
    for (std::ptrdiff_t column = 0; column < p.columns; column += panel_width<Scalar>) {
      std::ptrdiff_t row = 0;
      for (; row + tile_rows <= p.rows; row += tile_rows) {
        tile_in_place<Step, tile_rows>(p, row, column, stretch);
      }
      for (; row < p.rows; ++row) tile_in_place<Step, 1>(p, row, column, stretch);
    }
  }
}

template <typename Scalar>
void pack(const Scalar* b, std::ptrdiff_t row_stride, std::ptrdiff_t column_stride,
          std::ptrdiff_t inner, std::ptrdiff_t columns, Scalar* panels) {
  constexpr std::ptrdiff_t width = panel_width<Scalar>;
  for (std::ptrdiff_t first = 0; first < columns; first += width) {
    const std::ptrdiff_t wide = columns - first < width ? columns - first : width;
    Scalar* panel = panels + first * inner;
    if (column_stride == 1 && wide == width) {
      for (std::ptrdiff_t d = 0; d < inner; ++d) {
        std::memcpy(panel + d * width, b + d * row_stride + first, sizeof(Scalar) * width);
      }
      continue;
    }
    for (std::ptrdiff_t j = 0; j < width; ++j) {
      for (std::ptrdiff_t d = 0; d < inner; ++d) {
        panel[d * width + j] =
            j < wide ? b[d * row_stride + (first + j) * column_stride] : Scalar(0);
      }
    }
  }
}

}  // namespace
}  // namespace attngraph
