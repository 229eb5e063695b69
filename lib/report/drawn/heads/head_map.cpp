#include "report/drawn/heads/head_map.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

#include "attention/attention.hpp"

namespace attngraph {
namespace {

std::string head_name(const HeadLabel& head) {
  if (const auto* fused = std::get_if<std::string>(&head)) return *fused;
  return std::to_string(std::get<std::int64_t>(head));
}

/// How a picture writes the types.
const std::vector<std::pair<std::string, std::string>> type_signs{
    {"P", "previous"},  {"N", "next"},      {"=", "self"},  {"S", "sink"}, {"L", "local"},
    {"I", "induction"}, {"D", "duplicate"}, {"B", "broad"}, {"M", "mixed"}};

}  // namespace

void set_signs(HeadMapValues& shown, const std::vector<std::string>& types) {
  for (const std::string& type : types) {
    for (const auto& [sign, meaning] : type_signs) {
      if (meaning == type) shown.texts.push_back(sign);
    }
  }
  for (const auto& sign : type_signs) {
    if (std::find(types.begin(), types.end(), sign.second) != types.end()) {
      shown.signs.push_back(sign);
    }
  }
}

Picture head_map(const Attention& attention, HeadMapValues shown) {
  HeatMap map;
  map.rows = attention.layers();
  map.columns = attention.heads();
  for (std::size_t l = 0; l < map.rows; ++l) {
    map.row_labels.push_back(std::to_string(attention.layer_index(l)));
  }
  for (std::size_t h = 0; h < map.columns; ++h) {
    map.column_labels.push_back(head_name(attention.head_label(h)));
  }
  map.row_axis = "Layer";
  map.column_axis = "Head";
  map.value_name = std::move(shown.name);
  map.signs = std::move(shown.signs);
  Panel panel;
  panel.values.assign(map.rows * map.columns, std::numeric_limits<float>::quiet_NaN());
  if (!shown.texts.empty()) panel.texts.resize(panel.values.size());
  const std::vector<SelectedHead> heads = attention.present();
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const std::size_t cell = heads[i].l * map.columns + heads[i].h;
    panel.values[cell] = static_cast<float>(shown.values[i]);
    if (!shown.texts.empty()) panel.texts[cell] = std::move(shown.texts[i]);
  }
  map.panels.push_back(std::move(panel));
  fit_range(map);
  Picture picture;
  picture.content = std::move(map);
  return picture;
}

std::string mean_over_heads(const Attention& attention) {
  if (attention.heads() == 1) return "";
  if (!attention.is_full()) return "mean over the heads that a layer has";
  return "mean over " + std::to_string(attention.heads()) + " heads";
}

std::string short_head_name(const Attention& attention, std::size_t l, std::size_t h) {
  const HeadLabel head = attention.head_label(h);
  const bool fused = std::holds_alternative<std::string>(head);
  return "L" + std::to_string(attention.layer_index(l)) + (fused ? " " : " H") + head_name(head);
}

}  // namespace attngraph
