#include "attention/head_parts.hpp"

#include <cassert>
#include <utility>

namespace attngraph {
namespace {

class WholeParts : public HeadParts {
 public:
  explicit WholeParts(Matrix weights) : weights_(std::move(weights)) {}

  Matrix part(const BlockPlace& place) const override {
    return weights_.block(place.first_query, place.first_key, place.queries, place.keys);
  }

 private:
  Matrix weights_;
};

class DividedParts : public HeadParts {
 public:
  DividedParts(std::unique_ptr<HeadParts> parts, Vector row_sums)
      : parts_(std::move(parts)), row_sums_(std::move(row_sums)) {}

  Matrix part(const BlockPlace& place) const override {
    Matrix weights = parts_->part(place);
    for (Index row = 0; row < weights.rows(); ++row) {
      const double sum = row_sums_[place.first_query + row];
      if (sum > 0) weights.row(row) /= sum;
    }
    return weights;
  }

 private:
  std::unique_ptr<HeadParts> parts_;
  Vector row_sums_;
};

class FusedParts : public HeadParts {
 public:
  FusedParts(std::vector<std::unique_ptr<HeadParts>> heads, Fuse fuse)
      : heads_(std::move(heads)), fuse_(fuse) {
    assert(!heads_.empty());
  }

  Matrix part(const BlockPlace& place) const override {
    Matrix fused = heads_.front()->part(place);
    for (std::size_t h = 1; h < heads_.size(); ++h) {
      fuse_with(fused, heads_[h]->part(place), fuse_);
    }
    if (fuse_ == Fuse::mean) fused /= static_cast<double>(heads_.size());
    return fused;
  }

 private:
  std::vector<std::unique_ptr<HeadParts>> heads_;
  Fuse fuse_;
};

}  // namespace

std::unique_ptr<HeadParts> whole_parts(Matrix weights) {
  return std::make_unique<WholeParts>(std::move(weights));
}

std::unique_ptr<HeadParts> divided_parts(std::unique_ptr<HeadParts> parts, Vector row_sums) {
  return std::make_unique<DividedParts>(std::move(parts), std::move(row_sums));
}

std::unique_ptr<HeadParts> fused_parts(std::vector<std::unique_ptr<HeadParts>> heads, Fuse fuse) {
  return std::make_unique<FusedParts>(std::move(heads), fuse);
}

}  // namespace attngraph
