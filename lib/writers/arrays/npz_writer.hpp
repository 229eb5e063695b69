#pragma once

#include <cstdint>
#include <string>

#include "writers/arrays/npy_writer.hpp"

namespace attngraph {

/// An array as the one stored member of a ZIP archive: `attention` for weights, else named after
/// the value column. Streamed: the checksum follows the data, and Zip64 fields stand where 4 GiB
/// do not suffice. Data begin at a multiple of 64, so that a reader may use them in place.
class NpzWriter : public NpyWriter {
 public:
  using NpyWriter::NpyWriter;

  void finish() override;

 protected:
  void append(std::string_view bytes) override;
  void begin_array(const MatrixSeries& series, std::size_t size) override;

 private:
  std::string name_;
  std::uint64_t size_ = 0;
  std::uint64_t local_size_ = 0;
  std::uint32_t checksum_ = 0;
  bool zip64_ = false;

  std::string directory_entry() const;
  void append_end();
};

}  // namespace attngraph
