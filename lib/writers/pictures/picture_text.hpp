#pragma once

#include <string>

#include "writers/writer.hpp"

namespace attngraph {

struct Picture;

/// A picture in characters, for a terminal; what does not come through is a note.
std::string picture_text(const Picture& picture, const WriterSettings& settings,
                         Messages& messages);

}  // namespace attngraph
