#include "reading/arrays/missing_arrays.hpp"

#include <algorithm>

#include "core/text/text.hpp"

namespace attngraph {
namespace {

/// Whether what could not be read is of the set: its name differs from theirs by a number that
/// differs between theirs, or that of the only one there is.
bool is_of_set(const ArrayName& left, const Family& arrays) {
  const auto varying = arrays.varying();
  const ArrayName& first = arrays.names.front();
  if (left.pattern != first.pattern) return false;
  if (arrays.members.size() == 1) return true;
  for (std::size_t i = 0; i < first.numbers.size(); ++i) {
    const bool differs = std::find(varying.begin(), varying.end(), i) != varying.end();
    if (!differs && left.numbers[i] != first.numbers[i]) return false;
  }
  return true;
}

/// Whether the list that an array is in holds arrays of other forms too: what a module gives.
bool is_in_a_record(const Dump& dump, const Family& arrays) {
  const ArrayName& one = arrays.names.front();
  return arrays.members.size() == 1 &&
         std::any_of(dump.tensors.begin(), dump.tensors.end(), [&](const NamedTensor& other) {
           const ArrayName name = array_name(other.name);
           return name.pattern == one.pattern && other.tensor.rank() != arrays.rank() &&
                  std::equal(one.numbers.begin(), one.numbers.end() - 1, name.numbers.begin());
         });
}

}  // namespace

void require_whole_set(const Dump& dump, const Family& arrays) {
  if (!arrays.names.front().numbers.empty() && is_in_a_record(dump, arrays)) return;
  require_read(dump, [&](const std::string& name) { return is_of_set(array_name(name), arrays); });
}

void require_those_alike(const Dump& dump, const Family& arrays, const std::string& wanted) {
  require_read(dump, [&](const std::string& name) {
    const std::string pattern = array_name(name).pattern;
    return name_fits(wanted, name) &&
           std::any_of(arrays.names.begin(), arrays.names.end(),
                       [&](const ArrayName& read) { return read.pattern == pattern; });
  });
}

}  // namespace attngraph
