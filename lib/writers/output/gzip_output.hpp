#pragma once

#include <memory>

#include "writers/output/output.hpp"

namespace attngraph {

/// Compresses what is written, the same bytes for the same text: gzip members of a megabyte each,
/// which every reader of gzip takes as one file.
std::unique_ptr<Output> gzip_output(std::unique_ptr<Output> compressed);

}  // namespace attngraph
