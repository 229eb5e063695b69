#include "core/process/descriptor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/error.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

IoError failed(const std::string& name, const char* what, int error) {
  return {name, std::string(what) + ": " + std::strerror(error)};
}

/// Whether a call on a descriptor is to be made again: a signal came, or it does not block and is
/// not ready, which is waited for.
bool comes_again(int descriptor, short ready) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
  pollfd wanted{descriptor, ready, 0};
  ::poll(&wanted, 1, -1);
  return true;
}

}  // namespace

Descriptor::Descriptor(int number, std::string name) : number_(number), name_(std::move(name)) {
  if (number_ < 0) throw failed(name_, "cannot be opened", errno);
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)), name_(std::move(other.name_)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  std::swap(name_, other.name_);
  return *this;
}

void write_all(int descriptor, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && !comes_again(descriptor, POLLOUT)) {
      throw failed(name, "cannot be written", errno);
    }
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    if (!bytes.empty()) check_stop();  // a signal interrupts a write, which may have written some
  }
}

void Descriptor::write(std::string_view bytes) { write_all(number_, bytes, name_); }

std::size_t read_some(int descriptor, char* bytes, std::size_t size, const std::string& name) {
  for (;;) {
    const auto count = ::read(descriptor, bytes, size);
    if (count < 0 && !comes_again(descriptor, POLLIN)) throw failed(name, "cannot be read", errno);
    check_stop();
    if (count >= 0) return static_cast<std::size_t>(count);
  }
}

std::size_t Descriptor::read(char* bytes, std::size_t size) {
  return read_some(number_, bytes, size, name_);
}

void Descriptor::sync() {
  if (fsync(number_) != 0 && errno != EINVAL && errno != EROFS) {
    throw failed(name_, "cannot be written", errno);
  }
}

void Descriptor::close() {
  const int number = std::exchange(number_, -1);
  if (::close(number) != 0) throw failed(name_, "cannot be written", errno);
}

int opened(const std::string& path, int flags) {
  for (;;) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC);
    if (number >= 0 || errno != EINTR) return number;
    check_stop();
  }
}

void open_standard_descriptors() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is this one. Opened the wrong way round, so that its use fails.
    if (open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) != number) return;
  }
}

}  // namespace attngraph
