#include "writers/output/gzip_output.hpp"

#include <libdeflate.h>

#include <new>
#include <string>

namespace attngraph {
namespace {

constexpr std::size_t member_size = std::size_t{1} << 20;
constexpr int level = 6;  // as gzip

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};

class GzipOutput : public Output {
 public:
  explicit GzipOutput(std::unique_ptr<Output> compressed)
      : compressed_(std::move(compressed)), compressor_(libdeflate_alloc_compressor(level)) {
    if (!compressor_) throw std::bad_alloc();
  }

  void write(std::string_view bytes) override {
    text_ += bytes;
    while (text_.size() >= member_size) {
      write_member(std::string_view(text_).substr(0, member_size));
      text_.erase(0, member_size);
    }
  }
  void complete() override {
    if (!text_.empty() || !written_) write_member(text_);
    text_.clear();
    compressed_->complete();
  }
  void show() override { compressed_->show(); }
  void show_revocably() override { compressed_->show_revocably(); }
  void take_back() noexcept override { compressed_->take_back(); }

 private:
  std::unique_ptr<Output> compressed_;
  std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor_;
  std::string text_;
  bool written_ = false;

  void write_member(std::string_view text) {
    std::string member(libdeflate_gzip_compress_bound(compressor_.get(), text.size()), '\0');
    member.resize(libdeflate_gzip_compress(compressor_.get(), text.data(), text.size(),
                                           member.data(), member.size()));
    compressed_->write(member);
    written_ = true;
  }
};

}  // namespace

std::unique_ptr<Output> gzip_output(std::unique_ptr<Output> compressed) {
  return std::make_unique<GzipOutput>(std::move(compressed));
}

}  // namespace attngraph
