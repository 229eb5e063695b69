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
      promise(list.source.size() == list.weight.size() && list.target.size() == list.weight.size());
      for (std::size_t i = 0; i < list.weight.size(); ++i) {
        promise(list.source[i] >= 0 && static_cast<std::size_t>(list.source[i]) < dump.nodes);
        promise(list.target[i] >= 0 && static_cast<std::size_t>(list.target[i]) < dump.nodes);
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
