#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "formats/json/json_number.hpp"

// What simdjson leaves to do with a value of a JSON text. Each throws simdjson_error where the text
// is no JSON after all.

namespace attngraph {

namespace on_demand = simdjson::ondemand;

/// The first character within a list whose text begins here; 0 where there is none.
char first_in_list(std::string_view text);

/// Whether a text begins a list of strings, or of such lists.
bool begins_with_text(std::string_view text);

/// The text itself: simdjson lets half a surrogate pair pass.
std::string_view valid(std::string_view text);

/// Whether a value is a number, which is then read, exactly.
inline bool is_number(on_demand::value value, double& number) {
  const std::string_view token = value.raw_json_token();
  const bool found = value.get_double().get(number) == simdjson::SUCCESS;
  if (!may_be_misread(token)) return found;
  const auto exact = exact_number(token);
  if (exact) number = *exact;
  return found || exact;
}

/// Reads what is neither a list nor an object, and says what it is.
std::string scalar(on_demand::value value);

}  // namespace attngraph
