#include "input/stacked_arrays.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "reading/arrays/numbers/said_numbers.hpp"
#include "tensor/number_words.hpp"

namespace attngraph {
namespace {

/// Whether what differs in the names of the arrays of one file is the number of a layer.
bool are_layers(const Family& arrays) {
  const auto varying = arrays.varying();
  return arrays.members.size() == 1 ||
         (varying.size() == 1 && counts_layers(arrays.names.front().words[varying.front()]));
}

}  // namespace

void StackedArrays::add(const FileMember& input, const Dump& part, const Family& arrays) {
  std::string path = input.path;
  const std::string member = ":" + input.member;
  if (path.ends_with(member)) path.resize(path.size() - member.size());
  files_.push_back({input.path, path, arrays, said_layer(part)});
}

bool StackedArrays::hold_several() const {
  return std::any_of(files_.begin(), files_.end(),
                     [](const File& file) { return file.arrays.members.size() > 1; });
}

bool StackedArrays::hold_layers_of_their_own() const {
  std::set<std::string> names;
  const std::string& pattern = files_.front().arrays.names.front().pattern;
  for (const File& file : files_) {
    if (!are_layers(file.arrays)) return false;
    for (std::size_t i = 0; i < file.arrays.members.size(); ++i) {
      const bool same = file.arrays.names[i].pattern == pattern;
      if (!same || !names.insert(file.arrays.members[i].name).second) return false;
    }
  }
  return true;
}

/// What files say goes before their names, in whose order they are stacked.
void StackedArrays::check_layers(Dump& stack) const {
  const auto says = [](const File& file) { return file.layer.has_value(); };
  if (!std::all_of(files_.begin(), files_.end(), says)) return;
  const auto same = [&](const File& file) { return file.layer == files_.front().layer; };
  if (std::all_of(files_.begin(), files_.end(), same)) return;
  const ArrayName name = array_name(files_.front().name);
  const bool named = std::any_of(name.words.begin(), name.words.end(), counts_layers);
  std::string order;
  bool moved = false;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const std::int64_t layer = *files_[i].layer;
    moved = moved || layer != static_cast<std::int64_t>(i);
    order += (i > 0 ? ", " : "") + std::string("layer ") + std::to_string(i) + " is " +
             std::to_string(layer);
    if (i == 0) continue;
    const std::int64_t before = *files_[i - 1].layer;
    if (before < layer || (named && before == layer)) continue;
    throw InputError(stack.source,
                     called(files_[i].name) + " says that it is layer " + std::to_string(layer) +
                         ", and stands behind layer " + std::to_string(before) + ", " +
                         called(files_[i - 1].name),
                     "files are stacked by their names: call each by its layer, as layer_" +
                         std::to_string(layer));
  }
  if (moved && !named) stack.notes.push_back(order + " by what each file says");
}

void StackedArrays::finish(Dump& stack) const {
  if (!hold_several()) {
    check_layers(stack);
    for (const File& file : files_) {
      stack.tensors.push_back({file.name, file.arrays.members.front().tensor});
    }
    return;
  }
  const bool own = hold_layers_of_their_own();
  std::set<std::string> names, patterns;
  for (const File& file : files_) {
    for (const NamedTensor& array : file.arrays.members) {
      const std::string name = own ? array.name : file.path + ":" + array.name;
      const bool is_new = names.insert(name).second;
      patterns.insert(array_name(name).pattern);
      if (!is_new || patterns.size() > 1) {
        throw InputError(stack.source,
                         called(name) + (is_new ? " and " + called(stack.tensors.front().name) +
                                                      " differ by more than numbers"
                                                : " stands there twice"),
                         "files that hold several arrays each are stacked by the numbers in their "
                         "names, as step_0.npz and step_1.npz; leave $stack out, and each is "
                         "answered by itself");
      }
      stack.tensors.push_back({name, array.tensor});
    }
  }
}

}  // namespace attngraph
