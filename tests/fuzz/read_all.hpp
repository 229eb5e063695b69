#pragma once

#include <cstdlib>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "formats/labels/labels.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/read_dump.hpp"

namespace attngraph::test {

/// Small enough that a lying file cannot slow a run down.
inline Limits fuzz_limits() {
  Limits limits;
  limits.memory = std::size_t{1} << 26;
  return limits;
}

/// An expanded tensor is larger than its bytes; a small part of it shows as much.
inline bool can_be_used(Tensor tensor) {
  constexpr std::size_t many = 1 << 16;
  while (tensor.size() > many) tensor = tensor.at(0, tensor.shape()[0] - 1);
  return tensor.size() > 0 && tensor.to_doubles().size() == tensor.size();
}

/// Gives every storage that a pickle names, of any size that is not too large.
class AnyStorages : public Storages {
 public:
  ByteOrder order() const override { return ByteOrder::big; }
  Bytes storage(const StorageName& name, const std::string& where) override {
    if (name.size() > 4096) throw InputError(where, "is too large a storage");
    return Bytes::from(std::string(name.size(), 'x'));
  }
};

/// Reads any bytes as the pickle of an archive, without the checksums that would keep fuzzing out.
inline void use_pickle(std::string bytes) {
  try {
    const Pickle pickle = read_pickle(Bytes::from(std::move(bytes)), 0, "fuzz", fuzz_limits());
    AnyStorages storages;
    const auto contents = object_contents(pickle, "", storages, "fuzz", {fuzz_limits()});
    for (const auto& [name, tensor] : contents.tensors) {
      if (!can_be_used(tensor)) std::abort();
    }
    for (const auto& left : contents.unread) {
      if (!left.reason.where().starts_with("fuzz") || left.reason.problem().empty()) std::abort();
    }
  } catch (const Error& error) {
    if (!error.where().starts_with("fuzz") || error.problem().empty()) std::abort();
  }
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
    for (const auto& [name, tensor] : dump.tensors) promise(can_be_used(tensor));
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
    read_labels(Bytes::from(std::move(bytes)), "fuzz", {fuzz_limits()});
  } catch (const Error& error) {
    if (!error.where().starts_with("fuzz")) std::abort();
  }
}

}  // namespace attngraph::test
