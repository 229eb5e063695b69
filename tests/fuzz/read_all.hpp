#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "formats/edges/conllu.hpp"
#include "formats/labels/labels.hpp"
#include "formats/labels/segment_file.hpp"
#include "formats/objects/pickled_object.hpp"
#include "formats/read_dump.hpp"
#include "formats/rules.hpp"
#include "fuzz/target.hpp"

namespace attngraph::test {

/// Small enough that a lying file cannot slow a run down.
inline Limits fuzz_limits() {
  Limits limits;
  limits.memory = std::size_t{1} << 26;
  return limits;
}

/// How an input is read. Its length chooses, so that what is kept stays a file of its format.
inline ReadOptions fuzz_options(std::size_t size) {
  ReadOptions options{fuzz_limits()};
  switch (size % 4) {
    case 1:
      options.batch = 0;
      options.edges.batch = 0;
      options.edges.signed_weights = SignedWeights::absolute;
      break;
    case 2:
      options.labels = "words";
      options.edges.edge_weight = "w";
      break;
    case 3:
      options.edges.nodes = 8;
      options.edges.node_label = "name";
      options.edges.signed_weights = SignedWeights::positive;
      break;
    default:
      break;
  }
  return options;
}

/// An expanded tensor is larger than its bytes; a small part of it shows as much.
inline bool can_be_used(Tensor tensor) {
  constexpr std::size_t many = 1 << 16;
  while (tensor.size() > many) tensor = tensor.at(0, tensor.shape()[0] - 1);
  return tensor.size() > 0 && tensor.to_doubles().size() == tensor.size();
}

inline void use(const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    promise(label.size() <= fuzz_limits().label && invalid_utf8(label) == std::string::npos);
  }
}

inline void use(const EdgeArrays& edges) {
  promise(edges.source.size() == edges.size() && edges.target.size() == edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    promise(edges.source[i] >= 0 && static_cast<std::size_t>(edges.source[i]) < edges.nodes);
    promise(edges.target[i] >= 0 && static_cast<std::size_t>(edges.target[i]) < edges.nodes);
    promise(std::isfinite(edges.weight[i]));
  }
}

inline void use(const Dump& dump) {
  for (const auto& [name, tensor] : dump.tensors) promise(can_be_used(tensor));
  for (const auto& left : dump.unread) promise(!left.reason.problem().empty());
  for (const auto& list : dump.edges) {
    promise(list.edges.nodes == dump.nodes);
    use(list.edges);
  }
  use(dump.tokens);
}

/// Does `reading`, which may throw no more than an Error that names the file, in a text that is
/// not endless.
template <typename Reading>
void read_or_refuse(Reading reading) {
  constexpr std::size_t longest_text = 4096;
  try {
    reading();
  } catch (const Error& error) {
    promise(error.where().starts_with("fuzz") && !error.problem().empty());
    promise(std::string_view(error.what()).size() + error.hint().size() < longest_text);
  }
}

/// An input, by the way that every file takes: its kind is found by its first bytes.
inline void use_dump(std::string bytes) {
  read_or_refuse([&] {
    const ReadOptions options = fuzz_options(bytes.size());
    const Dump dump = read_dump(Bytes::from(std::move(bytes)), "fuzz", options);
    promise(!dump.tensors.empty() || dump.nodes > 0);
    use(dump);
  });
}

inline void use_labels(std::string bytes) {
  read_or_refuse([&] {
    const ReadOptions options = fuzz_options(bytes.size());
    use(read_labels(Bytes::from(std::move(bytes)), "fuzz", options).texts);
  });
}

inline void use_segments(std::string bytes) {
  read_or_refuse([&] {
    const auto ranges = read_segments(Bytes::from(std::move(bytes)), "fuzz", fuzz_limits());
    promise(!ranges.empty());
    for (const NamedRange& range : ranges) promise(range.first <= range.last);
  });
}

inline void use_conllu(std::string bytes) {
  read_or_refuse([&] { use(read_conllu(bytes, "fuzz", fuzz_limits())); });
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

/// The pickle of an archive, without the checksums and the files beside it.
inline void use_pickle(std::string bytes) {
  read_or_refuse([&] {
    const Pickle pickle = read_pickle(Bytes::from(std::move(bytes)), 0, "fuzz", fuzz_limits());
    AnyStorages storages;
    const auto contents = object_contents(pickle, "", storages, "fuzz", {fuzz_limits()});
    for (const auto& [name, tensor] : contents.tensors) promise(can_be_used(tensor));
    for (const auto& left : contents.unread) {
      promise(left.reason.where().starts_with("fuzz") && !left.reason.problem().empty());
    }
  });
}

}  // namespace attngraph::test
