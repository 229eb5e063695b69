#include "writers/arrays/npy_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <type_traits>

#include "core/error.hpp"

namespace attngraph {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

std::string npy_header_text(const std::vector<std::size_t>& shape, bool single_precision) {
  std::string text = "{'descr': '";
  text += single_precision ? "<f4" : "<f8";
  text += "', 'fortran_order': False, 'shape': (";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(shape[i]);
  }
  text += shape.size() == 1 ? ",), }" : "), }";
  constexpr std::size_t preamble = 10;  // magic, version, length
  while ((preamble + text.size() + 1) % 64 != 0) text += ' ';
  text += '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(text.size() & 0xff);
  header += static_cast<char>(text.size() >> 8);
  return header + text;
}

NpyWriter::NpyWriter(const Format& format, Output& output, const WriterSettings&,
                     Messages& messages)
    : Writer(format, messages), buffer_(output) {}

void NpyWriter::append(std::string_view bytes) { buffer_.append(bytes); }

void NpyWriter::begin_array(const MatrixSeries&, std::size_t) {}

void NpyWriter::begin_matrices(const MatrixSeries& series) {
  count_one("array");
  begun_ = true;
  single_precision_ = series.single_precision;
  values_left_ = 1;
  for (const std::size_t extent : series.shape) values_left_ *= extent;
  const std::string header = npy_header_text(series.shape, single_precision_);
  const std::size_t item = single_precision_ ? sizeof(float) : sizeof(double);
  begin_array(series, header.size() + values_left_ * item);
  append(header);
}

template <typename Stored>
void NpyWriter::append_values(MatrixView values) {
  const std::size_t count = values.rows * values.columns;
  const auto bytes = [](const Stored* numbers, std::size_t n) {
    return std::string_view(reinterpret_cast<const char*>(numbers), n * sizeof(Stored));
  };
  const Stored* stored = nullptr;
  if constexpr (std::is_same_v<Stored, float>) {
    stored = values.floats;
  } else {
    stored = values.doubles;
  }
  if (stored != nullptr) return append(bytes(stored, count));
  std::array<Stored, 4096> block;
  for (std::size_t begin = 0; begin < count; begin += block.size()) {
    const std::size_t n = std::min(block.size(), count - begin);
    for (std::size_t i = 0; i < n; ++i) block[i] = static_cast<Stored>(values[begin + i]);
    append(bytes(block.data(), n));
  }
}

void NpyWriter::matrix(const MatrixPlace&, MatrixView values) {
  assert(values.rows * values.columns <= values_left_);
  values_left_ -= values.rows * values.columns;
  if (single_precision_) {
    append_values<float>(values);
  } else {
    append_values<double>(values);
  }
}

void NpyWriter::finish() {
  assert(values_left_ == 0);
  if (!begun_) throw ArgumentError("$format", "npy and npz hold an array, this answer has none");
  buffer_.flush();
}

}  // namespace attngraph
