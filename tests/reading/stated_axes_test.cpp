#include <doctest/doctest.h>

#include "reading/reading.hpp"
#include "sample.hpp"
#include "tensor/axis_lists.hpp"

using namespace attngraph;

namespace {

/// An array of four axes, and what a list beside it calls these.
Dump stack_and(const std::string& list, const std::vector<std::string>& names) {
  Dump dump = dump_of({{"attn", uniform({3, 12, 7, 7})}});
  for (const std::string& name : names) {
    dump.fields.push_back({list + "." + std::to_string(dump.fields.size()), name, {}});
  }
  dump.other_lists.push_back({list, names.size()});
  return dump;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("axes that the file names are read as it names them") {
  for (const char* list : {"dims", "_variable._dims", "axes", "dim_order"}) {
    for (const Names& names :
         {Names{"head", "layer", "query", "key"}, {"Heads", "layers", "q", "k"}}) {
      const Reading reading = attention_reading(stack_and(list, names), {});
      CHECK(reading.layers.size() == 12);
      CHECK(reading.heads() == 3);
      CHECK(reading.notes.front() == "axes as " + std::string(list) + " names them");
    }
  }
}

TEST_CASE("axes of other names, or that the request names, are as they were") {
  for (const Names& names : {Names{"dim_0", "layer", "query", "key"},
                             {"head", "layer", "key", "key"},
                             {"head", "layer", "query", "width"},
                             {"layer", "query", "key"}}) {
    CHECK(attention_reading(stack_and("dims", names), {}).layers.size() == 3);
  }
  ReadingRequest request;
  request.axes = {Axis::layer, Axis::head, Axis::query, Axis::key};
  const Dump dump = stack_and("dims", {"head", "layer", "query", "key"});
  CHECK(attention_reading(dump, request).layers.size() == 3);
}

TEST_CASE("lists of names are known by the last part of their path") {
  for (const char* name : {"dims", "info.dims", "a/_dims", "axes", "x.axis_names"}) {
    CHECK_MESSAGE(names_axes(name), name);
  }
  for (const char* name : {"dims.x", "xdims", "info.tokens"}) CHECK_FALSE(names_axes(name));
}

TEST_CASE("names of axes are none of the items of a batch") {
  Dump dump = dump_of({{"attn", uniform({4, 12, 7, 7})}});
  dump.other_lists.push_back({"_variable._dims", 4});
  CHECK(attention_reading(dump, {}).layers.size() == 4);
}
