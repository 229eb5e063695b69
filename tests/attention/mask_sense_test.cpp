#include "attention/computed/mask_sense.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/error.hpp"

namespace attngraph {
namespace {

Tensor truths(const std::string& bits, const Shape& shape) {
  std::string bytes = bits;
  for (char& bit : bytes) bit = bit == '1' ? 1 : 0;
  return Tensor(Bytes::from(bytes), Dtype::boolean, shape);
}

std::string fault(std::string_view name, const Tensor& mask) {
  try {
    refuse_inverted_mask(name, mask);
  } catch (const InputError& error) {
    return std::string(error.what()) + " / " + error.hint();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a key_padding_mask is true where keys are ignored") {
  CHECK(fault("b.npz:key_padding_mask", truths("001", {3})) ==
        "$mask: key_padding_mask is inverted, as PyTorch calls what is true where keys are "
        "ignored, expected a mask that is true where a query may look / save its inverse under "
        "another name: mask=~key_padding_mask");
  CHECK(fault("masks/src_key_padding_mask.npy", truths("0011", {2, 2})) != "no error");
  CHECK(fault(":key_padding_mask", Tensor::from(std::vector<double>{0, 1}, {2})) != "no error");
  CHECK(fault(":attention_mask", truths("001", {3})) == "no error");
  CHECK(fault(":mask", truths("011", {3})) == "no error");
}

TEST_CASE("an attn_mask by which queries see others and not themselves is inverted") {
  CHECK(fault(":attn_mask", truths("011001000", {3, 3})) ==
        "$mask: attn_mask is inverted, for by it queries see others and not themselves, expected a "
        "mask that is true where a query may look / save its inverse under another name: "
        "mask=~attn_mask");
  CHECK(fault(":attn_mask", truths("100110111", {3, 3})) == "no error");
  CHECK(fault(":attn_mask", truths("0000", {2, 2})) == "no error");
  CHECK(fault(":attn_mask", truths("01", {2})) == "no error");
  CHECK(fault(":attn_mask", truths("011011", {2, 3})) == "no error");
}

}  // namespace attngraph
