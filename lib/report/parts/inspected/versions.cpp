#include "report/parts/inspected/versions.hpp"

#include <Eigen/Core>

#include "graph/attention_graph.hpp"

namespace attngraph {

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {
      {"igraph", igraph_release()},
      {"Eigen", std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) +
                    "." + std::to_string(EIGEN_MINOR_VERSION)},
      {"BLAS", "none (own products)"}};
}

}  // namespace attngraph
