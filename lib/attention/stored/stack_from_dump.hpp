#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/index_list.hpp"
#include "core/limits.hpp"
#include "reading/axes.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Which attention of a file is meant, and how its arrays are to be read.
struct StackRequest {
  /// Name or glob of the tensors (`tensor`); empty: found by itself.
  std::string tensor;
  /// Meaning of the axes (`axes`); empty: by the rank.
  Axes axes;
  /// Read the numbers as this type (`dtype bfloat16` for uint16 arrays).
  std::optional<Dtype> dtype;
  std::optional<std::size_t> batch;
  IndexList layers;
  IndexList heads;
  std::optional<Fuse> fuse;
  /// Instead of the tokens in the file.
  std::vector<std::string> tokens;
  Normalize normalize = Normalize::check;
  /// Merge sub-word pieces (`words`), leave out special tokens (`drop-special`), and divide
  /// rows by their sum afterwards (`renormalize`).
  bool words = false;
  bool drop_special = false;
  bool renormalize = false;
  /// Named ranges of tokens (`segments`); empty: none.
  std::string segments;
  std::optional<bool> causal;
  /// Bounds the memory of one head.
  Limits limits;
};

/// The tensors of `dump` that hold attention, each with the name it has there: those that fit
/// `request.tensor`, else the one called `attention` or `attentions`, else all of two or more axes.
/// @throws InputError where there are none; the text lists what there is
std::vector<NamedTensor> attention_tensors(const Dump& dump, const StackRequest& request);

/// The tensors as layers [head, query, key]: one array for all layers or one for each, batch
/// chosen, steps of `generate()` put together. Appends to `notes` what was assumed.
/// @throws InputError where shapes do not fit together or a batch must be chosen
std::vector<Tensor> layer_tensors(const std::vector<NamedTensor>& tensors,
                                  const StackRequest& request, const std::string& source,
                                  std::vector<std::string>& notes);

/// The attention of a dump, selected and checked (check_attention).
/// @throws LimitError where one head would not fit into memory
Attention stack_from_dump(const Dump& dump, const StackRequest& request,
                          std::vector<std::string>& notes);

}  // namespace attngraph
