#pragma once

#include "report/answer/sink.hpp"

namespace attngraph {

class Attention;

/// The columns `layer,head,offset,mass`.
Schema head_offsets_schema();

/// Of every head, how much goes to the key at each offset from the query: rows, or curves over the
/// offset, of more heads than a picture has room for the mean of each layer.
/// @throws InputError for cross-attention
void head_offsets_report(const Attention& attention, Sink& sink);

}  // namespace attngraph
