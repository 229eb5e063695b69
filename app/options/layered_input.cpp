// Queries and keys that globs name, an array for each layer.
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/attention_options.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"

namespace attngraph {

bool AttentionOptions::of_layers(Job& job) const {
  return job.names_several(files_.file("query")) || job.names_several(files_.file("key"));
}

AttendInput AttentionOptions::layered_input(Job& job, ReadingRequest request,
                                            const TensorOptions& values,
                                            AttendOptions& chosen) const {
  TensorOptions single = files_, others = values;
  const Dump& file = job.file_of(files_.file(files_.given("query") ? "query" : "key"));
  TokenFamilies layers;
  const auto take = [&](TensorOptions& options, const char* name, Family& family) {
    if (options.given(name)) family = job.arrays_named(options.file(name));
    options.leave_out(name);
  };
  take(single, "query", layers.query);
  take(single, "key", layers.key);
  take(others, "value", layers.value);
  AttendInput tensors;
  single.read(job, request.dtype, tensors);
  others.read(job, request.dtype, tensors);
  if (layers.key.members.empty()) throw ArgumentError("--key", "is missing");
  request.heads_in_width = rules.heads.has_value();
  const TokenArrays arrays = token_arrays(layers, file, request);
  tensors.query = arrays.query.empty() && request.keys_suffice ? arrays.key : arrays.query;
  tensors.key = arrays.key;
  tensors.value = arrays.value;
  chosen.axes = read_axes(request);
  chosen.file_axes = arrays.axes;
  chosen.guessed_axes = arrays.guessed_axes;
  return tensors;
}

}  // namespace attngraph
