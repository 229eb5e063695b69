#include "formats/read_dump.hpp"

#include <utility>

#include "formats/arrays/npy.hpp"
#include "formats/arrays/npz.hpp"
#include "formats/arrays/pickled_object.hpp"
#include "formats/arrays/safetensors.hpp"
#include "formats/arrays/torch_archive.hpp"
#include "formats/arrays/torch_legacy.hpp"
#include "formats/file_kind.hpp"
#include "formats/graphs/edge_csv.hpp"
#include "formats/graphs/graphml.hpp"
#include "formats/json/json.hpp"

namespace attngraph {

namespace {

Dump read_zip(const Bytes& bytes, const std::string& source, const Limits& limits) {
  auto members = zip_members(bytes.data, source);
  if (is_torch_archive(members)) return read_torch_archive(bytes, members, source, limits);
  return read_npz(bytes, std::move(members), source, limits);
}

}  // namespace

Dump read_dump(Bytes bytes, const std::string& source, const ReadOptions& options) {
  switch (file_kind(bytes.data, source)) {
    case FileKind::npy:
      return read_npy(std::move(bytes), source, options.limits);
    case FileKind::zip:
      return read_zip(bytes, source, options.limits);
    case FileKind::pickle:
      return read_pickle_file(bytes, source, options.limits);
    case FileKind::torch_legacy:
      return read_torch_legacy(bytes, source, options.limits);
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
