#pragma once

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensor/tensor.hpp"

namespace attngraph::oracle {

/// A small .npy file of `data/`, version 1.0, C order, little-endian float32, float64 or int64:
/// read without the readers of the program, so that floors below them can be tested.
inline Tensor npy_file(const std::string& path) {
  std::ifstream file(std::string(ATTNGRAPH_ROOT) + "/data/" + path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (bytes.size() < 10) throw std::runtime_error("no such file: " + path);
  const std::size_t header =
      static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  const std::string text = bytes.substr(10, header);
  const Dtype dtype = text.find("<f4") != std::string::npos   ? Dtype::f32
                      : text.find("<f8") != std::string::npos ? Dtype::f64
                                                              : Dtype::i64;
  Shape shape;
  const std::size_t open = text.find('(');
  const std::string axes = text.substr(open + 1, text.find(')') - open - 1);
  for (std::size_t at = 0; at < axes.size();) {
    std::size_t used = 0;
    shape.push_back(std::stoul(axes.substr(at), &used));
    at = axes.find(',', at + used);
    if (at == std::string::npos || axes.find_first_of("0123456789", at) == std::string::npos) break;
    ++at;
  }
  return Tensor(Bytes::from(bytes.substr(10 + header)), dtype, shape);
}

}  // namespace attngraph::oracle
