#include "formats/read_dump.hpp"

#include <utility>

#include "formats/arrays/npy.hpp"
#include "formats/arrays/npz.hpp"
#include "formats/arrays/safetensors.hpp"
#include "formats/file_kind.hpp"
#include "formats/graphs/edge_csv.hpp"
#include "formats/graphs/graphml.hpp"
#include "formats/json/json.hpp"

namespace attngraph {

Dump read_dump(Bytes bytes, const std::string& source, const ReadOptions& options) {
  switch (file_kind(bytes.data, source)) {
    case FileKind::npy:
      return read_npy(std::move(bytes), source);
    case FileKind::npz:
      return read_npz(bytes, source, options.limits);
    case FileKind::safetensors:
      return read_safetensors(bytes, source, options.limits);
    case FileKind::json:
      return read_json(bytes, source, options.limits);
    case FileKind::edge_csv:
      return read_edge_csv(bytes, source, options.limits);
    case FileKind::graphml:
      return read_graphml(bytes, source, options.limits);
  }
  return {};
}

}  // namespace attngraph
