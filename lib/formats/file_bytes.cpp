#include "formats/file_bytes.hpp"

#include <cerrno>
#include <cstring>
#include <iostream>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.hpp"
#include "core/process/descriptor.hpp"
#include "core/process/mapped_file.hpp"
#include "core/stop.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t read_size = std::size_t{1} << 20;

Bytes mapped(int file, std::size_t size, const std::string& path) {
  const auto owner = std::make_shared<const MappedFile>(file, size, path);
  return {owner, owner->bytes(), size};
}

/// Everything that `read(buffer, size)` gives until it gives 0.
template <typename Read>
Bytes read_to_end(Read read, const std::string& source, const Limits& limits,
                  const FirstLook& look) {
  std::string text;
  bool looked = !look;
  for (std::size_t filled = 0;;) {
    if (filled == text.size()) {
      // Where it grows, it stands there twice.
      const bool grows = filled >= read_size && filled + read_size > text.capacity();
      if (grows) require_memory(2 * filled, limits, source);
      text.resize(filled + read_size);
    }
    check_stop();
    const std::size_t count = read(text.data() + filled, text.size() - filled);
    filled += count;
    require_memory(filled, limits, source);
    if (!looked && filled >= read_size) {
      look(std::as_bytes(std::span(text.data(), filled)));
      looked = true;
    }
    if (count > 0) continue;
    text.resize(filled);
    return Bytes::from(std::move(text));
  }
}

/// Nothing is fetched: `https://…` and `s3://…` are names of no files, unless they are.
void refuse_address(const std::string& path) {
  if (path.find("://") == path.npos || ::access(path.c_str(), F_OK) == 0) return;
  throw IoError(path, "is an address, and no such file is here",
                "download it first and give the file: nothing is fetched");
}

}  // namespace

Bytes file_bytes(const std::string& path, const Limits& limits, const FirstLook& look) {
  refuse_address(path);
  Descriptor file(opened(path, O_RDONLY), path);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) {
    throw IoError(path, std::string("cannot be read: ") + std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) throw IoError(path, "is a directory, expected a file");
  if (S_ISREG(status.st_mode) && status.st_size > 0) {
    return mapped(file.number(), static_cast<std::size_t>(status.st_size), path);
  }
  const auto read = [&](char* buffer, std::size_t size) { return file.read(buffer, size); };
  return read_to_end(read, path, limits, look);
}

Bytes stream_bytes(std::istream& in, const std::string& source, const Limits& limits,
                   const FirstLook& look) {
  // A stream would read on after a signal that asks for a stop.
  const bool standard = &in == &std::cin;
  const auto read = [&](char* buffer, std::size_t size) {
    if (standard) return read_some(STDIN_FILENO, buffer, size, source);
    in.read(buffer, static_cast<std::streamsize>(size));
    if (in.bad()) throw IoError(source, "cannot be read");
    return static_cast<std::size_t>(in.gcount());
  };
  try {
    return read_to_end(read, source, limits, look);
  } catch (const IoError& error) {
    throw IoError(error.where(), error.problem(), "name a file, or pipe one into the program");
  }
}

}  // namespace attngraph
