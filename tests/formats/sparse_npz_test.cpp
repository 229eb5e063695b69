#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

TEST_CASE("a sparse matrix of SciPy is refused, of whichever kind") {
  const auto error = [](const std::vector<std::string>& members) -> std::string {
    std::vector<test::ZipEntry> entries;
    for (const auto& name : members)
      entries.push_back({name + ".npy", test::npy_file("<f8", "(1,)", test::raw<double>({1}))});
    try {
      dump_of(test::zip_file(entries));
    } catch (const InputError& refused) {
      return std::string(refused.what()) + " / " + refused.hint();
    }
    return "none";
  };
  const std::string sparse =
      "a: is a sparse matrix of SciPy, expected arrays of numbers / save it dense: "
      "numpy.save('dense.npy', scipy.sparse.load_npz(file).toarray())";
  CHECK(error({"indices", "indptr", "format", "shape", "data"}) == sparse);
  CHECK(error({"row", "col", "format", "shape", "data"}) == sparse);
  CHECK(error({"offsets", "format", "shape", "data"}) == sparse);
  CHECK(error({"coords", "format", "shape", "data"}) == sparse);
  CHECK(error({"format", "shape", "data"}) == "none");
}
