#pragma once

#include <string>

#include "formats/objects/object_finds.hpp"
#include "formats/objects/pickled_bytes.hpp"

namespace attngraph {

/// The texts and numbers beside arrays that say what these are.
class ObjectFields {
 public:
  ObjectFields(const Pickle& pickle, PickledBytes& bytes, ObjectFinds& finds)
      : pickle_(pickle), bytes_(bytes), finds_(finds) {}

  /// A text or number.
  void one(PickleId id, const std::string& path);
  /// The numbers of a list that says which layers or heads the arrays beside it are.
  void numbers_of_parts(const PickleItems& items, const std::string& path);
  /// The texts of a list that names axes, layers or heads.
  void names_of_parts(const PickleItems& items, const std::string& path);

 private:
  const Pickle& pickle_;
  PickledBytes& bytes_;
  ObjectFinds& finds_;

  void each(const PickleItems& items, const std::string& path);
};

}  // namespace attngraph
