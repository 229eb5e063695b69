#pragma once

#include <cstdlib>
#include <string>

#include "core/error.hpp"
#include "formats/json/labels.hpp"
#include "formats/read_dump.hpp"

namespace attngraph::test {

/// Small enough that a lying file cannot slow a run down.
inline Limits fuzz_limits() {
  Limits limits;
  limits.memory = std::size_t{1} << 26;
  return limits;
}

/// Reads any bytes as an input and uses all of what comes out. Anything but a dump that keeps its
/// promises, or an Error with a place and a text, ends the process.
inline void use_dump(std::string bytes) {
  const auto promise = [](bool kept) {
    if (!kept) std::abort();
  };
  try {
    const Dump dump = read_dump(Bytes::from(std::move(bytes)), "fuzz", {fuzz_limits()});
    promise(!dump.tensors.empty() || dump.nodes > 0);
    for (const auto& [name, tensor] : dump.tensors) {
      promise(tensor.size() > 0 && tensor.to_doubles().size() == tensor.size());
    }
    for (const auto& list : dump.edges) {
      const EdgeArrays& edges = list.edges;
      promise(edges.nodes == dump.nodes && edges.source.size() == edges.size() &&
              edges.target.size() == edges.size());
      for (std::size_t i = 0; i < edges.size(); ++i) {
        promise(edges.source[i] >= 0 && static_cast<std::size_t>(edges.source[i]) < edges.nodes);
        promise(edges.target[i] >= 0 && static_cast<std::size_t>(edges.target[i]) < edges.nodes);
      }
    }
  } catch (const Error& error) {
    promise(error.where().starts_with("fuzz") && !error.problem().empty());
  }
}

/// The same for a list of labels.
inline void use_labels(std::string bytes) {
  try {
    read_labels(Bytes::from(std::move(bytes)), "fuzz", fuzz_limits());
  } catch (const Error& error) {
    if (!error.where().starts_with("fuzz")) std::abort();
  }
}

}  // namespace attngraph::test
