#include "formats/arrays/safetensors_dtype.hpp"

#include <algorithm>
#include <array>

namespace attngraph {
namespace {

struct NumberType {
  std::string_view name;
  std::size_t bits;
  std::optional<Dtype> dtype;
};

constexpr std::array<NumberType, 22> number_types{
    {{"F64", 64, Dtype::f64},          {"F32", 32, Dtype::f32},
     {"F16", 16, Dtype::f16},          {"BF16", 16, Dtype::bf16},
     {"I64", 64, Dtype::i64},          {"I32", 32, Dtype::i32},
     {"I16", 16, Dtype::i16},          {"I8", 8, Dtype::i8},
     {"U64", 64, Dtype::u64},          {"U32", 32, Dtype::u32},
     {"U16", 16, Dtype::u16},          {"U8", 8, Dtype::u8},
     {"BOOL", 8, Dtype::boolean},      {"F8_E4M3", 8, std::nullopt},
     {"F8_E5M2", 8, std::nullopt},     {"F8_E8M0", 8, std::nullopt},
     {"F8_E4M3FNUZ", 8, std::nullopt}, {"F8_E5M2FNUZ", 8, std::nullopt},
     {"F6_E2M3", 6, std::nullopt},     {"F6_E3M2", 6, std::nullopt},
     {"F4", 4, std::nullopt},          {"C64", 64, std::nullopt}}};

const NumberType* type_called(std::string_view name) {
  const auto found = std::find_if(number_types.begin(), number_types.end(),
                                  [&](const NumberType& type) { return type.name == name; });
  return found == number_types.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Dtype> safetensors_dtype(std::string_view name) {
  const NumberType* type = type_called(name);
  return type == nullptr ? std::nullopt : type->dtype;
}

std::optional<std::size_t> safetensors_bits(std::string_view name) {
  const NumberType* type = type_called(name);
  return type == nullptr ? std::nullopt : std::optional(type->bits);
}

}  // namespace attngraph
