#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/text/place.hpp"
#include "formats/fields.hpp"
#include "formats/objects/pickled_object.hpp"

namespace attngraph {

/// What a walk over an object finds. Names cost memory of their own, since one key or string can
/// occur a million times, so they are counted.
class ObjectFinds {
 public:
  ObjectFinds(const std::string& where, const ReadOptions& options)
      : where_(where), options_(options) {}

  /// `FILE: path`
  std::string place(const std::string& path) const { return within(where_, path); }
  std::size_t arrays() const { return contents_.tensors.size(); }

  /// @throws InputError where another array has this name
  /// @throws LimitError where all names together are too long
  void array(PickleId id, const std::string& path, Tensor tensor);
  void labels(const std::string& path, Labels labels);
  /// A list that labels no tokens.
  void other_list(const std::string& path, std::size_t length, ListKind kind = ListKind::texts);
  /// What stands beside arrays.
  void text(const std::string& path, std::string_view text) { fields_.text(path, text); }
  void number(const std::string& path, std::int64_t number) { fields_.number(path, number); }
  void real(const std::string& path, double number) { fields_.real(path, number); }
  /// The first thousand keep their reasons, of the others only how many there are is told.
  void left_out(const std::string& path, InputError reason);
  /// A field that holds None; worth a word if it is called as attention is and no other is there.
  void none(const std::string& path);
  /// A list in which some items, perhaps all, are None.
  void list_with_none(const Pickle& pickle, const PickleItems& items, const std::string& path,
                      bool has_arrays);
  /// A dict of several keys, all of which hold None.
  void dict_of_none(const Pickle& pickle, const PickleItems& items, const std::string& path);
  /// A container that gave arrays, for when it is met again.
  void container(PickleId id, const std::string& path);
  void met_again(PickleId id, const std::string& path);
  /// A dict of which a key has no text and stands for an array.
  void nameless(const std::string& path);
  /// A column of a DataFrame, or a Series, whose cells hold arrays.
  void cells() { has_cells_ = true; }

  ObjectContents finished();

 private:
  const std::string& where_;
  const ReadOptions& options_;
  ObjectContents contents_;
  Fields fields_;
  std::unordered_map<std::string, PickleId> names_;
  std::unordered_map<PickleId, std::string> containers_;
  std::vector<std::string> fields_of_none_;
  std::vector<std::string> lists_of_none_;
  std::optional<std::string> nameless_;
  bool has_cells_ = false;
  std::size_t bytes_ = 0;
  std::size_t repeated_ = 0;
  std::size_t unread_beyond_ = 0;
  std::string first_repeated_;

  void count(std::size_t bytes);
  void none_for_arrays(const std::string& path, const char* problem);
  void note_integers();
};

}  // namespace attngraph
