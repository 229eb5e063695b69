#include "input/image_file.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.hpp"

using namespace attngraph;

namespace {

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
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR...IEND\xae\x42\x60\x82", 27);
  CHECK(image_file(ImageFile(png).path(), {}) == png);
  CHECK(image_file(ImageFile("\xff\xd8\xff...\xff\xd9").path(), {}) == "\xff\xd8\xff...\xff\xd9");
  CHECK(image_file("", {}).empty());
}

TEST_CASE("what is no PNG or JPEG is refused, and what is too large") {
  const ImageFile gif("GIF89a");
  CHECK_THROWS_AS(image_file(gif.path(), {}), InputError);
  CHECK_THROWS_AS(image_file("/nowhere/x.png", {}), IoError);
  CHECK_THROWS_WITH_AS(image_file(ATTNGRAPH_ROOT "/data/broken/picture.png", {}),
                       ATTNGRAPH_ROOT "/data/broken/picture.png: is no PNG or JPEG image",
                       InputError);
  const ImageFile cut("\xff\xd8\xff...");
  CHECK_THROWS_WITH_AS(image_file(cut.path(), {}),
                       (cut.path() + ": is an image that is cut off").c_str(), InputError);
  std::filesystem::resize_file(gif.path(), (std::uintmax_t{64} << 20) + 1);
  CHECK_THROWS_AS(image_file(gif.path(), {}), LimitError);
}
