#include "reading/arrays/window_offsets.hpp"

#include <algorithm>

namespace attngraph {
namespace {

struct Row {
  std::size_t query;
  std::vector<double> weights;
};

using Rows = std::vector<Row>;

constexpr std::size_t enough_rows = 8;

/// Rows that are not all zero, the first ones; of tokens that see anything.
Rows front_rows(const Tensor& head) {
  constexpr std::size_t looked_at = 512;
  Rows found;
  for (std::size_t q = 0; q < std::min(head.shape()[0], looked_at); ++q) {
    std::vector<double> weights = head.at(0, q).to_doubles();
    if (std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; })) continue;
    found.push_back({q, std::move(weights)});
    if (found.size() == enough_rows) break;
  }
  return found;
}

/// Whether each row has a weight: those of global and masked tokens have none, and as keys such
/// tokens are in no window.
std::vector<bool> seeing_rows(const Tensor& head) {
  std::vector<bool> seeing;
  for (std::size_t q = 0; q < head.shape()[0]; ++q) {
    const auto weights = head.at(0, q).to_doubles();
    seeing.push_back(std::any_of(weights.begin(), weights.end(), [](double w) { return w != 0; }));
  }
  return seeing;
}

/// Where the window reaches over tokens that are in none: the first and the last rows that see.
std::vector<std::size_t> edge_queries(const std::vector<bool>& seeing) {
  std::vector<std::size_t> all;
  for (std::size_t q = 0; q < seeing.size(); ++q) {
    if (seeing[q]) all.push_back(q);
  }
  if (all.size() > 2 * enough_rows) {
    all.erase(all.begin() + enough_rows, all.end() - static_cast<std::ptrdiff_t>(enough_rows));
  }
  return all;
}

Rows rows_at(const Tensor& head, const std::vector<std::size_t>& queries) {
  Rows rows;
  for (const std::size_t q : queries) rows.push_back({q, head.at(0, q).to_doubles()});
  return rows;
}

/// Whether an offset of a row is one of a token that can be in a window.
bool is_inside(std::size_t query, std::size_t offset, std::size_t half,
               const std::vector<bool>& seeing) {
  const std::size_t shifted = query + offset;
  return shifted >= half && shifted - half < seeing.size() && seeing[shifted - half];
}

/// Whether the row is one of offsets: its own place has weight, and none lies outside the text.
bool is_of_window(const Row& row, WindowOffsets offsets, const std::vector<bool>& seeing) {
  const std::size_t half = offsets.window / 2;
  if (row.weights[offsets.global + half] == 0) return false;
  for (std::size_t j = 0; j <= offsets.window; ++j) {
    if (row.weights[offsets.global + j] != 0 && !is_inside(row.query, j, half, seeing)) {
      return false;
    }
  }
  return true;
}

bool all_of_window(const Rows& rows, WindowOffsets offsets, const std::vector<bool>& seeing) {
  return !rows.empty() && std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
    return is_of_window(row, offsets, seeing);
  });
}

/// Zeros that chance would have to make, and rows of zeros where the global tokens stand.
std::size_t telling_zeros(const Rows& rows, WindowOffsets offsets,
                          const std::vector<bool>& seeing) {
  std::size_t zeros = 0;
  for (const Row& row : rows) {
    for (std::size_t j = 0; j <= offsets.window; ++j) {
      zeros += is_inside(row.query, j, offsets.window / 2, seeing) ? 0 : 1;
    }
  }
  const auto first = std::find(seeing.begin(), seeing.end(), true) - seeing.begin();
  return static_cast<std::size_t>(first) == offsets.global ? zeros + offsets.global : zeros;
}

/// One token alone in every row is a key that all of them see.
bool sees_neighbours(const Rows& rows, WindowOffsets offsets) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
    const auto begin = row.weights.begin() + static_cast<std::ptrdiff_t>(offsets.global);
    return std::count_if(begin, row.weights.end(), [](double w) { return w != 0; }) > 1;
  });
}

bool enough_zeros(const Rows& rows, std::size_t keys, WindowOffsets offsets,
                  const std::vector<bool>& seeing) {
  constexpr std::size_t many = 8, few = 2, fewest_tokens = 4;
  const std::size_t zeros = telling_zeros(rows, offsets, seeing);
  const std::size_t tokens = seeing.size();
  return zeros >= many || (zeros >= few && tokens >= fewest_tokens && tokens != keys);
}

/// Those that a first look leaves possible; none for nearly all files.
std::vector<WindowOffsets> possible_offsets(const Tensor& head) {
  const std::size_t keys = head.shape()[1];
  const Rows front = front_rows(head);
  const std::vector<bool> all(head.shape()[0], true);
  std::vector<WindowOffsets> possible;
  for (std::size_t global = (keys + 1) % 2; global + 3 <= keys; global += 2) {
    const WindowOffsets offsets{global, keys - global - 1};
    if (all_of_window(front, offsets, all)) possible.push_back(offsets);
  }
  return possible;
}

bool every_head_shows(const std::vector<Tensor>& layers, WindowOffsets offsets,
                      const std::vector<std::size_t>& queries, const std::vector<bool>& seeing) {
  return std::all_of(layers.begin(), layers.end(), [&](const Tensor& layer) {
    for (std::size_t h = 0; h < layer.shape()[0]; ++h) {
      if (!all_of_window(rows_at(layer.at(0, h), queries), offsets, seeing)) return false;
    }
    return true;
  });
}

}  // namespace

std::optional<WindowOffsets> window_offsets(const std::vector<Tensor>& layers) {
  const Tensor head = layers.front().at(0, 0);
  const auto possible = possible_offsets(head);
  if (possible.empty()) return std::nullopt;
  const std::vector<bool> seeing = seeing_rows(head);
  const std::vector<std::size_t> queries = edge_queries(seeing);
  const Rows rows = rows_at(head, queries);
  for (const WindowOffsets offsets : possible) {
    if (all_of_window(rows, offsets, seeing) && sees_neighbours(rows, offsets) &&
        enough_zeros(rows, head.shape()[1], offsets, seeing) &&
        every_head_shows(layers, offsets, queries, seeing)) {
      return offsets;
    }
  }
  return std::nullopt;
}

}  // namespace attngraph
