#include "formats/image_size.hpp"

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <string>

#include "core/error.hpp"

using namespace attngraph;

namespace {

std::string number(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

std::string chunk(const std::string& type, const std::string& data) {
  const std::string summed = type + data;
  return number(static_cast<std::uint32_t>(data.size())) + summed +
         number(libdeflate_crc32(0, summed.data(), summed.size()));
}

std::string png(std::uint32_t width, std::uint32_t height) {
  return "\x89PNG\r\n\x1a\n" +
         chunk("IHDR", number(width) + number(height) + std::string("\x08\0\0\0\0", 5)) +
         chunk("IDAT", "x") + chunk("IEND", "");
}

std::string problem(const std::string& bytes) {
  try {
    image_size(bytes, "i");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// A comment, fill bytes and a progressive frame.
const std::string jpeg(
    "\xff\xd8\xff\xfe\x00\x04hi\xff\xff\xc2\x00\x0b\x08\x00\x02\x00\x03\x01\xff\xd9", 21);

}  // namespace

TEST_CASE("PNG and JPEG say their size") {
  CHECK(image_size(png(300, 200), "i").width == 300);
  CHECK(image_size(png(300, 200), "i").height == 200);
  CHECK(image_size(jpeg, "i").width == 3);
  CHECK(image_size(jpeg, "i").height == 2);
  CHECK(image_size(png(1u << 30, 1u << 30), "i").pixels() == std::uint64_t{1} << 60);
}

TEST_CASE("images that are cut off or damaged are refused") {
  const std::string whole = png(3, 2);
  for (std::size_t size = 8; size < whole.size(); ++size) {
    CHECK(problem(whole.substr(0, size)) == "i: is an image that is cut off");
  }
  for (std::size_t i = 8; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] ^= 1;
    CHECK_FALSE(problem(changed).empty());
  }
  CHECK(problem(png(0, 2)) == "i: is a damaged image: it has no pixels");
  CHECK(problem(png(1u << 31, 2)) == "i: is a damaged image: its size is none");
  CHECK(problem("\x89PNG\r\n\x1a\n" + chunk("IEND", "")) ==
        "i: is a damaged image: it does not begin with its one header");
  const std::string longer = "\x89PNG\r\n\x1a\n" + chunk("IHDR", std::string(14, '\1'));
  CHECK(problem(longer) == "i: is a damaged image: it does not begin with its one header");
  CHECK(problem(jpeg.substr(0, 16)) == "i: is an image that is cut off");
  CHECK(problem(jpeg.substr(0, 8) + "\xff\xd9") == "i: is a damaged image: it has no frame");
  CHECK(problem("GIF89a") == "i: is no PNG or JPEG image");
}
