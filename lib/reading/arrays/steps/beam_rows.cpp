#include "reading/arrays/steps/beam_rows.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/place.hpp"

namespace attngraph {
namespace {

const NamedTensor* named(const Dump& dump, std::string_view wanted, std::size_t rank) {
  const auto found =
      std::find_if(dump.tensors.begin(), dump.tensors.end(), [&](const NamedTensor& one) {
        const auto cut = one.name.find_last_of("./");
        const auto last = std::string_view(one.name).substr(cut == one.name.npos ? 0 : cut + 1);
        return last == wanted && one.tensor.rank() == rank;
      });
  return found == dump.tensors.end() ? nullptr : &*found;
}

/// The rows of one sequence until it ends.
std::vector<std::size_t> rows_of(const std::vector<double>& indices, const Steps& steps,
                                 const std::string& place) {
  std::vector<std::size_t> rows;
  for (std::size_t t = 0; t < std::min(indices.size(), steps.count); ++t) {
    const double row = indices[t];
    if (row < 0) break;
    if (row != std::floor(row) || row >= static_cast<double>(steps.batches())) {
      throw InputError(place,
                       "step " + std::to_string(t) + " is of none of the " +
                           std::to_string(steps.batches()) + " hypotheses",
                       "save it with the attention of the same generate()");
    }
    rows.push_back(static_cast<std::size_t>(row));
  }
  if (rows.empty()) throw InputError(place, "has no step, expected one or more");
  return rows;
}

}  // namespace

BeamRows beam_rows(const Dump& dump, const Steps& steps) {
  const NamedTensor* table = named(dump, "beam_indices", 2);
  BeamRows beams;
  for (std::size_t s = 0; table != nullptr && s < table->tensor.shape()[0]; ++s) {
    beams.push_back(rows_of(table->tensor.at(0, s).to_doubles(), steps,
                            within(dump.source, table->name) + ": " + std::to_string(s)));
  }
  return beams;
}

std::string beam_note(const Dump& dump, const Steps& steps, const BeamRows& beams) {
  if (!beams.empty()) {
    return "$batch is a sequence, followed from hypothesis to hypothesis by beam_indices";
  }
  const NamedTensor* sequences = named(dump, "sequences", 2);
  if (sequences == nullptr) return "";
  const std::size_t returned = sequences->tensor.shape()[0], rows = steps.batches();
  const bool more = returned > 0 && rows > returned && rows % returned == 0;
  if (!more && named(dump, "sequences_scores", 1) == nullptr) return "";
  return "the " + std::to_string(rows) + " rows of a step for " + counted(returned, "sequence") +
         " may be hypotheses of beam search, which change places: without beam_indices "
         "a row is of none of them";
}

}  // namespace attngraph
