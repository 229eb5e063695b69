#include "formats/plain_bytes.hpp"

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <algorithm>
#include <span>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/file_bytes.hpp"
#include "formats/labels/labels.hpp"
#include "formats/rules.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::dump_of;

namespace {

std::string gzipped(const std::string& text) {
  libdeflate_compressor* packer = libdeflate_alloc_compressor(6);
  std::string packed(libdeflate_gzip_compress_bound(packer, text.size()), '\0');
  packed.resize(
      libdeflate_gzip_compress(packer, text.data(), text.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(packer);
  return packed;
}

std::string plain(std::string bytes, const Limits& limits = {}) {
  return std::string(text_of(plain_bytes(Bytes::from(std::move(bytes)), "a", limits).data));
}

const std::string matrix = "[[0.5, 0.5], [0.25, 0.75]]";

std::string utf16(const std::string& text, bool big) {
  std::string bytes = big ? "\xfe\xff" : "\xff\xfe";
  for (const char letter : text) {
    if (big) bytes += '\0';
    bytes += letter;
    if (!big) bytes += '\0';
  }
  return bytes;
}

}  // namespace

TEST_CASE("text in UTF-16 and with any mark is read in every format") {
  const std::string csv = "source,target,weight\r\n0,1,0.5\r\n";
  for (const std::string& text : {utf16(matrix, false), utf16(matrix, true),
                                  "\xef\xbb\xbf" + matrix, gzipped(utf16(matrix, false))}) {
    CHECK(dump_of(text).tensors[0].tensor.to_doubles() == std::vector{0.5, 0.5, 0.25, 0.75});
  }
  for (const std::string& text : {utf16(csv, false), utf16(csv, true), "\xef\xbb\xbf" + csv}) {
    CHECK(dump_of(text).edges.size() == 1);
  }
}

TEST_CASE("the mark of UTF-8 in front of arrays tells that they were saved again as text") {
  CHECK_THROWS_WITH_AS(plain("\xef\xbb\xbf\x93NUMPY\x01"),
                       "a: begins with the mark of UTF-8 text, and goes on as no text", InputError);
}

TEST_CASE("an address is no file, and what to do is said") {
  try {
    file_bytes("https://example.org/attention.npy", {});
    FAIL("it was opened");
  } catch (const IoError& error) {
    CHECK(error.problem() == "is an address, and no such file is here");
    CHECK(error.hint() == "download it first and give the file: nothing is fetched");
  }
}

TEST_CASE("UTF-16 that breaks off or holds half a character is refused") {
  CHECK_THROWS_WITH_AS(plain(std::string("\xff\xfe"
                                         "a",
                                         3)),
                       "a: byte 2: the text is UTF-16 and ends within a character", InputError);
  CHECK_THROWS_WITH_AS(plain(std::string("\xff\xfe\x3d\xd8", 4)),
                       "a: byte 4: the text is UTF-16 and ends within a character", InputError);
  CHECK_THROWS_WITH_AS(plain(std::string("\xff\xfe\x3d\xd8"
                                         "a\0",
                                         6)),
                       "a: byte 6: the text is UTF-16 and holds half a character", InputError);
  CHECK_THROWS_AS(plain(std::string("\xff\xfe\0\xde", 4)), InputError);
  CHECK_THROWS_AS(plain(std::string("\xff\xfe\0\0\0\0\x11\0", 8)), InputError);
}

TEST_CASE("the first and the last character that UTF-16 writes as two halves are read") {
  CHECK(plain(std::string("\xff\xfe\x00\xd8\x00\xdc", 6)) == "\xf0\x90\x80\x80");  // U+10000
  CHECK(plain("\xff\xfe\xff\xdb\xff\xdf") == "\xf4\x8f\xbf\xbf");                  // U+10FFFF
}

TEST_CASE("UTF-16 may take half as much again in UTF-8, beside what it takes itself") {
  const std::string text = utf16(std::string(999, 'x'), false);  // and the mark: 2000 bytes
  Limits limits;
  limits.memory = 5000;
  CHECK(plain(text, limits).size() == 999);
  limits.memory = 4999;
  CHECK_THROWS_WITH_AS(plain(text, limits), doctest::Contains("$max-memory 4999"), LimitError);
}

TEST_CASE("what gzip packed is read, in one piece or several") {
  CHECK(dump_of(gzipped(matrix)).tensors.size() == 1);
  CHECK(dump_of(gzipped(test::npy_file("<f4", "(1,)", "1234"))).format == "NPY 1.0");
  CHECK(plain(gzipped("one ") + gzipped("two")) == "one two");
  CHECK(plain(gzipped(std::string(1000000, 'x'))) == std::string(1000000, 'x'));
  CHECK(plain(gzipped("")).empty());
  CHECK(plain(gzipped("one") + std::string(100, '\0')) == "one");
  // The size that the last member states says nothing of those before it.
  CHECK(plain(gzipped(std::string(100000, 'x')) + gzipped("y")) == std::string(100000, 'x') + "y");
}

TEST_CASE("very many pieces take no room each, whatever the last says of its size") {
  std::string packed, expected;
  const std::string piece = gzipped("ab");
  for (int i = 0; i < 20000; ++i) {
    packed += piece;
    expected += "ab";
  }
  const std::string last(20'000'000, 'x');
  CHECK(plain(packed + gzipped(last)) == expected + last);
  CHECK(plain(piece + gzipped("") + gzipped("cd")) == "abcd");
}

TEST_CASE("damaged gzip data is refused, at any byte") {
  const std::string packed = gzipped(matrix);
  for (std::size_t size = 3; size < packed.size(); ++size) {
    CAPTURE(size);
    CHECK_THROWS_AS(plain(packed.substr(0, size)), InputError);
  }
  CHECK_THROWS_AS(plain(packed + "more"), InputError);
  CHECK_THROWS_AS(plain(packed + std::string(100, '\0') + "more"), InputError);
  std::string damaged = packed;
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
  CHECK_THROWS_WITH_AS(plain(damaged), "a: is a gzip file whose data is damaged or cut off",
                       InputError);
}

TEST_CASE("what gzip packed counts against the memory limit before it is unpacked") {
  Limits limits;
  limits.memory = 100000;
  CHECK_THROWS_WITH_AS(plain(gzipped(std::string(200000, 'x')), limits),
                       doctest::Contains("$max-memory 100000"), LimitError);
}

TEST_CASE("a length of safetensors that looks like a mark is none") {
  for (const std::size_t length : {0xfeffu, 0x88b1fu}) {
    std::string header = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
    header.resize(length, ' ');
    CHECK(dump_of(test::safetensors_file(header, "x")).format == "safetensors");
  }
}

TEST_CASE("a first look at text refuses what no text has, and nothing of arrays or marked text") {
  const auto look = [](auto check, const std::string& text) {
    check(std::as_bytes(std::span(text)), "a");
  };
  const std::string cut = "one\nt\xc3";  // the rest of the last character comes later
  for (const std::string& text : {std::string("one\ntwo"), cut, utf16("one", false)}) {
    CHECK_NOTHROW(look(check_text_begin, text));
    CHECK_NOTHROW(look(check_labels_begin, text));
  }
  CHECK_THROWS_WITH_AS(look(check_text_begin, std::string("on\0", 3)),
                       "a: byte 2: is NUL, expected text", InputError);
  CHECK_THROWS_WITH_AS(look(check_text_begin, "on\xff two"),
                       "a: byte 2: is not UTF-8, expected text", InputError);
  CHECK_NOTHROW(look(check_labels_begin, test::npy_file("<f4", "(1,)", std::string(4, '\0'))));
  CHECK_NOTHROW(look(check_begin, test::npy_file("<f4", "(1,)", std::string(4, '\0'))));
  CHECK_THROWS_WITH_AS(look(check_begin, "[1, \xff, 2, 3]"),
                       "a: byte 4: is not UTF-8, expected text", InputError);
}
