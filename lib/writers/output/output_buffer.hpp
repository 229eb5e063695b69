#pragma once

#include <cstddef>
#include <string>

#include "writers/output/output.hpp"

namespace attngraph {

/// Text on its way to an Output, handed over in large pieces.
class OutputBuffer {
 public:
  explicit OutputBuffer(Output& output) : output_(output) { text_.reserve(2 * piece); }

  /// To append to; call flush_if_full now and then.
  std::string& text() { return text_; }

  /// Bytes that are many already are handed over as they are.
  void append(std::string_view bytes) {
    if (bytes.size() < piece) {
      text_ += bytes;
      return flush_if_full();
    }
    flush();
    output_.write(bytes);
  }

  void flush_if_full() {
    if (text_.size() >= piece) flush();
  }
  void flush() {
    output_.write(text_);
    text_.clear();
  }

 private:
  static constexpr std::size_t piece = 1 << 16;
  Output& output_;
  std::string text_;
};

}  // namespace attngraph
