#include "input/transition_input.hpp"

#include <charconv>
#include <string>

#include "core/error.hpp"
#include "input/job.hpp"
#include "options/options.hpp"
#include "reading/arrays/chosen_arrays.hpp"

namespace attngraph {
namespace {

std::function<void(const std::string&)> layer_reader(std::optional<std::int64_t>& layer,
                                                     const std::string& option) {
  return [&layer, option](const std::string& text) {
    std::int64_t index = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, index);
    if (read.ec != std::errc{} || read.ptr != end) {
      throw ArgumentError(option, "'" + text + "' is not the index of a layer");
    }
    layer = index;
  };
}

}  // namespace

void declare_layers(OptionTable& options, Residual& residual,
                    std::optional<std::int64_t>& start_layer,
                    std::optional<std::int64_t>& end_layer) {
  options.parsed(
      "--residual", "SHARE|none|add|raw", "0.5",
      [&residual](const std::string& text) { residual = residual_named(text); },
      "the residual connection: its share of a layer; none; I + F; or F + I normalised");
  options.parsed("--start-layer", "LAYER", "", layer_reader(start_layer, "--start-layer"),
                 "first layer (default: the first selected)");
  options.parsed("--end-layer", "LAYER", "", layer_reader(end_layer, "--end-layer"),
                 "last layer, included (default: the last selected)");
}

Attention transition_stack(Job& job, TransitionOptions& transition) {
  StackRequest request = job.request();
  transition.fuse = request.fuse.value_or(Fuse::mean);
  request.fuse.reset();
  Attention stack = job.attention(request);
  const bool arrays = !job.common().computed.given() && job.dump().edges.empty() &&
                      !holds_queries_and_keys(job.dump());
  if (arrays && request.axes.empty() && stack.layers() == 1 && stack.heads() > 1) {
    job.note("one layer with " + std::to_string(stack.heads()) +
             " heads; if these are layers, say --axes layer,query,key");
  }
  return stack;
}

}  // namespace attngraph
