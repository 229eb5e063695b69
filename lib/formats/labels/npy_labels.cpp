#include "formats/labels/npy_labels.hpp"

#include <cmath>
#include <cstdint>

#include "core/checked.hpp"
#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "formats/labels/label_list.hpp"
#include "formats/labels/label_texts.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr double largest_id = 9007199254740992.0;  // 2^53

}  // namespace

std::vector<std::string> npy_labels(const Bytes& bytes, NpyHeader header, const std::string& where,
                                    const ReadOptions& options) {
  if (header.shape.size() != 2) return npy_texts(bytes, header, where, options.limits);
  const std::size_t items = header.shape[0];
  const std::size_t tokens = header.shape[1];
  const auto count = checked_multiply(items, tokens);
  if (!count || *count == 0) {
    throw InputError(where, "shape " + shape_text(header.shape) + ", expected [item, token]");
  }
  header.shape = {*count};
  auto all = npy_texts(bytes, header, where, options.limits);
  const auto begin =
      all.begin() + static_cast<std::ptrdiff_t>(item_of_batch(items, where, options) * tokens);
  return {begin, begin + static_cast<std::ptrdiff_t>(tokens)};
}

Labels ids_of(const Tensor& ids, const std::string& where, const ReadOptions& options) {
  const auto refuse = [&] {
    throw InputError(
        where,
        std::string(dtype_name(ids.dtype())) + " " + shape_text(ids.shape()) + ", expected labels",
        "save the texts of the tokens: numpy.save(file, numpy.array(tokens))");
  };
  const bool may_be = !is_floating(ids.dtype()) || ids.dtype() == Dtype::f64;  // as JSON has them
  const bool fits = ids.rank() == 1 || ids.rank() == 2;
  if (!fits || !may_be || ids.dtype() == Dtype::boolean) refuse();
  const Tensor row =
      ids.rank() == 1 ? ids : ids.at(0, item_of_batch(ids.shape()[0], where, options));
  TakenMemory taken(where, options.limits, options.held, fewer_labels_hint);
  taken.add(row.size() * sizeof(double));
  LabelTexts labels(options.limits, taken);
  for (const double id : row.to_doubles()) {
    if (id != std::floor(id) || std::abs(id) > largest_id) refuse();
    labels.add(number_text(static_cast<std::int64_t>(id)), where);
  }
  return {labels.taken(), ids_note};
}

}  // namespace attngraph
