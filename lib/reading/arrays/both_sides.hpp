#pragma once

#include "reading/reading.hpp"

namespace attngraph {

/// Self- or cross-attention: cross where a name or the request says so, or where queries and keys
/// are of different number, unless causal with fewer queries than keys.
Sides sides_of(const Reading& reading, const Family& arrays, const ReadingRequest& request);

/// Sets the labels of both sides from the request, else from the file.
/// @throws InputError where they are not as many as tokens and faults are refused
void label(Reading& reading, const Dump& dump, const ReadingRequest& request, Faults faults);

/// It is a fault where the last axis holds offsets in a window, not keys (Longformer: window + 1 +
/// global tokens). @throws InputError where faults are refused
void look_for_window(Reading& reading, Faults faults);

/// Global tokens and width of the window whose offsets the last axis holds; nothing for keys.
struct WindowOffsets {
  std::size_t global;
  std::size_t window;
};
std::optional<WindowOffsets> window_offsets(const Reading& reading);

}  // namespace attngraph
