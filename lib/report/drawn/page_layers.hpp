#pragma once

namespace attngraph {

class Attention;
struct Page;
class Sink;
struct ViewOptions;

/// Fills in what goes through the layers: rollout, flow or what no flow exceeds, and routes; where
/// there is none, `absent` says why.
void fill_layers(const Attention& stack, const ViewOptions& options, Page& page, Sink& sink);

}  // namespace attngraph
