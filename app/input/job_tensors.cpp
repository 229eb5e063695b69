// The tensors that file options name.
#include <algorithm>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "input/file_member.hpp"
#include "input/job.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"

namespace attngraph {
namespace {

/// How to name what the file has.
std::string naming(const Dump& dump) {
  std::string names;
  for (const auto& named : dump.tensors) names += (names.empty() ? "" : ", ") + named.name;
  if (names.empty()) return "it holds one array, which has no name: write " + dump.source;
  return "name one as " + dump.source + ":NAME; it holds " + names;
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

Tensor Job::layers_of_tokens(const std::string& option) {
  const TokenFamilies values{{}, arrays_named(option), {}};
  return token_arrays(values, file_of(option), request_).key;
}

}  // namespace attngraph
