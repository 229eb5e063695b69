#include "output/several/notes_of_inputs.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_named = 3;

}  // namespace

void NotesOfInputs::begin_input(const std::string& name) {
  input_ = name;
  ++inputs_;
}

void NotesOfInputs::note(const std::string& text) {
  const auto [entry, first] = noted_.try_emplace(text);
  if (first) order_.push_back(text);
  Noted& noted = entry->second;
  if (noted.last == inputs_ && noted.inputs > 0) return;
  noted.last = inputs_;
  ++noted.inputs;
  if (noted.names.size() < most_named) noted.names.push_back(input_);
}

std::string NotesOfInputs::named(const std::string& text, const Noted& noted) const {
  if (noted.inputs == inputs_) return text;
  if (noted.inputs == 1 && text.starts_with(noted.names.front())) return text;
  std::string names;
  for (const std::string& name : noted.names) names += (names.empty() ? "" : ", ") + name;
  const std::size_t others = noted.inputs - noted.names.size();
  if (others > 0) names += " and " + std::to_string(others) + " more";
  return names + ": " + text;
}

void NotesOfInputs::say() {
  for (const std::string& text : order_) to_.note(named(text, noted_.at(text)));
  order_.clear();
  noted_.clear();
}

}  // namespace attngraph
