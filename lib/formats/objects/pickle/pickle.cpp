#include "formats/objects/pickle/pickle.hpp"

namespace attngraph {
namespace {

std::string_view characters(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <typename T, typename Value>
std::optional<T> held(const Value& value) {
  const T* found = std::get_if<T>(&value);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace

bool Pickle::is_none(PickleId id) const { return std::holds_alternative<None>(values_[id]); }

std::optional<std::int64_t> Pickle::integer(PickleId id) const {
  if (const auto truth = boolean(id)) return *truth ? 1 : 0;
  return held<std::int64_t>(values_[id]);
}

std::optional<double> Pickle::real(PickleId id) const { return held<double>(values_[id]); }

std::optional<double> Pickle::large_integer(PickleId id) const {
  const auto found = held<Large>(values_[id]);
  return found ? std::optional(found->nearest) : std::nullopt;
}

std::optional<bool> Pickle::boolean(PickleId id) const { return held<bool>(values_[id]); }

std::optional<std::string_view> Pickle::text(PickleId id) const {
  if (const auto found = held<Text>(values_[id])) return found->text;
  if (const auto found = held<Raw>(values_[id])) return characters(found->bytes);
  return std::nullopt;
}

std::optional<std::span<const std::byte>> Pickle::raw(PickleId id) const {
  const auto found = held<Raw>(values_[id]);
  return found ? std::optional(found->bytes) : std::nullopt;
}

std::string_view Pickle::global(PickleId id) const {
  const auto found = held<Global>(values_[id]);
  return found ? std::string_view(globals_[found->index]) : std::string_view();
}

std::optional<PickleId> Pickle::persistent(PickleId id) const {
  const auto found = held<Persistent>(values_[id]);
  return found ? std::optional(found->id) : std::nullopt;
}

const PickleItems* Pickle::items(PickleId id) const {
  return held<PickleItems*>(values_[id]).value_or(nullptr);
}

const PickleItems* Pickle::items(PickleId id, PickleItemsKind kind) const {
  const PickleItems* found = items(id);
  return found != nullptr && found->kind == kind ? found : nullptr;
}

const PickleObject* Pickle::object(PickleId id) const {
  return held<PickleObject*>(values_[id]).value_or(nullptr);
}

}  // namespace attngraph
