#include "formats/objects/pickled_bytes.hpp"

#include <algorithm>
#include <utility>

#include "core/text/text.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// Whether a function gives the bytes that its first argument says.
bool makes_bytes(std::string_view function) {
  return function == "_codecs.encode" || function == "builtins.bytearray" ||
         function == "__builtin__.bytearray" || function == "builtins.bytes" ||
         function == "__builtin__.bytes";
}

/// Python knows many encodings; only this one has a character for each byte.
bool is_latin1(std::string_view encoding) {
  return encoding == "latin1" || encoding == "latin-1" || encoding == "iso-8859-1";
}

}  // namespace

const PickleItems* pickled_arguments(const Pickle& pickle, const PickleObject& object,
                                     std::size_t least) {
  const PickleItems* found = pickle.items(object.arguments, PickleItemsKind::tuple);
  return found != nullptr && found->ids.size() >= least ? found : nullptr;
}

std::optional<Shape> pickled_shape(const Pickle& pickle, PickleId id) {
  if (const PickleObject* size = pickle.object(id);
      size && pickle.global(size->callable) == "torch.Size") {
    const PickleItems* arguments = pickled_arguments(pickle, *size, 1);
    if (arguments == nullptr) return std::nullopt;
    id = arguments->ids[0];
  }
  const PickleItems* sizes = pickle.items(id);
  constexpr std::size_t most_sizes = 64;
  if (sizes == nullptr || sizes->kind == PickleItemsKind::dict) return std::nullopt;
  if (sizes->ids.size() > most_sizes) return std::nullopt;
  Shape shape;
  for (const PickleId item : sizes->ids) {
    const auto size = pickle.integer(item);
    if (!size || *size < 0) return std::nullopt;
    shape.push_back(static_cast<std::size_t>(*size));
  }
  return shape;
}

Bytes PickledBytes::decoded(std::string_view text, const std::string& where) {
  if (const auto found = decoded_.find(text.data()); found != decoded_.end()) return found->second;
  decoded_size_ += text.size();
  require_memory(decoded_size_, limits_, where);
  std::string bytes;
  bytes.reserve(text.size());
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t character = take_character(rest);
    if (character > 0xff) {
      throw InputError(where, "its bytes are written as text that is not Latin-1",
                       "the pickle is damaged; save it again");
    }
    bytes += static_cast<char>(character);
  }
  return decoded_.emplace(text.data(), Bytes::from(std::move(bytes))).first->second;
}

std::optional<Bytes> PickledBytes::at(PickleId id, const std::string& where) {
  if (const PickleObject* object = pickle_.object(id)) {
    if (!makes_bytes(pickle_.global(object->callable))) return std::nullopt;
    const PickleItems* arguments = pickled_arguments(pickle_, *object, 1);
    if (arguments == nullptr) return Bytes::from({});
    if (arguments->ids.size() > 1) {
      const auto encoding = pickle_.text(arguments->ids[1]);
      if (encoding && !is_latin1(lower_case(*encoding))) return std::nullopt;
    }
    id = arguments->ids[0];
    if (const auto text = pickle_.text(id); text && !pickle_.raw(id)) return decoded(*text, where);
  }
  if (const auto raw = pickle_.raw(id)) {
    return Bytes{pickle_.bytes().owner, *raw, pickle_.bytes().mapped};
  }
  return std::nullopt;
}

}  // namespace attngraph
