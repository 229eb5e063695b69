#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/index_list.hpp"
#include "core/limits.hpp"
#include "reading/request.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Which attention of a file is meant, how its arrays are to be read, and what is asked about.
struct StackRequest : ReadingRequest {
  IndexList layers;
  IndexList heads;
  std::optional<Fuse> fuse;
  Normalize normalize = Normalize::check;
  /// Merge sub-word pieces (`words`), leave out special tokens (`drop-special`), and divide
  /// rows by their sum afterwards (`renormalize`).
  bool words = false;
  bool drop_special = false;
  bool renormalize = false;
  /// Named ranges of tokens (`segments`); empty: none.
  std::string segments;
  /// Bounds the memory of one head.
  Limits limits;
};

/// The attention of a dump, selected and checked (check_attention).
/// @throws LimitError where one head would not fit into memory
Attention stack_from_dump(const Dump& dump, const StackRequest& request,
                          std::vector<std::string>& notes);

}  // namespace attngraph
