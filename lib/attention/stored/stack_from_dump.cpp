#include "attention/stored/stack_from_dump.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "core/text.hpp"
#include "reading/generate_steps.hpp"

namespace attngraph {
namespace {

std::string names_of(const std::vector<NamedTensor>& tensors) {
  constexpr std::size_t shown = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, tensors.size()); ++i) {
    text += (i == 0 ? "" : ", ") + tensors[i].name + " " + shape_text(tensors[i].tensor.shape());
  }
  if (tensors.size() > shown) text += " and " + std::to_string(tensors.size() - shown) + " more";
  return text;
}

/// `FILE` or `FILE: name`
std::string place_of(const std::string& source, const NamedTensor& named) {
  return named.name.empty() ? source : source + ": " + named.name;
}

const NamedTensor* named(const Dump& dump, std::string_view name) {
  const auto found = std::find_if(dump.tensors.begin(), dump.tensors.end(),
                                  [&](const NamedTensor& t) { return t.name == name; });
  return found == dump.tensors.end() ? nullptr : &*found;
}

/// Applies `dtype`.
Tensor read_as(const NamedTensor& tensor, const StackRequest& request, const std::string& source) {
  if (!request.dtype || *request.dtype == tensor.tensor.dtype()) return tensor.tensor;
  if (dtype_size(*request.dtype) != dtype_size(tensor.tensor.dtype())) {
    throw ArgumentError("$dtype", place_of(source, tensor) + " holds " +
                                      std::string(dtype_name(tensor.tensor.dtype())) +
                                      ", whose bytes cannot be read as " +
                                      std::string(dtype_name(*request.dtype)));
  }
  return tensor.tensor.reinterpreted(*request.dtype);
}

/// [layer, head, query, key] of one array, its batch chosen.
Tensor without_batch(const NamedTensor& named, const Axes& axes, const StackRequest& request,
                     const std::string& source) {
  const Tensor all = with_all_axes(read_as(named, request, source), axes);
  const std::size_t batches = all.shape()[0];
  if (!request.batch && batches > 1) {
    throw InputError(place_of(source, named),
                     "shape " + shape_text(named.tensor.shape()) + " read as " + axes_text(axes) +
                         " holds a batch of " + std::to_string(batches),
                     "choose one with $batch 0, or say what the axes are with $axes");
  }
  const std::size_t batch = request.batch.value_or(0);
  if (batch >= batches) {
    throw ArgumentError("$batch", "there is no " + std::to_string(batch) + " in a batch of " +
                                      std::to_string(batches));
  }
  return all.at(0, batch);
}

Axes axes_of(const NamedTensor& named, bool array_per_layer, const StackRequest& request,
             const std::string& source) {
  const std::size_t rank = named.tensor.rank();
  if (request.axes.size() == rank) return request.axes;
  if (!request.axes.empty()) {
    throw ArgumentError("$axes", axes_text(request.axes) + " names " +
                                     std::to_string(request.axes.size()) + " axes, but " +
                                     place_of(source, named) + " has shape " +
                                     shape_text(named.tensor.shape()));
  }
  const Axes axes = default_axes(rank, array_per_layer);
  if (axes.empty()) {
    throw InputError(
        place_of(source, named),
        "shape " + shape_text(named.tensor.shape()) + " is no attention, expected 2 to " +
            (array_per_layer ? "4" : "5") + " axes",
        "attention is [query, key], with head, layer and batch before; $axes names them");
  }
  return axes;
}

void check_tokens(const std::vector<std::string>& tokens, std::size_t queries, std::size_t keys,
                  const std::string& source) {
  if (tokens.empty() || tokens.size() == keys) return;
  throw InputError(source + ": tokens",
                   std::to_string(tokens.size()) + " labels for attention with " +
                       std::to_string(queries) + " queries and " + std::to_string(keys) + " keys",
                   "give one label for each key");
}

/// What the request does to the tokens; nothing where they stay as they are.
std::optional<Grouping> grouping_of(const StackRequest& request, const AttentionStack& stack,
                                    std::vector<std::string>& notes) {
  if (!request.words && !request.drop_special && request.segments.empty()) {
    if (request.renormalize) {
      throw ArgumentError("$renormalize", "goes with $drop-special, $words or $segments",
                          "$normalize rows divides the rows of the file by their sums");
    }
    return std::nullopt;
  }
  if (stack.queries() != stack.keys()) {
    throw ArgumentError("", "tokens are put together only where queries and keys are the same");
  }
  const bool needs_tokens = request.words || request.drop_special;
  if (needs_tokens && stack.tokens().empty()) {
    throw ArgumentError(request.words ? "$words" : "$drop-special", "the input has no tokens",
                        "give them with $tokens FILE");
  }
  if (!request.segments.empty() && needs_tokens) {
    throw ArgumentError("$segments", "does not go with $words or $drop-special",
                        "segments are ranges of the file's tokens");
  }
  Grouping grouping = request.segments.empty() ? single_tokens(stack.tokens())
                                               : segments(request.segments, stack.keys());
  grouping.renormalize = request.renormalize;
  if (request.words) {
    grouping = words(grouping);
    if (grouping.labels.size() == stack.keys()) {
      notes.push_back("no token is a piece of a word: $words changes nothing");
    }
  }
  if (request.drop_special) grouping = without_special(std::move(grouping));
  return grouping;
}

/// What layers of one kind have in common.
std::string without_digits(std::string name) {
  std::erase_if(name, [](char c) { return c >= '0' && c <= '9'; });
  return name;
}

std::vector<NamedTensor> chosen_tensors(const Dump& dump, const StackRequest& request) {
  std::vector<NamedTensor> chosen;
  const auto choose = [&](auto fits) {
    std::copy_if(dump.tensors.begin(), dump.tensors.end(), std::back_inserter(chosen), fits);
  };
  if (!request.tensor.empty()) {
    choose([&](const NamedTensor& t) { return name_fits(request.tensor, t.name); });
    if (chosen.empty()) {
      require_read(dump, [&](const auto& name) { return name_fits(request.tensor, name); });
      throw ArgumentError("$tensor",
                          "nothing in " + dump.source + " is called '" + request.tensor + "'",
                          "it holds " + names_of(dump.tensors));
    }
    return chosen;
  }
  for (const std::string_view name : {"attention", "attentions", "attn", "weights"}) {
    if (const NamedTensor* found = named(dump, name)) return {*found};
    require_read(dump, [&](const auto& left) { return left == name; });
  }
  if (named(dump, "query") && named(dump, "key")) {
    throw InputError(dump.source, "holds query and key, not attention",
                     "attngraph attend $query " + dump.source + ":query $key " + dump.source +
                         ":key computes the attention");
  }
  choose([](const NamedTensor& t) { return t.tensor.rank() >= 2; });
  if (chosen.empty()) {
    throw InputError(dump.source, "holds no attention: " + names_of(dump.tensors),
                     "attention is an array [query, key], with head, layer and batch before");
  }
  return chosen;
}

}  // namespace

std::vector<NamedTensor> attention_tensors(const Dump& dump, const StackRequest& request) {
  std::vector<NamedTensor> chosen = chosen_tensors(dump, request);
  // One layer that could not be read is no layer to leave out.
  require_read(dump, [&](const std::string& name) {
    return std::any_of(chosen.begin(), chosen.end(), [&](const NamedTensor& tensor) {
      return without_digits(tensor.name) == without_digits(name);
    });
  });
  return chosen;
}

std::vector<Tensor> layer_tensors(const std::vector<NamedTensor>& tensors,
                                  const StackRequest& request, const std::string& source,
                                  std::vector<std::string>& notes) {
  if (auto steps = assembled_steps(tensors, source)) {
    notes.push_back(std::to_string(tensors.size()) + " steps of generate() put together to " +
                    std::to_string(steps->size()) + " layers " +
                    shape_text(steps->front().shape()));
    return *steps;
  }
  const bool array_per_layer = tensors.size() > 1;
  std::vector<Tensor> layers;
  for (const auto& named : tensors) {
    const Axes axes = axes_of(named, array_per_layer, request, source);
    if (layers.empty() && named.tensor.rank() > 2 && request.axes.empty()) {
      notes.push_back((array_per_layer ? std::to_string(tensors.size()) + " arrays, one per layer, "
                                       : std::to_string(named.tensor.rank()) + "-D array ") +
                      "read as " + axes_text(axes));
    }
    const Tensor array = without_batch(named, axes, request, source);
    for (std::size_t l = 0; l < array.shape()[0]; ++l) layers.push_back(array.at(0, l));
    if (layers.back().shape() != layers.front().shape()) {
      throw InputError(place_of(source, named),
                       "shape " + shape_text(named.tensor.shape()) + " differs from that of " +
                           tensors.front().name + ", " + shape_text(tensors.front().tensor.shape()),
                       "choose the attention with $tensor NAME or a glob such as $tensor '*attn*'");
    }
  }
  return layers;
}

AttentionStack stack_from_dump(const Dump& dump, const StackRequest& request,
                               std::vector<std::string>& notes) {
  auto layers = layer_tensors(attention_tensors(dump, request), request, dump.source, notes);
  const Shape shape = layers.front().shape();
  check_memory(request.limits, {shape[1], shape[2], 2 * sizeof(double)}, "the weights of one head",
               "attend, heads, sparsify and graph answer from $query and $key without "
               "the matrix");
  const auto& tokens = request.tokens.empty() ? dump.tokens : request.tokens;
  check_tokens(tokens, shape[1], shape[2], dump.source);
  if (!is_floating(layers.front().dtype())) {
    notes.push_back(std::string(dtype_name(layers.front().dtype())) + " read as numbers");
  }
  AttentionStack whole(std::move(layers), tokens, dump.source);
  if (request.causal) whole.set_causal(*request.causal);
  const auto chosen_layers = request.layers.resolve(whole.layers(), "$layer");
  const auto chosen_heads = request.heads.resolve(whole.heads(), "$head");
  const auto found =
      check_attention(whole.selected(chosen_layers, chosen_heads, {}), request.normalize);
  notes.insert(notes.end(), found.begin(), found.end());
  if (request.normalize == Normalize::rows) whole.normalize_rows();
  if (auto grouping = grouping_of(request, whole, notes)) whole.set_grouping(std::move(*grouping));
  return whole.selected(chosen_layers, chosen_heads, request.fuse);
}

}  // namespace attngraph
