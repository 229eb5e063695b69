#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "formats/json/json_text.hpp"
#include "formats/taken_memory.hpp"

namespace attngraph {

/// The keys of an object of JSON while it is read, and what they take meanwhile.
class JsonKeys {
 public:
  /// @param where the file, in errors
  JsonKeys(TakenMemory& taken, const std::string& where) : taken_(taken), where_(where) {}
  ~JsonKeys() { taken_.give_back(bytes_); }
  JsonKeys(const JsonKeys&) = delete;
  JsonKeys& operator=(const JsonKeys&) = delete;

  /// @throws InputError for one that it has already, LimitError
  void add(const std::string& key) {
    constexpr std::size_t beside_text = 96;  // in a set
    taken_.add(beside_text + key.size());
    bytes_ += beside_text + key.size();
    require_new_key(names_.insert(key).second, key, where_);
  }
  std::size_t count() const { return names_.size(); }

 private:
  TakenMemory& taken_;
  const std::string& where_;
  std::set<std::string> names_;
  std::size_t bytes_ = 0;
};

}  // namespace attngraph
