// The k most probable routes through a layered graph, by recursive enumeration (Jiménez and Marzal
// 1999).
//
// Requires finite entries, not negative. Every token of every level keeps its ways down to the
// input in falling order, and finds the next one only when a level above asks for it: the best by
// looking at all steps, the others from a heap of one candidate for each step, whose next rank goes
// in when it comes out. As a factor never reorders ways, the answer is exact. The layers are a DAG
// and all routes have the same length, so Yen's or Eppstein's detours gain nothing. Cost: O(layers
// n²) for the first route and O(layers (n + log n)) or less for each further one; memory grows with
// the routes that are asked for, not with all there are.

#include "metrics/paths/routes.hpp"

#include <algorithm>
#include <cstdint>

#include "core/stop.hpp"

namespace attngraph {
namespace {

/// A way from a token of some level down to the input: its first step, and the rank of the rest
/// among the ways of the token it leads to.
struct Way {
  double probability;
  std::uint32_t next;
  std::size_t rank;
};

/// Whether `a` comes after `b`. Ways of one token are in order already, so comparing the next token
/// and then the rank compares whole routes from the output on.
bool later(const Way& a, const Way& b) {
  if (a.probability != b.probability) return a.probability < b.probability;
  return a.next != b.next ? a.next > b.next : a.rank > b.rank;
}

class Enumeration {
 public:
  /// Ways from the outputs down to one of the inputs that begin_at() names.
  explicit Enumeration(std::span<const Matrix> transitions)
      : transitions_(transitions),
        tokens_(static_cast<std::size_t>(transitions.front().rows())),
        places_((transitions.size() + 1) * tokens_) {
    for (std::size_t token = 0; token < tokens_; ++token) places_[token].exhausted = true;
  }

  void begin_at(std::size_t input) { places_[input].ways = {{1.0, 0, 0}}; }

  /// The most probable routes from `output` down.
  std::vector<Route> best(std::size_t output, std::size_t count) {
    std::vector<Route> routes;
    while (routes.size() < count) {
      check_stop();
      const Way* way = this->way(transitions_.size(), output, routes.size());
      if (way == nullptr) break;
      Route route{way->probability, {output}};
      for (std::size_t level = transitions_.size(); level-- > 0;) {
        route.tokens.push_back(way->next);
        way = this->way(level, way->next, way->rank);
      }
      routes.push_back(std::move(route));
    }
    return routes;
  }

 private:
  struct Place {
    std::vector<Way> ways;
    std::vector<Way> candidates;
    bool exhausted = false;
  };

  std::span<const Matrix> transitions_;
  std::size_t tokens_;
  std::vector<Place> places_;

  /// The way of that rank from a token at `level`; null where there are not so many.
  const Way* way(std::size_t level, std::size_t token, std::size_t rank) {
    Place& place = places_[level * tokens_ + token];
    while (place.ways.size() <= rank && !place.exhausted) extend(level, token);
    return rank < place.ways.size() ? &place.ways[rank] : nullptr;
  }

  Way step(std::size_t level, std::size_t token, std::uint32_t next, std::size_t rank) {
    const double weight =
        transitions_[level - 1](static_cast<Index>(token), static_cast<Index>(next));
    const Way* rest = weight > 0 ? way(level - 1, next, rank) : nullptr;
    return {rest != nullptr ? weight * rest->probability : 0, next, rank};
  }

  void extend(std::size_t level, std::size_t token) {
    Place& place = places_[level * tokens_ + token];
    if (place.ways.empty()) {
      Way best{0, 0, 0};
      for (std::uint32_t next = 0; next < tokens_; ++next) {
        best = std::max(best, step(level, token, next, 0), later);
      }
      return found(place, best);
    }
    if (place.ways.size() == 1) {
      for (std::uint32_t next = 0; next < tokens_; ++next) {
        if (next != place.ways[0].next) place.candidates.push_back(step(level, token, next, 0));
      }
      std::make_heap(place.candidates.begin(), place.candidates.end(), later);
    }
    const Way last = place.ways.back();
    place.candidates.push_back(step(level, token, last.next, last.rank + 1));
    std::push_heap(place.candidates.begin(), place.candidates.end(), later);
    std::pop_heap(place.candidates.begin(), place.candidates.end(), later);
    const Way best = place.candidates.back();
    place.candidates.pop_back();
    found(place, best);
  }

  static void found(Place& place, const Way& best) {
    place.exhausted = !(best.probability > 0);
    if (!place.exhausted) place.ways.push_back(best);
  }
};

}  // namespace

Routes most_probable_routes(std::span<const Matrix> transitions, std::size_t input,
                            std::size_t output, std::size_t count) {
  const Index tokens = transitions.front().rows();
  Vector reaching = Vector::Unit(tokens, static_cast<Index>(input));
  for (const Matrix& transition : transitions) reaching = transition * reaching;
  Enumeration enumeration(transitions);
  enumeration.begin_at(input);
  return {enumeration.best(output, count), reaching[static_cast<Index>(output)]};
}

std::vector<std::vector<Route>> most_probable_routes(std::span<const Matrix> transitions,
                                                     std::size_t count) {
  const auto tokens = static_cast<std::size_t>(transitions.front().rows());
  Enumeration enumeration(transitions);
  for (std::size_t input = 0; input < tokens; ++input) enumeration.begin_at(input);
  std::vector<std::vector<Route>> routes;
  for (std::size_t output = 0; output < tokens; ++output) {
    routes.push_back(enumeration.best(output, count));
  }
  return routes;
}

}  // namespace attngraph
