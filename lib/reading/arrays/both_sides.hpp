#pragma once

#include "reading/arrays/tokens/side_tokens.hpp"
#include "reading/reading.hpp"

namespace attngraph {

/// Self- or cross-attention: cross where a name or the request says so, or where queries and keys
/// are of different number, unless causal with fewer queries than keys.
Sides sides_of(const Reading& reading, const Family& arrays, const ReadingRequest& request);

/// Sets the labels of both sides from the request, else from the lists of the file, which may say
/// that it is cross-attention. @param array the first that is read
/// @throws InputError where they are not as many as tokens and faults are refused
void label(Reading& reading, const SideTokens& tokens, const ArrayName& array,
           const ReadingRequest& request, Faults faults);

/// It is a fault where the last axis holds offsets in a window, not keys (window_offsets); of a
/// square the request's axes say that they are keys.
/// @throws InputError where faults are refused
void look_for_window(Reading& reading, const ReadingRequest& request, Faults faults);

/// It is a fault where causal keys end in the column of a sink, which is no token, unless the
/// request says what they are. @throws InputError where faults are refused
void look_for_sink(Reading& reading, const ReadingRequest& request, Faults faults);

/// Notes that as many heads as keys of cross-attention may be queries, with the heads behind them.
void note_other_queries(Reading& reading, const ReadingRequest& request);

}  // namespace attngraph
