// The Fortran names are declared here: liblapack is one of several libraries of the same interface
// (OpenBLAS among them), and not all of them have the C one. A row-major matrix is its transpose to
// LAPACK: the spectra are the same, the lower triangle is its upper one. What work a solver wants
// it says itself when it is asked with length -1.
#include "numeric/lapack.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <string>

#include "core/error.hpp"
#include "core/process/blas_threads.hpp"

extern "C" {
using TextLength = std::size_t;
void dsyevd_(const char* job, const char* triangle, const int* n, double* a, const int* stride,
             double* values, double* work, const int* work_size, int* whole_work,
             const int* whole_work_size, int* info, TextLength, TextLength);
void dgeev_(const char* left, const char* right, const int* n, double* a, const int* stride,
            double* real, double* imaginary, double* left_vectors, const int* left_stride,
            double* right_vectors, const int* right_stride, double* work, const int* work_size,
            int* info, TextLength, TextLength);
void dgesdd_(const char* job, const int* rows, const int* columns, double* a, const int* stride,
             double* values, double* u, const int* u_stride, double* vt, const int* vt_stride,
             double* work, const int* work_size, int* whole_work, int* info, TextLength);
}

namespace attngraph::lapack {
namespace {

/// OpenBLAS has threads of its own: a small matrix is solved beside others and gets one, a large
/// one gets all that it began with, so that bytes do not depend on how many of ours work. Never
/// more: where memory is short it is told to begin with one.
/// @throws LimitError where it would look for room for ever
void choose_threads(Index rows) {
  static const auto choose =
      reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  static const auto threads =
      reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_num_threads"));
  if (choose == nullptr || threads == nullptr) return;
  static const int most = threads();
  static std::mutex mutex;
  static int chosen = 0;
  const int count = rows < symmetric_rows_for_lapack ? 1 : most;
  const std::lock_guard lock(mutex);
  if (chosen == count) return;
  if (!blas_buffers_fit(static_cast<std::size_t>(count))) {
    throw LimitError("eigenvalues",
                     "OpenBLAS needs 136 MiB of memory to work with for each of its threads, " +
                         std::to_string(count) + " here, and there is less",
                     "allow more (ulimit -v, ulimit -d), or set OPENBLAS_NUM_THREADS=1");
  }
  choose(count);
  if (count == 1) end_blas_threads();
  chosen = count;
}

/// How LAPACK counts them.
int size_of(Index rows) {
  constexpr Index most_rows = 30000;  // work of 2 n² numbers is counted in 32 bits
  if (rows <= most_rows) return static_cast<int>(rows);
  throw LimitError("eigenvalues",
                   "a matrix of " + std::to_string(rows) + " rows, expected at most " +
                       std::to_string(most_rows),
                   "ask for a few of them");
}

void check(int info, const std::string& what) {
  if (info != 0) throw LimitError(what, "the solver of LAPACK does not converge");
}

/// Calls `solve(work, size)` for what work it wants, and again with that.
template <typename Solve>
void with_work(Index rows, const Solve& solve) {
  choose_threads(rows);
  double wanted = 0;
  solve(&wanted, -1);
  std::vector<double> work(static_cast<std::size_t>(wanted));
  solve(work.data(), static_cast<int>(wanted));
}

enum class Vectors { no, yes };

/// @param a becomes the eigenvectors, one in each row
Vector symmetric(Matrix& a, Vectors vectors) {
  const int n = size_of(a.rows()), whole = 3 + 5 * n;
  const char* job = vectors == Vectors::yes ? "V" : "N";
  Vector values(n);
  std::vector<int> whole_work(static_cast<std::size_t>(whole));
  int info = 0;
  with_work(a.rows(), [&](double* work, int size) {
    const int whole_size = size < 0 ? -1 : whole;
    dsyevd_(job, "U", &n, a.data(), &n, values.data(), work, &size, whole_work.data(), &whole_size,
            &info, 1, 1);
  });
  check(info, "eigenvalues");
  return values;
}

}  // namespace

Vector symmetric_eigenvalues(const Matrix& a) {
  Matrix work = a;
  return symmetric(work, Vectors::no);
}

Eigensystem symmetric_eigensystem(const Matrix& a) {
  Eigensystem found{{}, a};
  found.values = symmetric(found.modes, Vectors::yes);
  return found;
}

std::vector<std::complex<double>> eigenvalues(const Matrix& a) {
  const int n = size_of(a.rows()), one = 1;
  Matrix left = a;
  Vector real(n), imaginary(n);
  int info = 0;
  with_work(a.rows(), [&](double* work, int size) {
    dgeev_("N", "N", &n, left.data(), &n, real.data(), imaginary.data(), nullptr, &one, nullptr,
           &one, work, &size, &info, 1, 1);
  });
  check(info, "eigenvalues");
  std::vector<std::complex<double>> values;
  values.reserve(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) values.emplace_back(real[i], imaginary[i]);
  return values;
}

Vector singular_values(const Matrix& a) {
  const int rows = size_of(a.cols()), columns = size_of(a.rows()), one = 1;
  Matrix left = a;
  Vector values(std::min(rows, columns));
  std::vector<int> whole_work(static_cast<std::size_t>(8 * values.size()));
  int info = 0;
  with_work(a.rows(), [&](double* work, int size) {
    dgesdd_("N", &rows, &columns, left.data(), &rows, values.data(), nullptr, &one, nullptr, &one,
            work, &size, whole_work.data(), &info, 1);
  });
  check(info, "singular values");
  return values;
}

}  // namespace attngraph::lapack
