#include "formats/objects/object_keys.hpp"

#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "formats/objects/numpy_pickle.hpp"
#include "formats/objects/object_path.hpp"

namespace attngraph {
namespace {

constexpr std::size_t longest_key = 256;
constexpr std::size_t most_parts = 4;

std::optional<std::string> name_of(std::string_view text) {
  const bool named =
      !text.empty() && text.size() <= longest_key && invalid_utf8(text) == std::string_view::npos;
  return named ? std::optional(std::string(text)) : std::nullopt;
}

}  // namespace

std::optional<std::string> ObjectKeys::number_of_tensor(const PickleObject& object,
                                                        const std::string& where) {
  try {
    const Tensor tensor = tensors_.at(object, where);
    if (tensor.size() != 1) return std::nullopt;
    return number_text(tensor.to_doubles().front());
  } catch (const NoNumbers&) {
    return std::nullopt;
  }
}

std::optional<std::string> ObjectKeys::name_of_object(const PickleObject& object, PickleId id,
                                                      const std::string& where) {
  if (makes_torch_tensor(pickle_.global(object.callable))) return number_of_tensor(object, where);
  if (const auto bytes = bytes_.at(id, where)) {
    return name_of({reinterpret_cast<const char*>(bytes->data.data()), bytes->data.size()});
  }
  const auto text = numpy_text(pickle_, object, bytes_, where);
  return text ? name_of(*text) : std::nullopt;
}

std::optional<std::string> ObjectKeys::name(PickleId id, const std::string& where) {
  if (const auto text = pickle_.text(id)) return name_of(*text);
  if (const auto integer = pickle_.integer(id)) return std::to_string(*integer);
  if (const auto real = pickle_.real(id)) return number_text(*real);
  if (const PickleObject* object = pickle_.object(id)) return name_of_object(*object, id, where);
  const PickleItems* parts = pickle_.items(id, PickleItemsKind::tuple);
  if (parts == nullptr || parts->ids.empty() || parts->ids.size() > most_parts) return std::nullopt;
  std::string text;
  for (const PickleId part : parts->ids) {
    if (pickle_.items(part) != nullptr) return std::nullopt;
    const auto word = name(part, where);
    if (!word) return std::nullopt;
    text = child_path(text, *word);
  }
  return text;
}

}  // namespace attngraph
