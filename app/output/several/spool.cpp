#include "output/several/spool.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "core/error.hpp"
#include "core/process/packed.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_in_memory = std::size_t{1} << 20;

IoError failed() {
  return {"temporary file", std::string("cannot be written: ") + std::strerror(errno),
          "an answer waits in /tmp, which has no room for it"};
}

bool read_all(FILE* file, char* bytes, std::size_t size) {
  return fread(bytes, 1, size, file) == size;
}

}  // namespace

void Spool::write_out() {
  if (!file_) file_.reset(tmpfile());
  if (!file_ || fwrite(bytes_.data(), 1, bytes_.size(), file_.get()) != bytes_.size()) {
    throw failed();
  }
  bytes_.clear();
}

void Spool::add(std::string_view message) {
  Packer packer;
  packer.text(message);
  bytes_ += packer.bytes();
  if (bytes_.size() > most_in_memory) write_out();
}

void Spool::for_each(const std::function<void(std::string_view)>& take) {
  if (file_) {
    write_out();
    rewind(file_.get());
    std::uint64_t size = 0;
    std::string message;
    while (read_all(file_.get(), reinterpret_cast<char*>(&size), sizeof size)) {
      message.resize(size);
      if (!read_all(file_.get(), message.data(), size)) throw failed();
      take(message);
    }
    return;
  }
  for (Unpacker left(bytes_); !left.empty();) take(left.text());
}

}  // namespace attngraph
