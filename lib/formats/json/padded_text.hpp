#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/limits.hpp"

namespace attngraph {

/// A text behind whose end some bytes more may be read, as readers in wide steps do: in place where
/// it lies in a mapped file whose last page goes on so far, else a copy.
class PaddedText {
 public:
  static constexpr std::size_t padding = 64;

  /// @param used bytes that were taken before
  /// @throws LimitError where a copy would exceed `limits.memory`
  PaddedText(std::string_view text, bool mapped, std::size_t used, const std::string& where,
             const Limits& limits);
  PaddedText(const PaddedText&) = delete;
  PaddedText& operator=(const PaddedText&) = delete;

  std::string_view text() const { return text_; }
  /// What the copy takes, if there is one.
  std::size_t bytes() const { return copy_.size(); }

 private:
  std::string copy_;
  std::string_view text_;
};

}  // namespace attngraph
