#include "input/image_file.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.hpp"

using namespace attngraph;

namespace {

const std::string small_jpeg("\xff\xd8\xff\xc0\x00\x0b\x08\x00\x02\x00\x03\x01\xff\xd9", 14);

/// A file that goes when it is no longer needed.
class ImageFile {
 public:
  explicit ImageFile(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
  ~ImageFile() { std::remove(path_.c_str()); }
  ImageFile(const ImageFile&) = delete;
  ImageFile& operator=(const ImageFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / "attngraph_image_test").string();
};

}  // namespace

TEST_CASE("an image is known by its first bytes, whatever its name") {
  CHECK(image_file(ImageFile(small_jpeg).path(), {}) == small_jpeg);
  CHECK(image_file("", {}).empty());
}

TEST_CASE("what is no PNG or JPEG is refused, and what is too large") {
  const ImageFile gif("GIF89a");
  CHECK_THROWS_AS(image_file(gif.path(), {}), InputError);
  CHECK_THROWS_AS(image_file("/nowhere/x.png", {}), IoError);
  CHECK_THROWS_WITH_AS(
      image_file(ATTNGRAPH_ROOT "/data/broken/picture.png", {}),
      ATTNGRAPH_ROOT
      "/data/broken/picture.png: is a damaged image: the checksum of a chunk is wrong",
      InputError);
  std::filesystem::resize_file(gif.path(), (std::uintmax_t{64} << 20) + 1);
  CHECK_THROWS_AS(image_file(gif.path(), {}), LimitError);
  std::string wide = small_jpeg;
  wide.replace(7, 4, "\x40\x00\x40\x00", 4);
  const ImageFile many(wide);
  CHECK_THROWS_WITH_AS(
      image_file(many.path(), {}),
      (many.path() + ": takes over 32 million pixels, which a picture does not hold").c_str(),
      LimitError);
}
