#include "attention/head_maker.hpp"

#include <numeric>

#include "core/parallel.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

std::vector<std::size_t> indices(std::size_t count) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

}  // namespace

std::vector<std::size_t> HeadMaker::layer_indices() const { return indices(layers()); }
std::vector<std::size_t> HeadMaker::head_indices() const { return indices(heads()); }

void HeadMaker::rows(std::size_t layer, std::size_t head, const VisitRows<double>& visit) const {
  rows_in_parallel(layer, head, [&](const RowBlock<double>& block) {
    return [&visit, block] { visit(block); };
  });
}

void BandWork::on_bands(std::size_t count,
                        const std::function<Matrix(std::size_t, Index&)>& rows_of) const {
  const auto one = [&](std::size_t i) {
    check_stop();
    Index first_row = 0;
    Matrix rows = rows_of(i, first_row);
    work(i, first_row, rows);
  };
  finish ? parallel_in_order(count, one, finish) : parallel_for(count, one);
}

}  // namespace attngraph
