#include "formats/json/json_value.hpp"

#include "core/text/text.hpp"

namespace attngraph {

using simdjson::simdjson_error;

char first_in_list(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n", 1);
  return first == text.npos ? '\0' : text[first];
}

bool begins_with_text(std::string_view text) {
  const auto first = text.find_first_not_of("[ \t\r\n");
  return first != text.npos && text[first] == '"';
}

std::string_view valid(std::string_view text) {
  if (invalid_utf8(text) != text.npos) throw simdjson_error(simdjson::STRING_ERROR);
  return text;
}

std::string scalar(on_demand::value value) {
  switch (value.type()) {
    case on_demand::json_type::string:
      valid(value.get_string());
      return "a string";
    case on_demand::json_type::number: {
      double ignored = 0;
      if (!is_number(value, ignored)) throw simdjson_error(simdjson::NUMBER_ERROR);
      return "a number";
    }
    case on_demand::json_type::boolean:
      return bool(value.get_bool()) ? "true" : "false";
    default:
      if (!bool(value.is_null())) throw simdjson_error(simdjson::N_ATOM_ERROR);
      return "null";
  }
}

}  // namespace attngraph
