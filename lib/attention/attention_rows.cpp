// What Attention hands out piece by piece, and what it makes of several heads.

#include <utility>

#include "attention/attention.hpp"
#include "attention/computed/largest_weights.hpp"
#include "attention/head_maker.hpp"
#include "core/parallel.hpp"
#include "numeric/largest_entries.hpp"
#include "numeric/normalize_rows.hpp"

namespace attngraph {
namespace {

RowBlock<double> block_of(const Matrix& rows, Index first_query) {
  return {first_query, 0, {rows.data(), rows.rows(), rows.cols()}};
}

void end(const std::function<void()>& ending) {
  if (ending) ending();
}

LargestWeights<double> largest_of(const RowBlock<double>& block, std::size_t count) {
  LargestWeights<double> found;
  const auto columns = static_cast<std::size_t>(block.weights.cols());
  for (Index row = 0; row < block.weights.rows(); ++row) {
    const std::span<const double> entries(block.weights.row(row).data(), columns);
    for (const std::size_t column : largest_entries(entries, count)) {
      found.query.push_back(block.first_query + row);
      found.key.push_back(block.first_key + static_cast<Index>(column));
      found.weight.push_back(entries[column]);
    }
  }
  return found;
}

}  // namespace

void Attention::rows(std::size_t l, std::size_t h, const VisitRows<double>& visit) const {
  if (!fuse_ && as_made() && !edges_of_file(l, h)) {
    return maker_->rows(layer_indices_.at(l), head_indices_.at(h), visit);
  }
  rows_in_parallel(
      l, h, [&](const RowBlock<double>& block) { return [&visit, block] { visit(block); }; });
}

void Attention::rows_in_parallel(std::size_t l, std::size_t h,
                                 const WorkOnRows<double>& work) const {
  if (grouping_) {
    const Matrix weights = head(l, h);
    return end(work(block_of(weights, 0)));
  }
  if (fuse_) return fused_rows_in_parallel(l, work);
  const std::size_t layer = layer_indices_.at(l), head = head_indices_.at(h);
  if (edges_of_file(l, h)) check_room();
  if (!divide_rows_) return maker_->rows_in_parallel(layer, head, work);
  const auto divide = [&](const RowBlock<double>& block) -> std::function<void()> {
    const auto divided = std::make_shared<Matrix>(block.weights);
    attngraph::normalize_rows(*divided);
    RowBlock<double> rows = block_of(*divided, block.first_query);
    rows.first_key = block.first_key;
    const auto ending = work(rows);
    if (!ending) return nullptr;
    return [divided, ending] { ending(); };
  };
  maker_->rows_in_parallel(layer, head, divide);
}

void Attention::fused_rows_in_parallel(std::size_t l, const WorkOnRows<double>& work) const {
  const std::size_t places = results_in_flight();
  std::vector<Matrix> bands(places);
  std::vector<std::function<void()>> endings(places);
  fused_rows(l, *fuse_,
             {[&](std::size_t i, Index first_row, Matrix& rows) {
                bands[i % places] = std::move(rows);
                endings[i % places] = work(block_of(bands[i % places], first_row));
              },
              [&](std::size_t i) { end(endings[i % places]); }});
}

std::unique_ptr<HeadParts> Attention::parts(std::size_t l, std::size_t h) const {
  if (grouping_) return whole_parts(head(l, h));
  const std::size_t layer = layer_indices_.at(l);
  if (!fuse_) {
    auto parts = file_parts(layer, head_indices_.at(h));
    return parts ? std::move(parts) : whole_parts(head(l, h));
  }
  std::vector<std::unique_ptr<HeadParts>> heads;
  for (const std::size_t head : head_indices_) {
    heads.push_back(file_parts(layer, head));
    if (!heads.back()) return whole_parts(fused_layer(l, *fuse_));
  }
  return fused_parts(std::move(heads), *fuse_);
}

std::unique_ptr<HeadParts> Attention::file_parts(std::size_t layer, std::size_t head) const {
  auto parts = maker_->parts(layer, head);
  if (!parts || !divide_rows_) return parts;
  Vector sums(static_cast<Index>(queries()));
  maker_->rows_in_parallel(layer, head, [&](const RowBlock<double>& block) {
    sums.segment(block.first_query, block.weights.rows()) = block.weights.rowwise().sum();
    return nullptr;
  });
  return divided_parts(std::move(parts), std::move(sums));
}

bool Attention::rows_use_threads() const {
  return !grouping_ && !maker_->stored() && !edges_of_file(0, 0);
}

void Attention::largest_weights(
    std::size_t l, std::size_t h, std::size_t count,
    const std::function<void(const LargestWeights<double>&)>& visit) const {
  const bool from_maker = !fuse_ && as_made();
  if (from_maker &&
      maker_->largest_weights(layer_indices_.at(l), head_indices_.at(h), count, visit)) {
    return;
  }
  rows(l, h, [&](const RowBlock<double>& block) { visit(largest_of(block, count)); });
}

Matrix Attention::fused_layer(std::size_t l, Fuse fuse) const {
  if (grouping_) return fused_groups(l, fuse);
  check_room();
  Matrix fused(static_cast<Index>(queries()), static_cast<Index>(keys()));
  fused_rows(l, fuse,
             {[&](std::size_t, Index first_row, const Matrix& rows) {
                fused.middleRows(first_row, rows.rows()) = rows;
              },
              nullptr});
  return fused;
}

void Attention::fused_rows(std::size_t l, Fuse fuse, const BandWork& work) const {
  if (edges_of_file(l, 0)) check_room();
  if (!grouping_) {
    return maker_->fused_rows(layer_indices_.at(l), head_indices_, fuse, divide_rows_, work);
  }
  Matrix whole = fused_groups(l, fuse);
  work.work(0, 0, whole);
  if (work.finish) work.finish(0);
}

Matrix Attention::fused_groups(std::size_t l, Fuse fuse) const {
  const std::size_t layer = layer_indices_.at(l);
  Matrix fused = file_head(layer, head_indices_.front());
  for (std::size_t h = 1; h < head_indices_.size(); ++h) {
    fuse_with(fused, file_head(layer, head_indices_[h]), fuse);
  }
  if (fuse == Fuse::mean) fused /= static_cast<double>(head_indices_.size());
  return fused;
}

}  // namespace attngraph
