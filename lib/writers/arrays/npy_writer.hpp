#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "writers/output/output_buffer.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// The header of an NPY 1.0 file: little-endian float32 or float64, C order, padded to 64 bytes.
std::string npy_header_text(const std::vector<std::size_t>& shape, bool single_precision);

/// A series of matrices as one array of its shape, matrix by matrix as they come.
class NpyWriter : public Writer {
 public:
  NpyWriter(const Format& format, Output& output, const WriterSettings& settings,
            Messages& messages);

  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  void finish() override;

 protected:
  OutputBuffer buffer_;

  /// Takes the next bytes of the array file; as they are, unless overridden.
  virtual void append(std::string_view bytes);
  /// Before the first bytes of an array file of `size` bytes.
  virtual void begin_array(const MatrixSeries& series, std::size_t size);

 private:
  bool single_precision_ = false;
  bool begun_ = false;
  std::size_t values_left_ = 0;

  template <typename Stored>
  void append_values(MatrixView values);
};

}  // namespace attngraph
