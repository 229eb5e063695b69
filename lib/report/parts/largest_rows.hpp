#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "attention/computed/largest_weights.hpp"
#include "attention/row_block.hpp"
#include "numeric/largest_entries.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"

namespace attngraph {

/// The labels of both sides, none where they are not known.
struct SideLabels {
  std::vector<std::string> queries, keys;
};

/// What to do with a block, on any thread; what it returns follows on the calling one, in order.
template <typename Scalar>
using TakeRows = std::function<std::function<void()>(const MatrixPlace&, const RowBlock<Scalar>&)>;

/// One of the largest weights.
template <typename Scalar>
struct WeightRow {
  std::int64_t batch;
  std::int64_t layer;
  std::int64_t head;
  std::int64_t query;
  std::int64_t key;
  Scalar weight;
};

template <typename Scalar>
Table<WeightRow<Scalar>> weight_table(bool batch, const SideLabels& labels) {
  using Row = WeightRow<Scalar>;
  Table<Row> table{};
  if (batch) table.add({columns::batch, &Row::batch});
  table.add({columns::layer, &Row::layer});
  table.add({columns::head(false), &Row::head});
  table.add({columns::query, &Row::query});
  table.add({columns::key, &Row::key});
  table.add({columns::weight.of_type(real_type(std::is_same_v<Scalar, float>)), &Row::weight});
  const auto label = [&](const Column& index, std::int64_t Row::*token,
                         const std::vector<std::string>& texts) {
    table.add({columns::label_of(index, columns::known_labels(texts)),
               [&texts, token](const Row& row) -> const std::string& {
                 return texts[static_cast<std::size_t>(row.*token)];
               }});
  };
  label(columns::query, &Row::query, labels.queries);
  label(columns::key, &Row::key, labels.keys);
  return table;
}

/// Sends the `count` largest weights of each query to the sink.
template <typename Scalar>
class LargestRows {
 public:
  /// @param batch whether places are items of one
  /// @param labels must live as long as this
  LargestRows(bool batch, const SideLabels& labels, std::size_t count, Sink& sink)
      : table_(weight_table<Scalar>(batch, labels)), count_(count), sink_(sink) {
    table_.begin(sink);
  }

  void send(const MatrixPlace& place, const LargestWeights<Scalar>& found) const {
    const auto index = [&](std::size_t from_the_end) {
      return std::get<std::int64_t>(place[place.size() - from_the_end]);
    };
    std::vector<WeightRow<Scalar>> rows;
    rows.reserve(found.weight.size());
    for (std::size_t i = 0; i < found.weight.size(); ++i) {
      rows.push_back({std::get<std::int64_t>(place.front()), index(2), index(1), found.query[i],
                      found.key[i], found.weight[i]});
    }
    table_.send(rows, sink_);
  }

  /// Picks them from whole rows, where these are needed anyway.
  TakeRows<Scalar> from_blocks() const {
    return [this](const MatrixPlace& place, const RowBlock<Scalar>& block) {
      LargestWeights<Scalar> found;
      const auto columns = static_cast<std::size_t>(block.weights.cols());
      for (Index row = 0; row < block.weights.rows(); ++row) {
        const std::span<const Scalar> entries(block.weights.row(row).data(), columns);
        for (const std::size_t column : largest_entries(entries, count_)) {
          found.query.push_back(block.first_query + row);
          found.key.push_back(block.first_key + static_cast<Index>(column));
          found.weight.push_back(entries[column]);
        }
      }
      return [this, &place, found = std::move(found)] { send(place, found); };
    };
  }

 private:
  Table<WeightRow<Scalar>> table_;
  std::size_t count_;
  Sink& sink_;
};

}  // namespace attngraph
