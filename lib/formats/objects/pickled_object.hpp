#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/labels/label_list.hpp"
#include "formats/objects/numpy_pickle.hpp"
#include "formats/objects/torch/torch_tensor.hpp"
#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The arrays and texts that a pickled object holds, named by the path to them: `attentions.0`.
struct ObjectContents {
  std::vector<NamedTensor> tensors;
  /// Sparse, complex, empty arrays, and None in place of layers.
  std::vector<Unread> unread;
  /// Lists of strings that are called as labels are.
  std::vector<NamedLabels> labels;
  /// Other lists of strings, and of whole numbers that are called as classes are.
  std::vector<OtherList> other_lists;
  /// Texts and numbers of dicts.
  std::vector<Field> fields;
  std::vector<std::string> notes;
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
                               const std::string& where, const ReadOptions& options);

/// Why an object without arrays, labels, and anything left out cannot be used.
InputError nothing_to_read(const Pickle& pickle, const std::string& where);

/// A file of one object, perhaps without any array.
/// @throws InputError as object_contents
Dump object_dump(const Pickle& pickle, Storages& storages, const std::string& source,
                 std::string format, const ReadOptions& options);

/// The pickle from `begin` to the end of the bytes.
/// @throws InputError where something follows it, or as read_pickle
Pickle pickle_to_end(const Bytes& bytes, std::size_t begin, const std::string& where,
                     const Limits& limits);

/// A pickle that is a file of its own; its tensors carry their storages in them.
Dump read_pickle_file(const Bytes& bytes, const std::string& source, const ReadOptions& options);

/// An NPY file of one array of objects, whose pickle begins behind the header.
Dump read_npy_objects(const Bytes& bytes, std::size_t begin, const std::string& source,
                      std::string format, const ReadOptions& options);

}  // namespace attngraph
