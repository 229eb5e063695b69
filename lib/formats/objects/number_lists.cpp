#include "formats/objects/number_lists.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_dimensions = 8;
/// As many as a pickle may hold, at every depth.
constexpr std::size_t most_numbers = most_dimensions * 4'000'000;

const PickleItems* sequence(const Pickle& pickle, PickleId id) {
  const PickleItems* items = pickle.items(id);
  const bool ordered = items != nullptr && (items->kind == PickleItemsKind::list ||
                                            items->kind == PickleItemsKind::tuple);
  return ordered ? items : nullptr;
}

/// A whole number, as a number has it.
std::optional<double> whole(const Pickle& pickle, PickleId id) {
  if (const auto integer = pickle.integer(id)) return static_cast<double>(*integer);
  return pickle.large_integer(id);
}

bool is_number(const Pickle& pickle, PickleId id) {
  return pickle.real(id).has_value() || whole(pickle, id).has_value();
}

/// The lengths along the first items; empty where they lead to no number.
Shape shape_of(const Pickle& pickle, PickleId id) {
  Shape shape;
  while (shape.size() < most_dimensions) {
    const PickleItems* items = sequence(pickle, id);
    if (items == nullptr) return is_number(pickle, id) ? shape : Shape{};
    if (items->ids.empty()) return {};
    shape.push_back(items->ids.size());
    id = items->ids.front();
  }
  return is_number(pickle, id) ? shape : Shape{};
}

class Numbers {
 public:
  Numbers(const Pickle& pickle, Shape shape, const std::string& where)
      : pickle_(pickle), shape_(std::move(shape)), where_(where) {}

  std::optional<Tensor> tensor(PickleId id) {
    add(id, 0);
    if (!has_fraction_) return std::nullopt;
    return Tensor::from(std::move(numbers_), shape_);
  }

 private:
  const Pickle& pickle_;
  Shape shape_;
  const std::string& where_;
  std::vector<double> numbers_;
  bool has_fraction_ = false;

  void add(PickleId id, std::size_t axis) {
    if (axis == shape_.size()) return add_number(id);
    const PickleItems* items = sequence(pickle_, id);
    if (items == nullptr || items->ids.size() != shape_[axis]) refuse();
    for (const PickleId item : items->ids) add(item, axis + 1);
  }

  void add_number(PickleId id) {
    const auto real = pickle_.real(id);
    const auto number = real ? real : whole(pickle_, id);
    if (!number) refuse();
    has_fraction_ = has_fraction_ || real;
    numbers_.push_back(*number);
  }

  [[noreturn]] void refuse() const {
    throw NoNumbers(where_, "holds lists of numbers that are not all as long as the first",
                    "save an array: numpy.save(file, numpy.array(lists))");
  }
};

}  // namespace

std::optional<Tensor> NumberLists::at(PickleId id, const std::string& where) {
  Shape shape = shape_of(pickle_, id);
  if (shape.size() < 2) return std::nullopt;
  const std::size_t count =
      std::min(checked_product(shape).value_or(~std::size_t{0}), most_numbers + 1);
  looked_at_ += count;
  if (looked_at_ > most_numbers) {
    throw LimitError(where, "lists that occur again make more than 32000000 numbers",
                     "save an array: numpy.save(file, numpy.array(lists))");
  }
  require_memory(count * sizeof(double), limits_, where);
  return Numbers(pickle_, std::move(shape), where).tensor(id);
}

}  // namespace attngraph
