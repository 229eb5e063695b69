#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/text.hpp"
#include "report/answer/drawing.hpp"
#include "report/answer/page.hpp"
#include "report/answer/picture.hpp"
#include "report/answer/sink.hpp"

namespace attngraph::test {

/// The labels that bytes are: 0xff, which no text has, stands between two of them.
inline std::vector<std::string> labels_in(std::string_view bytes) {
  constexpr std::size_t most = 3;
  std::vector<std::string> labels;
  while (labels.size() < most) {
    const std::size_t end = std::min(bytes.find('\xff'), bytes.size());
    labels.push_back(valid_utf8(bytes.substr(0, end)));
    if (end == bytes.size()) break;
    bytes.remove_prefix(end + 1);
  }
  return labels;
}

/// Of an edge of a ring of nodes: none is as another, none is easy to print.
inline double ring_weight(std::size_t node) { return 1 / (3.0 + static_cast<double>(node)); }

inline std::size_t next_in_ring(std::size_t node, std::size_t nodes) { return (node + 1) % nodes; }

/// A ring of nodes with these labels as rows.
inline const Schema ring_schema{
    {.name = "source", .type = ColumnType::integer, .about = "where it begins"},
    {.name = "target", .type = ColumnType::integer, .about = "where it ends"},
    {.name = "weight", .about = "how heavy it is"},
    {.name = "source_label", .type = ColumnType::text, .about = "label", .label_of = "source"},
    {.name = "target_label", .type = ColumnType::text, .about = "label", .label_of = "target"}};

inline Chunk ring_rows(const std::vector<std::string>& labels) {
  std::vector<std::int64_t> sources, targets;
  std::vector<double> weights;
  std::vector<std::string> target_labels;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::size_t next = next_in_ring(i, labels.size());
    sources.push_back(static_cast<std::int64_t>(i));
    targets.push_back(static_cast<std::int64_t>(next));
    weights.push_back(ring_weight(i));
    target_labels.push_back(labels[next]);
  }
  return {sources, targets, weights, labels, target_labels};
}

/// The same as a drawing.
inline Drawing ring_drawing(const std::vector<std::string>& labels) {
  Drawing graph;
  graph.title = labels.front();
  graph.direction = "attends";
  graph.remarks = {labels.back()};
  graph.layer = 2;
  graph.head = std::int64_t{7};
  graph.layout = Layout::circle;
  graph.placed = true;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double place = static_cast<double>(i) / static_cast<double>(labels.size());
    graph.nodes.push_back({labels[i], place, 1 - place, std::nullopt, place});
    const auto next = static_cast<std::int32_t>(next_in_ring(i, labels.size()));
    graph.edges.push_back({static_cast<std::int32_t>(i), next, ring_weight(i)});
  }
  return graph;
}

/// A heat map with these labels at both sides.
inline Picture labelled_picture(const std::vector<std::string>& labels) {
  HeatMap map;
  map.rows = map.columns = labels.size();
  map.row_labels = map.column_labels = labels;
  map.panels = {{labels.front(), std::vector<float>(labels.size() * labels.size(), 0.5F)}};
  Picture picture;
  picture.title = labels.back();
  picture.details = {labels.front()};
  picture.content = map;
  return picture;
}

/// Bars over these labels.
inline Picture labelled_bars(const std::vector<std::string>& labels) {
  Bars bars;
  bars.labels = labels;
  bars.text = labels.size() % 2 == 0;
  bars.groups = {{labels.front(), "rollout", std::vector<double>(labels.size(), 0.5)}};
  Picture picture;
  picture.title = labels.back();
  picture.content = bars;
  return picture;
}

/// A page with these labels at both sides.
inline Page labelled_page(const std::vector<std::string>& labels) {
  Page page;
  page.source = labels.front();
  page.labelled = true;
  page.query_labels = page.key_labels = labels;
  page.heads.schema = {{"layer", ColumnType::integer}, {"head", ColumnType::integer}};
  page.heads.rows = {std::vector<std::int64_t>{0}, std::vector<std::int64_t>{0}};
  PageHead head;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    head.counts.push_back(1);
    head.keys.push_back(static_cast<std::uint32_t>(i));
    head.weights.push_back(0.5F);
    head.omitted.push_back(0.5F);
  }
  page.weights.push_back(head);
  return page;
}

}  // namespace attngraph::test
