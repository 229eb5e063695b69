#pragma once

namespace attngraph {

class Attention;
class IndexList;
class Sink;

/// The eigenvalues of causal heads across their layer and the next one, a row for each token, or
/// bars of them.
/// @param attention every layer of its file
/// @param shown_layers those that have rows
/// @throws InputError where attention is not causal or has one layer
void layer_spectra(const Attention& attention, const IndexList& shown_layers, Sink& sink);

}  // namespace attngraph
