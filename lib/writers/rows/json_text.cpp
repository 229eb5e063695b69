#include "writers/rows/json_text.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

bool is_plain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) {  // most labels: nothing to escape
    out += '"';
    out += text;
    out += '"';
    return;
  }
  constexpr bool ascii_only = true;
  out += nlohmann::json(text).dump(-1, ' ', ascii_only, nlohmann::json::error_handler_t::replace);
}

void append_json_number(std::string& out, double value) {
  if (std::isfinite(value)) {
    append_number(out, value);
  } else {
    out += "null";
  }
}

}  // namespace attngraph
