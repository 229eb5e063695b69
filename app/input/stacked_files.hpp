#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// A file of `--stack`, and what its layer is called.
struct StackedFile {
  std::string name;
  std::string path;

  bool operator==(const StackedFile&) const = default;
};

/// The files at `paths` in natural order of their names; where two have the same, as in
/// `layer_2/attn.npy` and `layer_10/attn.npy`, all are called with the folders in which they
/// differ.
std::vector<StackedFile> stacked_files(const std::vector<std::string>& paths);

}  // namespace attngraph
