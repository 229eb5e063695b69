#pragma once

#include <string>
#include <utility>

#include "report/answer/passing_sink.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

/// Says in every picture of an answer that its numbers are ratios, in the title and where they are
/// named.
class RatioPicture : public PassingSink {
 public:
  /// @param what behind the title: `over uniform causal attention`
  /// @param sign behind the name of a number: ` / null`
  RatioPicture(Sink& to, std::string what, std::string sign)
      : PassingSink(to), what_(std::move(what)), sign_(std::move(sign)) {}

  void begin_matrices(const MatrixSeries& series) override { to_.begin_matrices(series); }
  void matrix(const MatrixPlace& place, MatrixView values) override { to_.matrix(place, values); }
  void picture(const Picture& picture) override;

 private:
  std::string what_, sign_;
};

}  // namespace attngraph
