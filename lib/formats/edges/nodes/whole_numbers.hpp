#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// Whether a text is a whole number of any length: digits, perhaps behind a minus.
bool is_whole_number(std::string_view text);

/// The place of each of these whole numbers in ascending order; equal ones (`7`, `07`) by text.
std::vector<std::int32_t> places_in_order(const std::vector<std::string>& numbers);

/// What to say of nodes that are called by whole numbers other than their own.
std::string names_note(std::string_view first);

}  // namespace attngraph
