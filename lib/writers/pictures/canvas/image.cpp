#include "writers/pictures/canvas/image.hpp"

#include <png.h>

#include <cstdint>
#include <unordered_map>

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

/// The colours of an image, each with its place among them.
class Palette {
 public:
  explicit Palette(const Image& image) {
    for (const Rgb& color : image.pixels) {
      if (!places_.try_emplace(key(color), static_cast<std::uint8_t>(colors_.size())).second)
        continue;
      colors_.push_back({color.red, color.green, color.blue});
      if (colors_.size() > most) return;
    }
  }

  bool holds_all() const { return colors_.size() <= most; }
  std::uint8_t place(Rgb color) const { return places_.at(key(color)); }
  const std::vector<png_color>& colors() const { return colors_; }

 private:
  static constexpr std::size_t most = 256;

  std::unordered_map<std::uint32_t, std::uint8_t> places_;
  std::vector<png_color> colors_;

  static std::uint32_t key(Rgb color) {
    return std::uint32_t{color.red} << 16 | std::uint32_t{color.green} << 8 | color.blue;
  }
};

/// Row `y` of the image, every pixel so many times.
template <typename Pixel, typename Of>
std::vector<Pixel> wide_row(const Image& image, std::size_t y, std::size_t enlarged, const Of& of) {
  std::vector<Pixel> row;
  row.reserve(image.width * enlarged);
  for (std::size_t x = 0; x < image.width; ++x) {
    row.insert(row.end(), enlarged, of(image.pixels[y * image.width + x]));
  }
  return row;
}

template <typename Pixel>
void write_rows(png_structp png, const std::vector<Pixel>& row, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    png_write_row(png, reinterpret_cast<png_const_bytep>(row.data()));
  }
}

}  // namespace

std::string png_bytes(const Image& image, std::size_t enlarged) {
  std::string out;
  PngWriting writing;
  const Palette palette(image);
  const int type = palette.holds_all() ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB;
  png_set_write_fn(writing.png, &out, append_bytes, flush_nothing);
  png_set_IHDR(writing.png, writing.info, static_cast<png_uint_32>(image.width * enlarged),
               static_cast<png_uint_32>(image.height * enlarged), 8, type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (palette.holds_all()) {
    png_set_PLTE(writing.png, writing.info, palette.colors().data(),
                 static_cast<int>(palette.colors().size()));
  }
  png_write_info(writing.png, writing.info);
  for (std::size_t y = 0; y < image.height; ++y) {
    if (palette.holds_all()) {
      const auto place = [&](Rgb color) { return palette.place(color); };
      write_rows(writing.png, wide_row<std::uint8_t>(image, y, enlarged, place), enlarged);
    } else {
      const auto itself = [](Rgb color) { return color; };
      write_rows(writing.png, wide_row<Rgb>(image, y, enlarged, itself), enlarged);
    }
  }
  png_write_end(writing.png, nullptr);
  return out;
}

}  // namespace attngraph
