#pragma once

#include <string>
#include <vector>

#include "report/answer/passing_sink.hpp"

namespace attngraph {

/// Hands on these columns of the rows alone, in this order; all of them stay, however narrow the
/// terminal.
class ChosenColumns : public PassingSink {
 public:
  ChosenColumns(Sink& to, std::vector<std::string> names)
      : PassingSink(to), names_(std::move(names)) {}

  /// @throws ArgumentError naming `columns` where the rows have no such column
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;

 private:
  std::vector<std::string> names_;
  /// Where they are among the columns of the answer.
  std::vector<std::size_t> chosen_;
};

}  // namespace attngraph
