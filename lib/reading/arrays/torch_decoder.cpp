#include "reading/arrays/torch_decoder.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/text/place.hpp"

namespace attngraph {
namespace {

constexpr std::string_view cross_name = "multihead_attn";

bool is_of_decoder(const std::string& pattern) {
  return pattern.find("decoder") != pattern.npos && pattern.find(cross_name) != pattern.npos;
}

/// What the self-attention of the same layers is called.
std::string beside(std::string pattern) {
  return pattern.replace(pattern.find(cross_name), cross_name.size(), "self_attn");
}

}  // namespace

void mark_decoder(Family& arrays, const Dump& dump) {
  for (ArrayName& name : arrays.names) {
    if (!is_of_decoder(name.pattern)) continue;
    const std::string self = beside(name.pattern);
    name.cross |= std::any_of(dump.tensors.begin(), dump.tensors.end(), [&](const auto& array) {
      return array_name(array.name).pattern == self;
    });
  }
}

void look_for_decoder(Reading& reading, const Family& arrays, const ReadingRequest& request,
                      Faults faults) {
  if (reading.sides == Sides::cross || request.causal) return;
  if (reading.queries() != reading.keys()) return;
  if (!is_of_decoder(arrays.names.front().pattern)) return;
  const Finding finding{
      called(reading.arrays.front()) +
          " may be self-attention, or cross-attention, as layers of torch.nn.TransformerDecoder "
          "call that",
      "say which: $cross, or of self-attention $causal yes or $causal no"};
  if (faults == Faults::refused) throw InputError(reading.source, finding.what, finding.cure);
  reading.findings.push_back(finding);
}

}  // namespace attngraph
