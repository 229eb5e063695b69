#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/arrays/array_name.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Arrays whose names differ by nothing but numbers and that have as many axes: the layers of a
/// model, the steps of `generate()`; or one array by itself.
struct Family {
  /// In natural order.
  std::vector<NamedTensor> members;
  /// The name of each, taken apart.
  std::vector<ArrayName> names;

  Role role() const { return names.front().role; }
  bool cross() const { return names.front().cross; }
  std::size_t rank() const { return members.front().tensor.rank(); }
  /// Which numbers of the names are not the same in all of them; none where more than that differs.
  std::vector<std::size_t> varying() const;
};

/// The arrays put together to families, in the order in which these first come.
std::vector<Family> families(const std::vector<NamedTensor>& arrays);

/// Puts members of several families in the natural order of their names, too.
void sort_naturally(Family& family);

/// What to call it: `layer_0 … layer_5 [1, 12, 17, 17]`, or the name of its one member.
std::string family_text(const Family& family);

/// A glob that chooses its members: `layer_*`.
std::string family_glob(const Family& family);

/// The same that chooses none of the others in `all`, where there is one: `layer_*[0-9]` beside
/// `layer_0_mean`.
std::string family_glob(const Family& family, const std::vector<Family>& all);

/// What chooses one of `found`, of the first of them: `$tensor a or $tensor 'b_*'`.
std::string choices_of(const std::vector<Family>& found, const std::vector<Family>& all);

/// The glob that chooses those with the same number at `place` as this member.
std::string family_glob_at(const Family& family, std::size_t place, std::size_t member = 0);

}  // namespace attngraph
