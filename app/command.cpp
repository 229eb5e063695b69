#include "command.hpp"

#include "core/error.hpp"
#include "options/options.hpp"

namespace attngraph {

bool Asked::gives(const std::string& option) const { return parsed_.gives(option); }

std::string Asked::first_of(std::initializer_list<const char*> options) const {
  for (const char* option : options) {
    if (gives(option)) return option;
  }
  return {};
}

void Asked::refuse(std::initializer_list<const char*> options, const std::string& why,
                   const std::string& hint) const {
  const std::string given = first_of(options);
  if (!given.empty()) throw ArgumentError("$" + given, why, hint);
}

void Asked::remark(std::initializer_list<const char*> options, const std::string& what) const {
  const std::string given = first_of(options);
  if (!given.empty()) remarks_.push_back("$" + given + " " + what);
}

void Asked::remark_idle_tokens() const {
  if (!first_of({"words", "drop-special", "segments"}).empty()) return;
  remark({"tokens"}, "names tokens, none of which is in this answer");
}

void Asked::at_most_one(std::initializer_list<const char*> options) const {
  const std::string first = first_of(options);
  for (const char* option : options) {
    if (option != first && gives(option)) {
      throw ArgumentError("$" + first, "does not go with $" + std::string(option));
    }
  }
}

}  // namespace attngraph
