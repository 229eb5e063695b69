#pragma once

namespace attngraph {

class Attention;

/// Of the weight of a head, what may lie on later keys where its owner says that it is causal: a
/// mask that was a large negative number leaves a trace there.
inline constexpr double causal_leak = 1e-3;

/// Whether it is true of the selection that no query sees later keys, as its owner says.
/// @throws InputError with layer, head and query where it is not
void check_causal(const Attention& attention);

}  // namespace attngraph
