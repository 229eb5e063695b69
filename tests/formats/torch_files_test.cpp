#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "formats/encoders.hpp"
#include "formats/sample.hpp"

using namespace attngraph;
using nlohmann::json;

namespace {

const std::string folder = "data/torch/";

/// What the array of layer L is called in each file; `` for one array of all layers.
const std::map<std::string, std::string> layer_names{{"dict-with-tokens", "attentions.L"},
                                                     {"generate-attentions", "S.L"},
                                                     {"grouped-heads-output", "attentions.L"},
                                                     {"large-numbers", "attentions.L"},
                                                     {"legacy-module", "attentions.L"},
                                                     {"legacy-protocol-4", "attentions.L"},
                                                     {"legacy-tuple", "L"},
                                                     {"list-of-dicts", "L.attn"},
                                                     {"list-of-layers-half", "L"},
                                                     {"model-output-batch", "attentions.L"},
                                                     {"model-output-gpt", "attentions.L"},
                                                     {"no-checksums", "L"},
                                                     {"object-array", "L"},
                                                     {"one-stack", ""},
                                                     {"pickled-arrays", "L"},
                                                     {"pickled-arrays-protocol-5", "attention.L"},
                                                     {"tuple-of-layers", "L"}};

Dump dump_of(const std::string& name, const json& expected) {
  const std::string file = folder + name + "/" + expected["file"].get<std::string>();
  return read_dump(Bytes::from(test::file_text(file)), file, {});
}

Tensor named(const Dump& dump, const std::string& name) {
  for (const auto& tensor : dump.tensors) {
    if (tensor.name == name) return tensor.tensor;
  }
  FAIL("no tensor " << name);
  return {};
}

std::string replaced(std::string text, char letter, std::size_t number) {
  const auto at = text.find(letter);
  return at == text.npos ? text : text.replace(at, 1, std::to_string(number));
}

void add_numbers(const json& nested, std::vector<double>& numbers) {
  if (nested.is_number()) return numbers.push_back(nested.get<double>());
  for (const auto& item : nested) add_numbers(item, numbers);
}

std::vector<double> flat(const json& nested) {
  std::vector<double> numbers;
  add_numbers(nested, numbers);
  return numbers;
}

/// [head, query, key] of one item of the batch, where there is one.
Tensor head_stack(const Tensor& tensor, std::size_t batch) {
  return tensor.rank() == 4 ? tensor.at(0, batch) : tensor;
}

/// Every row of every step is the beginning of the row that was expected; the rest of it is zero.
void check_steps(const Dump& dump, const json& layers) {
  for (std::size_t l = 0; l < layers.size(); ++l) {
    std::size_t first = 0;
    for (std::size_t step = 0; first < layers[l][0].size(); ++step) {
      const Tensor heads = head_stack(named(dump, replaced(replaced("S.L", 'S', step), 'L', l)), 0);
      for (std::size_t h = 0; h < layers[l].size(); ++h) {
        for (std::size_t q = 0; q < heads.shape()[1]; ++q) {
          const auto row = heads.at(0, h).at(0, q).to_doubles();
          auto expected = flat(layers[l][h][first + q]);
          expected.resize(row.size());
          CHECK(row == expected);
        }
      }
      first += heads.shape()[1];
    }
  }
}

void check_attention(const std::string& name, const json& expected) {
  const Dump dump = dump_of(name, expected);
  const json& layers = expected["layers"];
  const std::string& pattern = layer_names.at(name);
  const std::size_t batch = name == "model-output-batch" ? 1 : 0;
  if (pattern == "S.L") return check_steps(dump, layers);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const Tensor tensor = pattern.empty()
                              ? named(dump, "").at(0, l)
                              : head_stack(named(dump, replaced(pattern, 'L', l)), batch);
    CHECK(tensor.to_doubles() == flat(layers[l]));
  }
  if (expected.contains("labels")) CHECK(json(dump.tokens) == expected["labels"]);
}

void check_refused(const std::string& name, const json& expected) {
  try {
    dump_of(name, expected);
    FAIL("was read");
  } catch (const InputError& error) {
    const std::string text = std::string(error.what()) + "\n" + error.hint();
    CAPTURE(text);
    CHECK(std::regex_search(text, std::regex(expected["say"].get<std::string>())));
  }
  CHECK_FALSE(std::filesystem::exists("executed"));
}

}  // namespace

TEST_CASE("every file of PyTorch and pickle gives the numbers of the live tensors, or is refused") {
  std::size_t folders = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(ATTNGRAPH_ROOT) + "/" + folder)) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    ++folders;
    const json expected = json::parse(test::file_text(folder + name + "/expected.json"));
    if (expected["kind"] == "refused") {
      check_refused(name, expected);
    } else if (expected["kind"] == "attention") {
      check_attention(name, expected);
    } else {
      const Dump dump = dump_of(name, expected);
      for (const auto& [tensor, numbers] : expected["tensors"].items()) {
        CHECK(named(dump, tensor).to_doubles() == flat(numbers));
      }
    }
  }
  CHECK(folders == 27);
}

TEST_CASE("every array of a whole output is named by its path") {
  const auto names = [](const std::string& name) {
    std::string text;
    const json expected = json::parse(test::file_text(folder + name + "/expected.json"));
    for (const auto& tensor : dump_of(name, expected).tensors) text += tensor.name + " ";
    return text;
  };
  CHECK(names("model-output-gpt") ==
        "attentions.0 attentions.1 attentions.2 logits past_key_values.layers.0.keys "
        "past_key_values.layers.0.values past_key_values.layers.1.keys "
        "past_key_values.layers.1.values past_key_values.layers.2.keys "
        "past_key_values.layers.2.values ");
  CHECK(names("legacy-module") == "attentions.0 attentions.1 model._parameters.scale ");
  CHECK(names("model-output-batch") ==
        "attentions.0 attentions.1 last_hidden_state pooler_output ");
}

TEST_CASE("a legacy file is known by its magic number, whatever the protocol of its pickles") {
  const std::string magic = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
  const auto text = [](const std::string& value) {
    return "X" + test::little(value.size(), 4) + value;
  };
  const std::string storage =
      "(" + text("storage") + "ctorch\nFloatStorage\n" + text("7") + text("cpu") + "K\x02NtQ";
  const std::string tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + storage +
                             std::string("K\0K\x02\x85K\x01\x85\x89}tR.", 13);
  const std::string data = test::little(2, 8) + test::raw<float>({0.25F, 0.75F});
  for (const char protocol : {'\2', '\3', '\4', '\5'}) {
    for (const std::string& frame : {std::string(), "\x95" + test::little(13, 8)}) {
      CAPTURE(static_cast<int>(protocol));
      const std::string mark = {'\x80', protocol};
      const Dump dump =
          read_dump(Bytes::from(mark + frame + magic + mark + "M\xe9\x03." + mark + "}." + mark +
                                tensor + mark + "]" + text("7") + "a." + data),
                    "a.pt", {});
      CHECK(dump.format == "PyTorch, legacy");
      CHECK(dump.tensors.front().tensor.to_doubles() == std::vector{0.25, 0.75});
    }
  }
}

TEST_CASE("a pickle of more than 64 MiB is refused before it is inflated") {
  const std::string large(std::size_t{64 << 20} + 1, 'N');
  const std::string file = test::zip_file({{"a/data.pkl", large, true}});
  CHECK_THROWS_WITH_AS(read_dump(Bytes::from(file), "a.pt", {}),
                       doctest::Contains("a.pt: a/data.pkl: 67108865 bytes long"), LimitError);
}

TEST_CASE("an expanded tensor that would not fit the memory is refused, one that fits is a view") {
  const auto text = [](const std::string& value) {
    return "X" + test::little(value.size(), 4) + value;
  };
  const auto one_number_by = [&](const std::string& count) {
    const std::string id =
        "(" + text("storage") + "ctorch\nFloatStorage\n" + text("0") + text("cpu") + "K\x01tQ";
    const std::string pickle =
        "\x80\x02"
        "ctorch._utils\n_rebuild_tensor_v2\n(" +
        id + std::string("K\0", 2) + count + "M\xe8\x03\x86" +
        std::string("K\0K\0\x86\x89}tR.", 10);
    return test::zip_file({{"a/data.pkl", pickle}, {"a/data/0", test::raw<float>({0.5F})}});
  };
  Limits limits;
  limits.memory = 1 << 23;
  const auto read = [&](const std::string& bytes) {
    return read_dump(Bytes::from(bytes), "a.pt", {limits});
  };
  const Tensor small = read(one_number_by("M\xe8\x03")).tensors.front().tensor;
  CHECK(small.shape() == Shape{1000, 1000});
  CHECK(small.at(0, 999).to_doubles() == std::vector<double>(1000, 0.5));
  CHECK_THROWS_WITH_AS(read(one_number_by("J\x40\x42\x0f" + std::string(1, '\0'))),
                       doctest::Contains("needs 4000000000 bytes of memory"), LimitError);
}
