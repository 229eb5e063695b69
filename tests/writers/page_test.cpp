#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <string>

#include "report/answer/page.hpp"
#include "writers/page/page_files.hpp"
#include "writers/page/page_parts.hpp"
#include "writers/page/weight_codes.hpp"
#include "writers/written.hpp"

using namespace attngraph;

namespace {

/// One head of two queries and three keys.
Page small_page() {
  Page page;
  page.source = "a.npy";
  page.query_labels = {"a", "b"};
  page.key_labels = {"x", "y", "z"};
  page.heads.schema = {{"layer", ColumnType::integer}, {"head", ColumnType::integer}};
  page.heads.rows = {std::vector<std::int64_t>{0}, std::vector<std::int64_t>{0}};
  page.weights.push_back({0, std::int64_t{0}, {2, 1}, {0, 2, 1}, {0.75F, 0.25F, 1.0F}, {0, 0}});
  return page;
}

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("weights in 16 bits are within the error that the page states") {
  CHECK(rc::check("relative error", [](unsigned seed) {
    const double largest = std::exp2(static_cast<double>(seed % 40) - 20);
    const auto weight =
        static_cast<float>(largest * std::exp2(-static_cast<double>(seed / 40 % 30000) / 1000));
    const WeightCodes codes(static_cast<float>(largest));
    const double read = codes.weight(codes.code(weight));
    RC_ASSERT(std::abs(read - weight) <= weight * WeightCodes::relative_error);
  }));
}

TEST_CASE("powers of two, zero and the largest weight stay what they are") {
  const WeightCodes codes(1);
  for (const float weight : {0.0F, 1.0F, 0.5F, 0.75F, 0x1p-30F}) {
    CHECK(codes.weight(codes.code(weight)) == static_cast<double>(weight));
  }
  CHECK(codes.code(0x1p-31F) == 0);
  const WeightCodes others(1.9999F);
  CHECK(others.scale() == 1);
  CHECK(std::abs(others.weight(others.code(1.9999F)) - 1.9999) < 0.0005);
  CHECK(WeightCodes(0).code(0) == 0);
}

TEST_CASE("a head is counts, what is omitted, low bytes, high bytes and gaps between keys") {
  const PageHead head{0, std::int64_t{0}, {1, 2}, {200, 0, 1}, {1.0F, 0.5F, 0.5F}, {0.25F, 0}};
  const WeightCodes codes(1);  // code of 1: 31 * 2048 = 0xf800, of 0.5: 0xf000
  CHECK(head_part(head, codes) == bytes({1, 0, 0, 0, 2, 0, 0,    0,    0,    0,    0x80, 0x3e, 0,
                                         0, 0, 0, 0, 0, 0, 0xf8, 0xf0, 0xf0, 0xc8, 0x01, 0,    0}));
}

TEST_CASE("base64 as RFC 4648 has it") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foob") == "Zm9vYg==");
  CHECK(base64("\xfb\xff") == "+/8=");
}

TEST_CASE("a page holds its parts and no label of an input") {
  Page page = small_page();
  page.source = "<img src=x>";
  page.key_labels = {"</script><script>alert(1)</script>", "\"", "\xff"};
  const auto html = written("html", [&](Writer& writer) { writer.page(page); });
  CHECK(count_of(html, "data-part=\"about\"") == 1);
  CHECK(count_of(html, "data-part=\"head-0\"") == 1);
  CHECK(html.find("alert(1)") == std::string::npos);
  CHECK(html.find("<img") == std::string::npos);
  CHECK(count_of(html, "<script>") == 1);
  CHECK(html.find("{{") == std::string::npos);
  CHECK(html == written("html", [&](Writer& writer) { writer.page(page); }));
}

TEST_CASE("the policy of a page names its script and its style, and nothing from elsewhere") {
  const auto html = written("html", [&](Writer& writer) { writer.page(small_page()); });
  CHECK(html.find("default-src 'none'; script-src 'sha256-") != std::string::npos);
  CHECK(html.find(std::string("<script>") + std::string(page_files::script) + "</script>") !=
        std::string::npos);
  // Only the name of a namespace.
  CHECK(count_of(html, "http:") == count_of(html, "xmlns=\"http:"));
  CHECK(html.find("https:") == std::string::npos);
  CHECK(page_files::script.find("</script") == std::string_view::npos);
  CHECK(page_files::script.find("import ") == std::string_view::npos);
}
