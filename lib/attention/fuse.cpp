#include "attention/fuse.hpp"

namespace attngraph {

std::string_view fuse_name(Fuse fuse) {
  switch (fuse) {
    case Fuse::mean:
      return "mean";
    case Fuse::max:
      return "max";
    case Fuse::min:
      return "min";
  }
  return "";
}

void fuse_with(Eigen::Ref<Matrix> fused, const Eigen::Ref<const Matrix>& next, Fuse fuse) {
  switch (fuse) {
    case Fuse::mean:
      fused += next;
      break;
    case Fuse::max:
      fused = fused.cwiseMax(next);
      break;
    case Fuse::min:
      fused = fused.cwiseMin(next);
      break;
  }
}

}  // namespace attngraph
