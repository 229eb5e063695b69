#pragma once

#include <string>
#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// Puts edge lists of several files below each other as the layers of one stack. They keep their
/// layer numbers where no two files share one; else each file is the next layer.
class StackedEdges {
 public:
  /// The lists of the next file, over the nodes of those before.
  /// @throws InputError where its nodes are others
  void add(const Dump& part);

  bool empty() const { return files_.empty(); }
  /// @throws InputError where files share layers and one of them has several
  void finish(Dump& stack);

 private:
  std::vector<std::vector<EdgeList>> files_;
  std::vector<std::string> sources_;
  std::vector<std::string> tokens_;
  std::size_t nodes_ = 0, queries_ = 0;

  std::vector<std::int32_t> numbers_of(const Dump& part) const;
  bool share_layers() const;
};

}  // namespace attngraph
