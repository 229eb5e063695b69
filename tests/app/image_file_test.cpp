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
  const std::string png = "\x89PNG\r\n\x1a\n...";
  CHECK(image_file(ImageFile(png).path(), {}) == png);
  CHECK(image_file(ImageFile("\xff\xd8\xff...").path(), {}) == "\xff\xd8\xff...");
  CHECK(image_file("", {}).empty());
}

TEST_CASE("what is no PNG or JPEG is refused, and what is too large") {
  const ImageFile gif("GIF89a");
  CHECK_THROWS_AS(image_file(gif.path(), {}), InputError);
  CHECK_THROWS_AS(image_file("/nowhere/x.png", {}), IoError);
  std::filesystem::resize_file(gif.path(), (std::uintmax_t{64} << 20) + 1);
  CHECK_THROWS_AS(image_file(gif.path(), {}), LimitError);
}
