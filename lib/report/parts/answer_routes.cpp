#include "report/parts/answer_routes.hpp"

#include <algorithm>
#include <iterator>

namespace attngraph {

Routes answer_routes(std::span<const Matrix> transitions, const std::vector<std::size_t>& inputs,
                     const std::vector<std::size_t>& outputs, std::size_t count) {
  Routes all;
  for (const std::size_t output : outputs) {
    for (const std::size_t input : inputs) {
      Routes routes = most_probable_routes(transitions, input, output, count);
      all.total += routes.total;
      std::move(routes.best.begin(), routes.best.end(), std::back_inserter(all.best));
    }
  }
  const auto size = static_cast<double>(outputs.size());
  all.total /= size;
  for (Route& route : all.best) route.probability /= size;
  std::stable_sort(all.best.begin(), all.best.end(), [](const Route& a, const Route& b) {
    return a.probability > b.probability || (a.probability == b.probability && a.tokens < b.tokens);
  });
  if (all.best.size() > count) all.best.resize(count);
  return all;
}

}  // namespace attngraph
