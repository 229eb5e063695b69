#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using test::bytes_of;
using test::dump_of;
using test::npy_file;
using test::raw;
using test::zip_file;

namespace {

std::string one_number(double value) { return npy_file("<f8", "(1,)", raw<double>({value})); }

/// Runs on as many threads as it says, as long as it lives.
class Threads {
 public:
  explicit Threads(std::size_t count) { set_worker_threads(count); }
  ~Threads() { set_worker_threads(1); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
};

std::string names(const Dump& dump) {
  std::string text;
  for (const auto& [name, tensor] : dump.tensors) text += name + " ";
  return text;
}

}  // namespace

TEST_CASE("members lose their .npy and stand in natural order") {
  const Dump dump = dump_of(zip_file({{"layer_10.npy", one_number(10)},
                                      {"layer_2.npy", one_number(2), true},
                                      {"layer_1", one_number(1)}}));
  CHECK(dump.format == "NPZ");
  CHECK(names(dump) == "layer_1 layer_2 layer_10 ");
  CHECK(dump.tensors[0].tensor.to_doubles() == std::vector{1.0});
  CHECK(dump.tensors[1].tensor.to_doubles() == std::vector{2.0});
  CHECK(dump.tensors[2].tensor.to_doubles() == std::vector{10.0});
}

TEST_CASE("every way to write a ZIP member gives the same numbers") {
  for (const bool deflate : {false, true}) {
    for (const bool zip64 : {false, true}) {
      for (const bool descriptor : {false, true}) {
        for (const bool zip64_end : {false, true}) {
          CAPTURE(deflate);
          CAPTURE(zip64);
          CAPTURE(descriptor);
          CAPTURE(zip64_end);
          const Dump dump =
              dump_of(zip_file({{"a.npy", one_number(0.25), deflate, zip64, descriptor},
                                {"b.npy", one_number(0.75), deflate, zip64, descriptor}},
                               zip64_end));
          CHECK(names(dump) == "a b ");
          CHECK(dump.tensors[1].tensor.to_doubles() == std::vector{0.75});
        }
      }
    }
  }
}

TEST_CASE("a descriptor may have Zip64 sizes where the local header has only zeros") {
  // NumPy writes this into a pipe.
  std::string file = zip_file({{"a.npy", one_number(0.25), true, true, true}});
  const std::string saturated(8, '\xff');
  REQUIRE(file.substr(18, 8) == saturated);
  file.replace(18, 8, std::string(8, '\0'));
  CHECK(names(dump_of(file)) == "a ");
}

TEST_CASE("Zip64 sizes are found behind extra fields of others") {
  // of number 0, as some pad with, and a time
  const std::string others = bytes_of("0000 0200 0000") + bytes_of("5554 0500 03 00000000");
  const test::ZipEntry entry{"a.npy", one_number(0.25), false, true, false, others};
  CHECK(dump_of(zip_file({entry})).tensors[0].tensor.to_doubles() == std::vector{0.25});
}

TEST_CASE("an archive may end in a comment") {
  std::string file = zip_file({{"a.npy", one_number(0.25)}});
  file.replace(file.size() - 2, 2, test::little(5, 2) + "hello");
  CHECK(names(dump_of(file)) == "a ");
}

TEST_CASE("an archive of several files is refused, whichever number says so") {
  const std::string file = zip_file({{"a.npy", one_number(0.5)}});
  for (const std::size_t at :
       {4, 6, 8}) {  // of the end record: this file, the directory's, entries
    std::string split = file;
    split[split.size() - 22 + at] ^= 2;
    CHECK_THROWS_WITH_AS(dump_of(split),
                         doctest::Contains("the archive is split into several files"), InputError);
  }
}

TEST_CASE("stored members are read in place, deflated ones are not") {
  const Bytes bytes =
      Bytes::from(zip_file({{"odd", one_number(1)}, {"packed", one_number(2), true}}));
  const long before = bytes.owner.use_count();
  const Dump dump = read_dump(bytes, "a", {});
  CHECK(bytes.owner.use_count() == before + 1);
}

TEST_CASE("a member that names axes gives fields, and none where it is damaged") {
  const std::string names("q\0\0\0k\0\0\0", 8);
  const Dump dump =
      dump_of(zip_file({{"attn", one_number(1)}, {"axes", npy_file("<U1", "(2,)", names)}}));
  REQUIRE(dump.fields.size() == 2);
  CHECK(dump.fields[0].name == "axes.0");
  CHECK(dump.fields[1].text == "k");
  const std::string damaged("\xff\xff\xff\xff", 4);
  const Dump other =
      dump_of(zip_file({{"attn", one_number(1)}, {"axes", npy_file("<U1", "(1,)", damaged)}}));
  CHECK(other.fields.empty());
}

TEST_CASE("a member tokens that holds strings gives the tokens") {
  const std::string unicode = raw<char32_t>({U'a', 0, 0, U'\u0120', U'\U0001f600', 0, 0, 0, 0});
  const Dump dump = dump_of(zip_file(
      {{"attention.npy", one_number(1)}, {"tokens.npy", npy_file("<U3", "(3,)", unicode)}}));
  CHECK(names(dump) == "attention ");
  CHECK(dump.tokens == std::vector<std::string>{"a", "\xc4\xa0\xf0\x9f\x98\x80", ""});
}

TEST_CASE("tokens may be big-endian or bytes") {
  const auto tokens = [](std::string_view descr, const std::string& data) {
    return dump_of(zip_file({{"a", one_number(1)}, {"tokens.npy", npy_file(descr, "(2,)", data)}}))
        .tokens;
  };
  CHECK(tokens(">U1", bytes_of("00000061 00000062")) == std::vector<std::string>{"a", "b"});
  CHECK(tokens("|S2", bytes_of("6100 c3a4")) == std::vector<std::string>{"a", "\xc3\xa4"});
}

TEST_CASE("a zero inside a token stays, those behind it are padding") {
  const std::string unicode = raw<char32_t>({U'a', 0, U'b', 0});
  const Dump dump =
      dump_of(zip_file({{"a", one_number(1)}, {"tokens", npy_file("<U4", "(1,)", unicode)}}));
  CHECK(dump.tokens == std::vector{std::string("a\0b", 3)});
}

TEST_CASE("a member tokens that holds numbers is an array like others") {
  const Dump dump = dump_of(zip_file({{"a", one_number(1)}, {"tokens.npy", one_number(7)}}));
  CHECK(names(dump) == "a tokens ");
  CHECK(dump.tokens.empty());
}

TEST_CASE("whole numbers called tokens are their ids, where they have one axis") {
  const std::string ids = raw<std::int64_t>({101, 7});
  const auto tokens = [&](std::string_view shape) {
    return dump_of(zip_file({{"a", one_number(1)}, {"tokens.npy", npy_file("<i8", shape, ids)}}))
        .tokens;
  };
  CHECK(tokens("(2,)") == std::vector<std::string>{"101", "7"});
  CHECK(tokens("(2, 1)").empty());
}

TEST_CASE("notes name the member") {
  const Dump dump = dump_of(zip_file({{"mask.npy", npy_file("|b1", "(1,)", bytes_of("01"))}}));
  CHECK(dump.notes == std::vector<std::string>{"mask: bool values read as numbers"});
  const auto bits = zip_file({{"a.npy", npy_file("<u2", "(1,)", bytes_of("803f"))}});
  CHECK(read_dump(Bytes::from(bits), "a", {{}, {}, {}, {}, 0, Dtype::bf16}).notes.empty());
}

TEST_CASE("errors inside a member name it") {
  try {
    dump_of(zip_file({{"layer_3.npy", npy_file("<f4", "(9,)", "1234")}}));
    FAIL("short data were accepted");
  } catch (const InputError& error) {
    CHECK(error.where() == "a: layer_3.npy: data");
  }
}

TEST_CASE("deflated members together must fit into the memory, before one is inflated") {
  const std::string zeros = npy_file("<f4", "(1000,)", std::string(4000, '\0'));
  const std::string file = zip_file({{"a", zeros, true}, {"b", zeros, true}});
  Limits limits;
  limits.memory = 2 * zeros.size();
  CHECK(dump_of(file, limits).tensors.size() == 2);
  limits.memory -= 1;
  CHECK_THROWS_WITH_AS(dump_of(file, limits),
                       doctest::Contains("needs 8256 bytes of memory, more than $max-memory 8255"),
                       LimitError);
  CHECK(dump_of(zip_file({{"a", zeros}, {"b", zeros}}), limits).tensors.size() == 2);
}

TEST_CASE("a masked head that deflates a thousandfold is no bomb") {
  const std::string zeros = npy_file("<f4", "(1000, 1000)", std::string(4000000, '\0'));
  const std::string file = zip_file({{"a", zeros, true}});
  REQUIRE(file.size() < 8000);
  CHECK(dump_of(file).tensors.front().tensor.size() == 1000000);
}

TEST_CASE("members that are inflated at the same time stand in order, as do their notes") {
  std::vector<test::ZipEntry> entries;
  for (int i = 0; i < 20; ++i) {
    const auto value = static_cast<std::int16_t>(i);
    entries.push_back({"layer_" + std::to_string(i) + ".npy",
                       npy_file("<i2", "(1,)", raw<std::int16_t>({value})), i % 3 != 0});
  }
  const Dump one = dump_of(zip_file(entries));
  const Threads threads(4);
  const Dump four = dump_of(zip_file(entries));
  CHECK(names(four) == names(one));
  CHECK(four.notes == one.notes);
  CHECK(four.notes.size() == 20);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(four.tensors[i].tensor.to_doubles() == std::vector{static_cast<double>(i)});
  }
}

TEST_CASE("of several members that break a rule the first in order is named, on any threads") {
  std::vector<test::ZipEntry> entries;
  for (int i = 0; i < 20; ++i) {
    const std::string content = i == 7 || i == 15 ? npy_file("<f4", "(9,)", "1234") : one_number(i);
    entries.push_back({"layer_" + std::to_string(i) + ".npy", content, true});
  }
  for (const std::size_t count : {1, 4}) {
    const Threads threads(count);
    CHECK_THROWS_WITH_AS(dump_of(zip_file(entries)), doctest::Contains("layer_7.npy"), InputError);
  }
}

TEST_CASE("members that are no arrays of numbers are left unread, whatever they hold") {
  const Dump dump =
      dump_of(zip_file({{"attention.npy", one_number(1)},
                        {"folder/", ""},
                        {"__MACOSX/._attention.npy", "\0\5\x16\7"},
                        {"sub/._a.npy", "x"},
                        {"__meta__.json", "[1]", true},
                        {"empty.npy", npy_file("<f4", "(0, 2)", "")},
                        {"fields.npy", npy_file("[('a', '<f4'), ('b', '<i8', (2,))]", "(1,)",
                                                std::string(20, '\0'))},
                        {"objects.npy", npy_file("|O", "(1,)", "\x80\4N.")},
                        {"wording.npy", npy_file("<U1", "(1,)", std::string("a\0\0\0", 4))},
                        {"tokens.npy", npy_file("<U1", "(1, 1, 1)", std::string("a\0\0\0", 4))},
                        {"waves.npy", npy_file("<c8", "(1,)", std::string(8, '\0'))}}));
  CHECK(names(dump) == "attention ");
  std::vector<std::string> unread;
  for (const auto& left : dump.unread) unread.push_back(left.name);
  CHECK(unread == std::vector<std::string>{"__meta__.json", "empty", "fields", "objects", "tokens",
                                           "waves", "wording"});
  CHECK(dump.unread[2].reason.problem() == "the array holds records, expected numbers");
  CHECK(dump.tokens.empty());
  CHECK(dump.notes.size() == 1);
}

TEST_CASE("damage of a member is refused though nobody asks for it") {
  test::ZipEntry good{"attention.npy", one_number(1)};
  CHECK_THROWS_AS(dump_of(zip_file({good, {"b.npy", npy_file("<f4", "(9,)", "1234")}})),
                  InputError);
  CHECK_THROWS_AS(dump_of(zip_file({good, {"b.npy", "\x93NUMPY\1"}})), InputError);
}

TEST_CASE("a checksum made of pieces sees any damage, the last byte included") {
  std::vector<float> values(700000);  // of 2.8 MB: three pieces
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i % 997);
  const std::string file = zip_file({{"a.npy", npy_file("<f4", "(700000,)", raw<float>(values))}});
  for (const std::size_t count : {1, 4}) {
    const Threads threads(count);
    CHECK(dump_of(file).tensors.front().tensor.size() == values.size());
    for (const std::size_t at : {200ul, 1200000ul, 2800000ul}) {
      std::string damaged = file;
      damaged[at] = static_cast<char>(damaged[at] ^ 1);
      CHECK_THROWS_WITH_AS(dump_of(damaged), doctest::Contains("CRC-32"), InputError);
    }
  }
}

TEST_CASE("any members read back as they were written") {
  CHECK(rc::check("write then read is identity", [] {
    const auto values = *rc::gen::arbitrary<std::vector<double>>();
    std::vector<test::ZipEntry> entries;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto [deflate, zip64, descriptor] = *rc::gen::arbitrary<std::tuple<bool, bool, bool>>();
      entries.push_back(
          {"arr_" + std::to_string(i) + ".npy", one_number(values[i]), deflate, zip64, descriptor});
    }
    RC_PRE(!entries.empty());
    const Dump dump = dump_of(zip_file(entries));
    for (std::size_t i = 0; i < values.size(); ++i) {
      RC_ASSERT(dump.tensors[i].name == "arr_" + std::to_string(i));
      RC_ASSERT(dump.tensors[i].tensor.to_doubles() == std::vector{values[i]});
    }
  }));
}

TEST_CASE("names of layers in an array of strings are fields, and are not left out") {
  const std::string matrix = npy_file("<f4", "(1, 1)", raw<float>({1}));
  const std::string names = npy_file("|S7", "(2,)", "layer_8layer_2");
  const auto beside = [&](const char* name) {
    return dump_of(zip_file({{"a.npy", matrix}, {name, names}}));
  };
  const Dump dump = beside("layer_names.npy");
  REQUIRE(dump.fields.size() == 2);
  CHECK(dump.fields[1].name == "layer_names.1");
  CHECK(dump.fields[1].text == "layer_2");
  CHECK(dump.unread.empty());
  CHECK(beside("others.npy").fields.empty());
  CHECK(beside("others.npy").unread.size() == 1);
}
