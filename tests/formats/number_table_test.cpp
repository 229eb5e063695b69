#include "formats/tables/number_table.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "formats/file_kind.hpp"
#include "formats/unknown_text.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {
namespace {

TEST_CASE("a table of plain numbers is what numpy.loadtxt reads") {
  CHECK(table_in_python("0.5,0.5\n0.25,0.75\n") == "numpy.loadtxt(table, delimiter=',')");
  CHECK(table_in_python("0.5;0.5\r\n1;0\r\n") == "numpy.loadtxt(table, delimiter=';')");
  CHECK(table_in_python("0.5\t0.5\n1\t0\n") == "numpy.loadtxt(table)");
  CHECK(table_in_python("# 0 1\n 5.0e-01 5.0e-01\n 1.0 0.0\n") == "numpy.loadtxt(table)");
  CHECK(table_in_python("nan,1\n0.5,0.5\n") == "numpy.loadtxt(table, delimiter=',')");
  CHECK(table_in_python("0,1\n1,0\n") == "numpy.loadtxt(table, delimiter=',')");
}

TEST_CASE("a line of quotes alone is none of the table") {
  CHECK(table_in_python("\"\"") == "");
  CHECK(table_in_python("0.5 0.5\n\"\"\n") ==
        "pandas.read_csv(table, sep=r'\\s+', header=None).to_numpy()");
}

TEST_CASE("the names of columns and rows in a table of numbers are no weights") {
  CHECK(table_in_python("0,1,2\n1,0,0\n0.5,0.5,0\n0.2,0.3,0.5\n") ==
        "pandas.read_csv(table).to_numpy()");
  CHECK(table_in_python("0,1\n0.5,0.5\n0.25,0.75\n") == "pandas.read_csv(table).to_numpy()");
  CHECK(table_in_python("[CLS],the\n0.5,0.5\n0.25,0.75\n") == "pandas.read_csv(table).to_numpy()");
  CHECK(table_in_python("the,7\n0.5,0.5\n") == "pandas.read_csv(table).to_numpy()");
  const std::string index = "pandas.read_csv(table, index_col=0).to_numpy()";
  CHECK(table_in_python(",0,1\n0,0.5,0.5\n1,0.25,0.75\n") == index);
  CHECK(table_in_python("token,the,7\nthe,0.5,0.5\n7,0.25,0.75\n") == index);
  CHECK(table_in_python("token,0,1\nthe,0.5,0.5\ncat,0.25,0.75\n") == index);
  const std::string rows = "pandas.read_csv(table, header=None, index_col=0).to_numpy()";
  CHECK(table_in_python("0,0.5,0.5\n1,0.25,0.75\n") == rows);
  CHECK(table_in_python("the,0.5,0.5\n7,0.25,0.75\n") == rows);
}

TEST_CASE("what numpy.loadtxt does not take is read by pandas: quotes, decimal commas") {
  CHECK(table_in_python("\"0.5\",\"0.5\"\n\"1\",\"0\"\n") ==
        "pandas.read_csv(table, header=None).to_numpy()");
  CHECK(table_in_python("0,5;0,5\n1;0\n") ==
        "pandas.read_csv(table, sep=';', decimal=',', header=None).to_numpy()");
  CHECK(table_in_python("a\tb\n0,5\t0,5\n1,0\t0,0\n") ==
        "pandas.read_csv(table, sep='\\t', decimal=',').to_numpy()");
  CHECK(table_in_python("# mean\nthe cat\n0.5 0.5\n1 0\n") ==
        "pandas.read_csv(table, sep=r'\\s+', comment='#').to_numpy()");
}

TEST_CASE("lines of words, of edges, and a header alone are no table of numbers") {
  for (const char* text : {"", "\n", "Hello, world\nhere I am, again\n", "a,b,0.5\nb,a,0.25\n",
                           "the,cat\n", "0 1 {'weight': 0.5}\n"}) {
    CAPTURE(text);
    CHECK(table_in_python(text).empty());
  }
}

std::string refusal(const std::string& text) {
  try {
    file_kind(std::as_bytes(std::span(text)), "t.csv");
  } catch (const InputError& error) {
    return error.problem() + " / " + error.hint();
  }
  return "was taken";
}

TEST_CASE("a table that begins with a token in brackets, or with words and tabs, is told as one") {
  const std::string known =
      ", expected NPY, NPZ, safetensors, PyTorch, pickle, JSON, a CSV of edges or GraphML / ";
  const std::string edges = "; a list of edges needs the header source,target,weight";
  CHECK(refusal("[CLS],the\n0.5,0.5\n1,0\n") ==
        "begins with '[CLS],the'" + known +
            "a table of numbers is read after numpy.save(file, pandas.read_csv(table).to_numpy())" +
            edges);
  CHECK(refusal("a\tb\n0.5\t0.5\n1\t0\n") ==
        "is a table" + known +
            "a table of numbers is read after numpy.save(file, pandas.read_csv(table, "
            "sep='\\t').to_numpy())" +
            edges);
  CHECK(refusal("é") == "is of an unknown kind" + known +
                            "save arrays with numpy.save, numpy.savez or safetensors");
  CHECK(refusal("[1,2]") == "was taken");
  CHECK(refusal("[true,false]") == "was taken");
}

TEST_CASE("a page is told as one behind declarations and comments, and GraphML is none") {
  for (const char* page :
       {"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">\n",
        "<!-- 404 -->\n<!DOCTYPE HTML>\n", "\n<head><title>404</title>", "<Body>Login</Body>"}) {
    CAPTURE(page);
    CHECK(refusal(page).starts_with("is an HTML page, perhaps of a server"));
  }
  CHECK(refusal("<?xml version=\"1.0\"?><!-- igraph --><graphml>") == "was taken");
  CHECK(refusal("<!-- cut") == "was taken");
  CHECK(refusal("version https://hawser.github.com/spec/v1\n").starts_with("is a Git LFS pointer"));
}

TEST_CASE("the refusal of bare numbers says how to read them") {
  CHECK(refusal(std::string("\0\0\x80\x3f\0\0\0\0", 8))
            .ends_with("safetensors; bare numbers are read after numpy.save(file, "
                       "numpy.fromfile(raw, 'float32').reshape(layers, heads, n, n))"));
}

TEST_CASE("what joblib compresses is told as such, and texts that begin alike are not") {
  for (const char* begin : {"x\x01k`", "x^k`\x13", "x\x9c\x01", "x\xda\x0b"}) {
    CHECK(refusal(begin) ==
          "is compressed by zlib, as joblib.dump does it / save the arrays with numpy.savez; "
          "joblib.load reads it");
  }
  CHECK(refusal("x^2\ny^2\n").starts_with("begins with 'x^2'"));
}

}  // namespace
}  // namespace attngraph
