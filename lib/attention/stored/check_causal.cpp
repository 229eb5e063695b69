#include "attention/stored/check_causal.hpp"

#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "attention/positions.hpp"
#include "attention/stored/stored_rows.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

/// How much of a head lies on keys after its queries, and the query that has most of it there.
struct Ahead {
  double whole = 0, ahead = 0;
  std::size_t query = 0;
  double most = 0;

  void add(std::size_t q, double sum, double ahead_of_q) {
    whole += sum;
    ahead += ahead_of_q;
    if (ahead_of_q <= most) return;
    most = ahead_of_q;
    query = q;
  }
};

Ahead ahead_in(const EdgeArrays& edges, std::size_t queries, std::size_t keys) {
  std::vector<double> sums(queries, 0.0), ahead(queries, 0.0);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto q = static_cast<std::size_t>(edges.source[i]);
    sums[q] += edges.weight[i];
    const auto key = static_cast<std::size_t>(edges.target[i]);
    if (key >= keys_before(q, queries, keys)) ahead[q] += edges.weight[i];
  }
  Ahead found;
  for (std::size_t q = 0; q < queries; ++q) found.add(q, sums[q], ahead[q]);
  return found;
}

Ahead ahead_in(const Tensor& numbers) {
  StoredRows weights(numbers);
  Ahead found;
  for (std::size_t q = 0; q < weights.rows(); ++q) {
    found.add(q, weights.facts(q).sum, weights.facts(q, weights.visible(q)).sum);
  }
  return found;
}

Ahead ahead_in(const Attention& attention, std::size_t layer, std::size_t head) {
  if (const EdgeArrays* edges = attention.edges(layer, head)) {
    return ahead_in(*edges, attention.queries(), attention.keys());
  }
  return ahead_in(attention.numbers(layer, head));
}

}  // namespace

void check_causal(const Attention& attention) {
  const std::size_t heads = attention.heads();
  std::vector<Ahead> found(attention.layers() * heads);
  parallel_for(found.size(),
               [&](std::size_t i) { found[i] = ahead_in(attention, i / heads, i % heads); });
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Ahead& head = found[i];
    if (head.ahead <= causal_leak * head.whole) continue;
    throw InputError(attention.place(i / heads, i % heads) + ", row " + std::to_string(head.query),
                     rounded_text(head.most, 3) +
                         " of its weight lies on later keys, and $causal yes says that none does",
                     "leave $causal out: the weights say themselves whether they are causal");
  }
}

}  // namespace attngraph
