#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// The word that says what a number counts which stands behind `text`, in small letters: `layer`
/// of `model.Layer_`, of `layer_idx_` and of `layer_group.` too; empty where marks or digits stand
/// there alone, or the name of a file (`step_0.pt:`).
std::string word_before_number(std::string_view text);

/// The same of the number under a key or in a column: `layer` of `layerIdx` and of `layer_id`.
std::string word_of(std::string_view key);

/// Whether the word before a number says that it counts layers, steps of `generate()`, heads, or
/// inputs of a set (`sentence_3`). `h` is a layer of GPT-2, and a head beside another layer.
bool counts_layers(std::string_view word);
bool counts_steps(std::string_view word);
bool counts_heads(std::string_view word);
bool counts_inputs(std::string_view word);
/// Whether it counts models, or states of one (`epoch_3`), each with layers of its own.
bool counts_models(std::string_view word);

/// Whether the word is one of arrays or modules (`attn_3`, `encoder.3`, `arr_3`, `3`), whose number
/// is that of a layer unless more is said.
bool leaves_layers(std::string_view word);

}  // namespace attngraph
