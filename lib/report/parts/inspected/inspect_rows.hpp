#pragma once

#include "attention/stored/stack_from_dump.hpp"
#include "core/text/wording.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/inspected/inspected.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The columns of the rows below.
Schema inspect_array_columns();
Schema inspect_head_columns();

/// What `inspect` tells a script: one row for what is read as attention, and one for each family
/// of arrays that is not.
/// @param inspected null where nothing is read as attention
void send_array_rows(const Dump& dump, const Inspected* inspected, Wording wording, Sink& sink);

/// One row for the graphs of edge lists together.
void send_edge_row(const Dump& dump, const StackRequest& asked, Sink& sink);

/// One row for each head that edge lists name.
void send_edge_head_rows(const Dump& dump, const StackRequest& asked, Sink& sink);

/// One row for each head of the attention.
void send_head_rows(const Dump& dump, const Inspected& inspected, Sink& sink);

}  // namespace attngraph
