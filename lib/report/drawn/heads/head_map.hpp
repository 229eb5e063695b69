#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/answer/picture.hpp"

namespace attngraph {

class Attention;

/// What is shown of every head that there is, layers in order and in them heads.
struct HeadMapValues {
  /// What a value is: `entropy`.
  std::string name;
  std::vector<double> values;
  /// A sign in each cell, of those that `signs` explains; empty where there are none.
  std::vector<std::string> texts = {};
  std::vector<std::pair<std::string, std::string>> signs = {};
};

/// Writes the type of each head (head_type) into its cell as a sign, and explains those there are.
void set_signs(HeadMapValues& shown, const std::vector<std::string>& types);

/// A map of all heads, layers below each other; empty where a layer has not that head.
Picture head_map(const Attention& attention, HeadMapValues shown);

/// What a picture says that shows one curve for each layer: `mean over 12 heads`, without the
/// number where it is not the same in every layer; empty where there is one head.
std::string mean_over_heads(const Attention& attention);

/// `L2 H5`, `L2 mean`.
std::string short_head_name(const Attention& attention, std::size_t l, std::size_t h);

}  // namespace attngraph
