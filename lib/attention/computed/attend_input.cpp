#include "attention/computed/attend_input.hpp"

#include <array>

namespace attngraph {

std::span<const AttendTensor> attend_tensors() {
  using Input = AttendInput;
  static constexpr std::array<AttendTensor, 15> all{{
      {"query", &Input::query, true,
       "[token, width]; [head, token, width], or batch first with $heads or projections; "
       "[layer, head, token, width]; after rotary embedding"},
      {"key", &Input::key, true, "as many axes; query heads may share key heads in groups"},
      {"value", &Input::value, true, "what the weights multiply, by the axes of $key"},
      {"input", &Input::input, true, "what queries, keys and values are projected from"},
      {"wq", &Input::wq, true, "projection of queries, [out, in] as PyTorch stores it"},
      {"wk", &Input::wk, true, "projection of keys"},
      {"wv", &Input::wv, true, "projection of values"},
      {"wo", &Input::wo, true, "projection of the concatenated heads"},
      {"bq", &Input::bq, true, "bias of queries"},
      {"bk", &Input::bk, true, "bias of keys"},
      {"bv", &Input::bv, true, "bias of values"},
      {"bo", &Input::bo, true, "bias of the output"},
      {"mask", &Input::mask, false,
       "non-zero may attend (the opposite of PyTorch's MultiheadAttention); broadcasts to "
       "[layer, head, query, key]"},
      {"bias", &Input::bias, false, "added to the scores; -inf masks"},
      {"sink-logits", &Input::sink_logits, false,
       "a score of each head that joins the sum without a key"},
  }};
  return all;
}

}  // namespace attngraph
