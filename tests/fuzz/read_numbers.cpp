// Reads the files that standard input names, one a line, and says of each what it holds: one JSON
// object a line, with the shape of each array, the CRC-32 of its numbers as little-endian float64,
// labels and how much was left unread; or why it is refused. For differential.py.
#include <libdeflate.h>

#include <cmath>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "formats/file_bytes.hpp"
#include "formats/read_dump.hpp"

using namespace attngraph;

namespace {

nlohmann::json numbers_of(const Tensor& tensor) {
  std::vector<double> values = tensor.to_doubles();
  for (double& value : values) {
    if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();  // one for all
  }
  return {{"shape", tensor.shape()},
          {"crc", libdeflate_crc32(0, values.data(), values.size() * sizeof(double))}};
}

nlohmann::json contents_of(const std::string& path) {
  Limits limits;
  limits.memory = std::size_t{1} << 28;
  const Dump dump = read_dump(file_bytes(path, limits), path, {limits});
  nlohmann::json tensors = nlohmann::json::object();
  for (const auto& [name, tensor] : dump.tensors) tensors[name] = numbers_of(tensor);
  return {{"format", dump.format},
          {"tensors", tensors},
          {"tokens", dump.tokens},
          {"unread", dump.unread.size()}};
}

}  // namespace

int main() {
  for (std::string path; std::getline(std::cin, path);) {
    nlohmann::json told;
    try {
      told = contents_of(path);
    } catch (const Error& error) {
      told["refused"] = error.problem();
    }
    // Texts of a damaged file are not always UTF-8.
    std::cout << told.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) << "\n";
  }
}
