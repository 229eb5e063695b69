#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// The texts and whole numbers that stand in objects within a file, the first 1 MiB of them. A long
/// text is kept by its two ends.
class Fields {
 public:
  void text(const std::string& path, std::string_view text);
  void number(const std::string& path, std::int64_t number);
  /// A whole one as that, another as the text that it is written as.
  void real(const std::string& path, double number);

  std::vector<Field> taken() { return std::move(fields_); }

 private:
  std::vector<Field> fields_;
  std::size_t bytes_ = 0;

  bool has_room(std::size_t bytes);
};

}  // namespace attngraph
