#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/answer/page.hpp"
#include "writers/page/weight_codes.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// What the page is about, as JSON of ASCII characters only: shape, labels, the table of heads,
/// names of the measures, routes.
std::string about_part(const Page& page, const WriterSettings& settings, const WeightCodes& codes);

/// The weights of one head: for each query how many there are (32 bits), and the sum of those left
/// out (float32); then of all the low bytes of the codes, their high bytes, and how many keys are
/// skipped before each (7 bits a byte, the lowest first, bit 7 where more follow).
std::string head_part(const PageHead& head, const WeightCodes& codes);

/// Numbers as float32, the lowest byte first.
std::string numbers_part(std::span<const float> numbers);

/// A part as it stands in the page: deflated (zlib), in base64.
std::string packed(std::string_view part);

/// Bytes in base64.
std::string base64(std::string_view bytes);

}  // namespace attngraph
