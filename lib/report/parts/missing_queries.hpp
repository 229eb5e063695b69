#pragma once

namespace attngraph {

class Attention;
class Sink;

/// Says, where a file has the last queries of a text alone, what counts as the rows of the others.
void note_missing_queries(const Attention& attention, Sink& sink);

}  // namespace attngraph
