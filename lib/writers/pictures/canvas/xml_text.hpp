#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// Appends `text` so that it may stand in XML 1.0 content or in an attribute between double quotes;
/// what XML cannot hold (controls, invalid UTF-8) becomes U+FFFD.
void append_xml_text(std::string& out, std::string_view text);

std::string xml_text(std::string_view text);

}  // namespace attngraph
