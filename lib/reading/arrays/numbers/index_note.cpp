#include "reading/arrays/numbers/index_note.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

namespace attngraph {
std::string places_text(const std::vector<std::int64_t>& numbers, const std::string& axis) {
  constexpr std::int64_t most_shown = 4;
  std::string text;
  bool differ = false;
  std::int64_t index = 0;
  for (const std::int64_t number : numbers) {
    differ = differ || number != index;
    if (index == most_shown) text += ", …";
    if (index < most_shown) {
      text += (index > 0 ? ", " : "") + axis + " " + std::to_string(index) + " is " +
              std::to_string(number);
    }
    ++index;
  }
  return differ ? text : "";
}

std::string index_note(const Family& arrays, const NumberAxes& numbers) {
  std::string note;
  for (std::size_t i = 0; i < numbers.places.size(); ++i) {
    const Axis axis = numbers.axes[i];
    const bool alone = std::count(numbers.axes.begin(), numbers.axes.end(), axis) == 1;
    if (!alone || (axis != Axis::layer && axis != Axis::head)) continue;
    std::set<std::int64_t> said;
    for (const ArrayName& name : arrays.names) said.insert(name.numbers[numbers.places[i]]);
    const std::string places =
        places_text({said.begin(), said.end()}, axis == Axis::layer ? "layer" : "head");
    if (!places.empty()) note += (note.empty() ? "" : "; ") + places;
  }
  return note.empty() ? "" : note + " in the names";
}

}  // namespace attngraph
