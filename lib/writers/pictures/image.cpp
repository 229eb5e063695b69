#include "writers/pictures/image.hpp"

#include <png.h>

#include "core/error.hpp"

namespace attngraph {
namespace {

static_assert(sizeof(Rgb) == 3, "rows of pixels are rows of the file");

void append_bytes(png_structp png, png_bytep bytes, png_size_t count) {
  auto& out = *static_cast<std::string*>(png_get_io_ptr(png));
  out.append(reinterpret_cast<const char*>(bytes), count);
}

void flush_nothing(png_structp) {}

/// libpng must not return from an error; an exception leaves it, as it was built to allow.
[[noreturn]] void fail(png_structp, png_const_charp message) {
  throw IoError("PNG", std::string("cannot be made: ") + message);
}

/// libpng's state, freed whatever happens.
struct PngWriting {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, nullptr);
  png_infop info = png_create_info_struct(png);

  PngWriting() = default;
  ~PngWriting() { png_destroy_write_struct(&png, &info); }
  PngWriting(const PngWriting&) = delete;
  PngWriting& operator=(const PngWriting&) = delete;
};

}  // namespace

std::string png_bytes(const Image& image) {
  std::string out;
  PngWriting writing;
  png_set_write_fn(writing.png, &out, append_bytes, flush_nothing);
  png_set_IHDR(writing.png, writing.info, static_cast<png_uint_32>(image.width),
               static_cast<png_uint_32>(image.height), 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writing.png, writing.info);
  for (std::size_t y = 0; y < image.height; ++y) {
    png_write_row(writing.png,
                  reinterpret_cast<png_const_bytep>(image.pixels.data() + y * image.width));
  }
  png_write_end(writing.png, nullptr);
  return out;
}

}  // namespace attngraph
