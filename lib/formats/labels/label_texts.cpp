#include "formats/labels/label_texts.hpp"

#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// While a full list moves to twice its room, three times its room is taken.
constexpr std::size_t bytes_of_label = 3 * sizeof(std::string);

}  // namespace

void LabelTexts::add(std::string_view label, const std::string& place) {
  require_label(label, limits_, place);
  taken_.add(bytes_of_label + bytes_of_text(label.size()));
  texts_.emplace_back(label);
}

}  // namespace attngraph
