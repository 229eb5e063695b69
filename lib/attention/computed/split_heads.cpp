#include "attention/computed/split_heads.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"

namespace attngraph {
namespace {

/// One of queries, keys and values as the user gave it.
struct Part {
  const char* name;
  Tensor tokens;
  Tensor weight;
  Tensor bias;
  std::string option() const { return std::string("$") + name; }
  std::string weight_option() const { return std::string("$w") + name[0]; }
  std::string bias_option() const { return std::string("$b") + name[0]; }
};

struct Parts {
  Part query, key, value;
};

Parts parts_of(const AttendInput& input) {
  Parts parts{{"query", input.query, input.wq, input.bq},
              {"key", input.key, input.wk, input.bk},
              {"value", input.value, input.wv, input.bv}};
  if (!input.input.empty()) {
    for (Part* part : {&parts.query, &parts.key, &parts.value}) {
      if (!part->tokens.empty()) {
        throw ArgumentError("$input",
                            "stands in place of " + part->option() + ", give one of them");
      }
      if (!part->weight.empty()) part->tokens = input.input;
    }
    if (parts.query.weight.empty()) throw ArgumentError("$wq", "is missing, $input needs it");
    if (parts.key.weight.empty()) throw ArgumentError("$wk", "is missing, $input needs it");
  }
  if (parts.query.tokens.empty()) throw ArgumentError("$query", "is missing");
  if (parts.key.tokens.empty()) throw ArgumentError("$key", "is missing");
  for (const Part* part : {&parts.query, &parts.key, &parts.value}) {
    if (part->weight.empty() && !part->bias.empty()) {
      throw ArgumentError(part->bias_option(), "needs " + part->weight_option());
    }
    if (part->tokens.empty() && !part->weight.empty()) {
      throw ArgumentError(part->weight_option(), "needs " + part->option());
    }
  }
  return parts;
}

bool projected(const Parts& parts) {
  return !parts.query.weight.empty() || !parts.key.weight.empty() || !parts.value.weight.empty();
}

void check_projection(const Part& part, std::size_t in) {
  const Shape& shape = part.weight.shape();
  if (shape.size() != 2 || shape[1] != in) {
    throw InputError(part.weight_option(), "has shape " + shape_text(shape) + ", expected [out, " +
                                               std::to_string(in) + "]");
  }
  if (part.bias.empty() || part.bias.shape() == Shape{shape[0]}) return;
  throw InputError(part.bias_option(), "has shape " + shape_text(part.bias.shape()) +
                                           ", expected [" + std::to_string(shape[0]) + "]");
}

/// A part whose heads lie side by side in the last axis.
/// @param tokens [place, token, width]
/// @param head_width of the result, where it is known; else the heads are
ProjectedHeads side_by_side(const Part& part, const Tensor& tokens, const AttendOptions& options,
                            std::size_t heads, std::size_t head_width) {
  const std::size_t in = tokens.shape()[2];
  const bool shared = options.shared_projection && !part.weight.empty();
  if (shared) {
    if (in % heads != 0) {
      throw InputError(part.option(), "has width " + std::to_string(in) +
                                          ", which is no multiple of " + std::to_string(heads) +
                                          " heads");
    }
    check_projection(part, in / heads);
    return {tokens, part.weight, part.bias, {heads, part.weight.shape()[0], true}};
  }
  if (!part.weight.empty()) check_projection(part, in);
  const std::size_t width = part.weight.empty() ? in : part.weight.shape()[0];
  const std::size_t divisor = head_width != 0 ? head_width : heads;
  if (width % divisor != 0) {
    throw InputError(part.weight.empty() ? part.option() : part.weight_option(),
                     "gives width " + std::to_string(width) + ", which is no multiple of " +
                         std::to_string(divisor) +
                         (head_width != 0 ? ", the width of a query head" : " heads"));
  }
  const std::size_t count = head_width != 0 ? width / head_width : heads;
  return {tokens, part.weight, part.bias, {count, width / count, false}};
}

ProjectedHeads own_axis(const Tensor& tokens) {
  return {tokens, {}, {}, {tokens.shape()[1], tokens.shape()[3], false}};
}

void check_rank(const Part& part, std::size_t rank) {
  if (part.tokens.rank() == rank) return;
  throw InputError(part.option(), "has shape " + shape_text(part.tokens.shape()) +
                                      ", expected as many axes as $query, " + std::to_string(rank));
}

bool contains(const Axes& axes, Axis axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

/// What the axes of queries are: as the options say, else by their number.
Axes axes_of(const Parts& parts, const AttendOptions& options) {
  const Tensor& query = parts.query.tokens;
  const std::size_t rank = query.rank();
  if (!options.axes.empty()) {
    if (!are_of_tokens(options.axes)) {
      throw ArgumentError("$axes", "names axes of attention, not of queries and keys",
                          "write for example $axes batch,token,head,width");
    }
    if (contains(options.axes, Axis::batch) && contains(options.axes, Axis::layer)) {
      throw ArgumentError("$axes", "names batch and layer, expected one of them",
                          "save one item of the batch");
    }
    return options.axes;
  }
  const bool own = !options.heads && !projected(parts);
  if (own && rank == 3 && query.shape()[2] > widest_head) {
    throw InputError(parts.query.option(),
                     "has shape " + shape_text(query.shape()) +
                         ", which may be [head, token, width], or [batch, token, width] with heads "
                         "side by side in the width",
                     "say which: $axes head,token,width, or how many there are with $heads");
  }
  const Axes axes = default_token_axes(rank, own ? HeadAxis::own : HeadAxis::in_width);
  if (axes.empty()) {
    throw InputError(parts.query.option(),
                     "has shape " + shape_text(query.shape()) + ", expected 2 to 4 axes");
  }
  return axes;
}

void check_fit(const SplitHeads& split) {
  const auto differ = [](const char* option, const char* what, std::size_t is,
                         std::size_t expected) {
    throw InputError(option, "has " + std::to_string(is) + " " + what + ", expected " +
                                 std::to_string(expected));
  };
  const char* places = split.leading == Leading::layer ? "layers" : "batch items";
  if (split.key.places() != split.query.places()) {
    differ("$key", places, split.key.places(), split.query.places());
  }
  if (split.key.width() != split.query.width()) {
    differ("$key", "columns in a head", split.key.width(), split.query.width());
  }
  if (split.query.heads() % split.key.heads() != 0) {
    throw InputError("$key", "has " + std::to_string(split.key.heads()) +
                                 " heads, expected a divisor of the " +
                                 std::to_string(split.query.heads()) + " query heads");
  }
  if (split.value.empty()) return;
  if (split.value.places() != split.key.places()) {
    differ("$value", places, split.value.places(), split.key.places());
  }
  if (split.value.heads() != split.key.heads()) {
    differ("$value", "heads", split.value.heads(), split.key.heads());
  }
  if (split.value.tokens() != split.key.tokens()) {
    differ("$value", "tokens", split.value.tokens(), split.key.tokens());
  }
}

}  // namespace

SplitHeads split_heads(const AttendInput& input, const AttendOptions& options) {
  Parts parts = parts_of(input);
  if (options.heads == std::size_t{0}) throw ArgumentError("$heads", "is 0, expected 1 or more");
  if (options.shared_projection && (!options.heads || !projected(parts))) {
    throw ArgumentError("$shared-projection", "needs $heads and a projection");
  }
  SplitHeads split;
  split.axes = axes_of(parts, options);
  for (Part* part : {&parts.query, &parts.key, &parts.value}) {
    if (part->tokens.empty()) continue;
    check_rank(*part, split.axes.size());
    part->tokens = in_token_order(part->tokens, split.axes, part->option());
  }
  const bool head_axis = contains(split.axes, Axis::head);
  if (head_axis && (projected(parts) || options.heads)) {
    throw ArgumentError(
        options.heads ? "$heads" : "$wq",
        "does not go with " + axes_text(split.axes) + ", which has its heads already");
  }
  split.leading = contains(split.axes, Axis::layer)   ? Leading::layer
                  : contains(split.axes, Axis::batch) ? Leading::batch
                                                      : Leading::none;
  split.has_head_axis = split.axes.size() > 2 || options.heads.has_value();
  const auto tensor = [&](const Part& part) {
    return split.leading == Leading::none ? part.tokens.with_axis(0) : part.tokens;
  };
  if (head_axis) {
    split.query = own_axis(tensor(parts.query));
    split.key = own_axis(tensor(parts.key));
    if (!parts.value.tokens.empty()) split.value = own_axis(tensor(parts.value));
  } else {
    const std::size_t heads = options.heads.value_or(1);
    split.query = side_by_side(parts.query, tensor(parts.query), options, heads, 0);
    split.key = side_by_side(parts.key, tensor(parts.key), options, heads,
                             options.heads ? split.query.width() : 0);
    if (!parts.value.tokens.empty()) {
      split.value = side_by_side(parts.value, tensor(parts.value), options, split.key.heads(), 0);
    }
  }
  check_fit(split);
  return split;
}

}  // namespace attngraph
