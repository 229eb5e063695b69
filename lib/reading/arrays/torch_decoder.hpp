#pragma once

#include "reading/reading.hpp"

namespace attngraph {

/// A layer of torch.nn.TransformerDecoder (and of DETR) calls its cross-attention `multihead_attn`,
/// and its self-attention, where the file holds it, `self_attn`: sets `cross` of the names where
/// both stand in `dump`.
void mark_decoder(Family& arrays, const Dump& dump);

/// It is a fault where `multihead_attn` of a decoder stands alone and has as many queries as keys,
/// unless the request says what it is: classes of others call self-attention so.
/// @throws InputError where faults are refused
void look_for_decoder(Reading& reading, const Family& arrays, const ReadingRequest& request,
                      Faults faults);

}  // namespace attngraph
