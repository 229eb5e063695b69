// The tensors that file options name.
#include <algorithm>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/text/shell_path.hpp"
#include "core/text/text.hpp"
#include "input/file_member.hpp"
#include "input/job.hpp"
#include "reading/arrays/chosen_arrays.hpp"
#include "reading/arrays/numbers/same_layers.hpp"
#include "reading/arrays/tokens/split_width.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"
#include "reading/reading.hpp"

namespace attngraph {
namespace {

/// How to name what the file has.
std::string naming(const Dump& dump) {
  std::string names;
  for (const auto& named : dump.tensors) names += (names.empty() ? "" : ", ") + named.name;
  if (names.empty())
    return "it holds one array, which has no name: write " + shell_path(dump.source);
  return "name one as " + shell_path(dump.source) + ":NAME; it holds " + names;
}

Tensor member(const Dump& dump, const std::string& name) {
  if (name.empty() && dump.tensors.size() == 1) return dump.tensors.front().tensor;
  for (const auto& named : dump.tensors) {
    if (named.name == name) return named.tensor;
  }
  require_read(dump, [&](const std::string& left) { return left == name; });
  if (dump.tensors.empty()) throw InputError(dump.source, "holds no tensor", "");
  throw InputError(dump.source,
                   name.empty() ? "holds " + std::to_string(dump.tensors.size()) + " tensors"
                                : "holds no tensor called '" + name + "'",
                   naming(dump));
}

bool has_axis(const Axes& axes, Axis axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

const Axes layers_of_flat{Axis::layer, Axis::token, Axis::width};

/// Three axes whose heads may lie side by side in the width.
void refuse_flat(const Tensor& values, const Attention& attention, const std::string& option) {
  const Shape& shape = values.shape();
  if (shape.size() != 3 || shape[1] != attention.keys()) return;
  const bool parts = attention.file_heads() > 1 && shape[2] % attention.file_heads() == 0;
  const std::string what = "shape " + shape_text(shape) + " may be [head, token, width], or ";
  const std::string heads = std::to_string(attention.file_heads());
  if (parts && shape[0] == 1) {
    throw InputError(option, what + "[batch, token, width] with heads side by side in the width",
                     "say which: --heads 1 of the width " + std::to_string(shape[2]) +
                         " that all share, or --heads " + heads);
  }
  if (attention.layers() > 1) {
    throw InputError(option, what + "[layer, token, width] with heads side by side in the width",
                     "choose a layer with --layer, or, where heads lie side by side, say how many "
                     "there are: --heads " +
                         heads);
  }
}

}  // namespace

Tensor Job::tensor(const std::string& option) {
  if (option.empty()) return {};
  const auto [path, name] = file_member(option, inputs_.front());
  return member(file(path), name);
}

const Dump& Job::file_of(const std::string& option) {
  return file(file_member(option, inputs_.front()).path);
}

bool Job::names_several(const std::string& option) {
  if (option.empty()) return false;
  const auto [path, name] = file_member(option, inputs_.front());
  if (name.find_first_of("*?[") == name.npos) return false;
  const auto& tensors = file(path).tensors;
  return std::none_of(tensors.begin(), tensors.end(),
                      [&, &wanted = name](const NamedTensor& one) { return one.name == wanted; });
}

Family Job::arrays_named(const std::string& option) {
  const auto [path, name] = file_member(option, inputs_.front());
  if (!names_several(option)) {
    return families({{name, tensor(option)}}).front();
  }
  const Dump& dump = file(path);
  std::vector<NamedTensor> named;
  for (const NamedTensor& one : dump.tensors) {
    if (name_fits(name, one.name)) named.push_back(one);
  }
  const std::vector<Family> found = families(named);
  if (found.size() == 1) return found.front();
  throw InputError(dump.source,
                   found.empty() ? "holds no tensor called '" + name + "'"
                                 : "'" + name + "' names arrays of different kinds, " +
                                       family_text(found[0]) + " and " + family_text(found[1]),
                   naming(dump));
}

Tensor Job::layers_of_tokens(const std::string& option, const ReadingRequest& request) {
  const TokenFamilies values{{}, arrays_named(option), {}};
  check_layers({values.key, "$value", file_of(option).source});
  return token_arrays(values, file_of(option), request).key;
}

Tensor Job::values_beside(const Attention& attention, const std::string& option) {
  if (option.empty()) return {};
  const bool several = names_several(option);
  if (holds_queries_and_keys(dump())) {
    return several ? layers_of_tokens(option, request_) : tensor(option);
  }
  ReadingRequest request = request_;
  if (!are_of_tokens(request.axes)) request.axes.clear();
  auto heads = common_.computed.rules.heads;
  const Family arrays = arrays_named(option);
  if (!several && request.axes.empty()) {
    Tensor alone = arrays.members.front().tensor;
    if (!heads) {
      refuse_flat(alone, attention, option);
      return alone;
    }
    if (alone.rank() == 3 && attention.layers() > 1) request.axes = layers_of_flat;
  }
  // As in one array [token, width] for all heads.
  const bool flat = request.axes.empty() ? arrays.rank() == 2 : !has_axis(request.axes, Axis::head);
  if (flat && !heads) heads = attention.file_heads();
  request.heads_in_width = heads.has_value();
  Tensor all = several ? layers_of_tokens(option, request)
                       : token_arrays({{}, arrays, {}}, file_of(option), request).key;
  if (heads) all = split_width(all, *heads);
  const bool layers = several || has_axis(request.axes, Axis::layer);
  return layers || all.shape()[0] > 1 ? all : all.at(0, 0);
}

void Job::check_layers(const NamedArrays& arrays) {
  if (inputs_.front().empty() || common_.computed.given() || !dump().edges.empty()) return;
  const StackRequest request = with_tokens(request_);
  const Family attention = arrays_of_layers(dump(), request);
  require_same_layers({attention, "$tensor", dump().source}, arrays, false);
}

}  // namespace attngraph
