#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/objects/numpy_pickle.hpp"
#include "formats/objects/torch_tensor.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A list of strings, under the path to it.
struct NamedTexts {
  std::string name;
  std::vector<std::string> texts;
};

/// The arrays and texts that a pickled object holds, named by the path to them: `attentions.0`.
struct ObjectContents {
  std::vector<NamedTensor> tensors;
  /// Lists called tokens, labels, token_strs or input_tokens.
  std::vector<NamedTexts> labels;
  std::vector<std::string> notes;
  /// Why the first of the arrays that were left out was.
  std::optional<NoNumbers> left_out;
  /// Lists and tuples that hold None in place of arrays.
  std::vector<std::string> of_none;
};

/// A pickle without files beside it: each tensor of PyTorch carries its storage in it.
class NoStorages : public Storages {
 public:
  ByteOrder order() const override { return ByteOrder::little; }
  [[noreturn]] Bytes storage(const StorageName& name, const std::string& where) override;
};

/// Walks over the object: lists, tuples and dicts by index and key, every other object by the
/// items, the state and the arguments that it was pickled with. What occurs again is not walked
/// again.
/// @param name what the paths begin with; may be empty
/// @throws InputError for what is nested deeper than 64, and for arrays that contradict themselves
ObjectContents object_contents(const Pickle& pickle, const std::string& name, Storages& storages,
                               const std::string& where, const Limits& limits);

/// Why an object without any array cannot be used.
InputError nothing_to_read(const ObjectContents& contents, const Pickle& pickle,
                           const std::string& where);

/// A file of one object.
/// @throws InputError where it holds no array, or as object_contents
Dump object_dump(const Pickle& pickle, Storages& storages, const std::string& source,
                 std::string format, const Limits& limits);

/// The pickle from `begin` to the end of the bytes.
/// @throws InputError where something follows it, or as read_pickle
Pickle pickle_to_end(const Bytes& bytes, std::size_t begin, const std::string& where,
                     const Limits& limits);

/// A pickle that is a file of its own; its tensors carry their storages in them.
Dump read_pickle_file(const Bytes& bytes, const std::string& source, const Limits& limits);

/// An NPY file of one array of objects, whose pickle begins behind the header.
Dump read_npy_objects(const Bytes& bytes, std::size_t begin, const std::string& source,
                      std::string format, const Limits& limits);

}  // namespace attngraph
