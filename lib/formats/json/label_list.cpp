#include "formats/json/label_list.hpp"

#include <utility>

#include "core/error.hpp"
#include "formats/json/json_events.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

class LabelReader : public JsonEvents {
 public:
  LabelReader(const std::string& where, const Limits& limits) : where_(where), limits_(limits) {}

  void begin_list() override {
    if (in_list_) refuse("a list");
    in_list_ = true;
  }
  void end_list() override {}
  void begin_object() override { refuse("an object"); }
  void key(std::string) override {}
  void end_object() override {}
  void number(double) override { refuse("a number"); }
  void text(std::string value) override {
    if (!in_list_) refuse("a string");
    require_label(value, limits_, place());
    require_memory((labels_.size() + 1) * sizeof(std::string), limits_, where_);
    labels_.push_back(std::move(value));
  }
  void word(std::string_view word) override { refuse(std::string(word)); }

  std::vector<std::string> take() { return std::move(labels_); }

 private:
  const std::string& where_;
  const Limits& limits_;
  std::vector<std::string> labels_;
  bool in_list_ = false;

  std::string place() const { return where_ + ": [" + std::to_string(labels_.size()) + "]"; }

  [[noreturn]] void refuse(const std::string& found) {
    throw InputError(in_list_ ? place() : where_,
                     "is " + found + ", expected " + (in_list_ ? "a string" : "a list of strings"));
  }
};

}  // namespace

std::vector<std::string> label_list(std::string_view json, const std::string& where,
                                    const Limits& limits) {
  LabelReader reader(where, limits);
  send_json(json, where, reader);
  return reader.take();
}

}  // namespace attngraph
