#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "writers/writer.hpp"

namespace attngraph {

/// Keeps what is said beside the answers to several inputs until it is known of which it is true:
/// of all of them, or of some, which are named then.
class NotesOfInputs : public Messages {
 public:
  explicit NotesOfInputs(Messages& to) : to_(to) {}

  /// What comes now is said of this input.
  void begin_input(const std::string& name);
  void note(const std::string& text) override;
  void progress(std::size_t done, std::size_t total) override { to_.progress(done, total); }
  /// Says all of it, in the order in which it was heard, each text once.
  void say();

 private:
  struct Noted {
    std::size_t inputs = 0;
    /// The number of the last of them.
    std::size_t last = 0;
    /// The names of the first of them.
    std::vector<std::string> names = {};
  };

  Messages& to_;
  std::string input_;
  std::size_t inputs_ = 0;
  std::vector<std::string> order_;
  std::map<std::string, Noted> noted_;

  std::string named(const std::string& text, const Noted& noted) const;
};

}  // namespace attngraph
