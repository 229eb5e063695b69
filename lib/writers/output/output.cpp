#include "writers/output/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <ostream>
#include <system_error>

#include "core/error.hpp"
#include "core/process/descriptor.hpp"
#include "core/text/shell_path.hpp"
#include "writers/output/temporary_names.hpp"

namespace attngraph {
namespace {

IoError failed(const std::string& name, const char* what, int error) {
  return {name, std::string(what) + ": " + std::strerror(error)};
}

std::optional<int> parsed_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && number >= 0;
  return whole ? std::optional(number) : std::nullopt;
}

class StreamOutput : public Output {
 public:
  StreamOutput(std::ostream& stream, std::string name) : stream_(stream), name_(std::move(name)) {}

  void write(std::string_view bytes) override {
    errno = 0;
    stream_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    check();
  }
  void complete() override {
    errno = 0;
    stream_.flush();
    check();
  }
  void show() override {}

 private:
  std::ostream& stream_;
  std::string name_;

  void check() const {
    if (stream_.good()) return;
    throw failed(name_, "cannot be written", errno != 0 ? errno : EIO);
  }
};

class OpenOutput : public Output {
 public:
  OpenOutput(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

  void write(std::string_view bytes) override { write_all(descriptor_, bytes, name_); }
  void complete() override {}
  void show() override {}

 private:
  int descriptor_;
  std::string name_;
};

class DeviceOutput : public Output {
 public:
  explicit DeviceOutput(const std::string& path) : descriptor_(opened(path, O_WRONLY), path) {}

  void write(std::string_view bytes) override { descriptor_.write(bytes); }
  void complete() override {
    descriptor_.sync();
    descriptor_.close();
  }
  void show() override {}

 private:
  Descriptor descriptor_;
};

class FileOutput : public Output {
 public:
  explicit FileOutput(const std::string& path)
      : path_(path), temporary_(made(path)), descriptor_(temporary_.descriptor, path) {
    fchmod(descriptor_.number(), mode_of(path));  // it was made private
  }
  ~FileOutput() override {
    if (!shown_) unlink(temporary_.name.c_str());
    forget_temporary(temporary_.place);
  }
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;

  void write(std::string_view bytes) override { descriptor_.write(bytes); }
  void complete() override {
    descriptor_.sync();
    descriptor_.close();
  }
  void show() override {
    if (std::rename(temporary_.name.c_str(), path_.c_str()) != 0) {
      throw failed(path_, "cannot be written", errno);
    }
    shown_ = true;
  }
  void show_revocably() override {
    // What is replaced takes the name of the temporary, and goes as that does.
    replaces_ =
        renameat2(AT_FDCWD, temporary_.name.c_str(), AT_FDCWD, path_.c_str(), RENAME_EXCHANGE) == 0;
    if (!replaces_) show();
  }
  void take_back() noexcept override {
    replaces_ ? std::rename(temporary_.name.c_str(), path_.c_str()) : unlink(path_.c_str());
  }

 private:
  std::string path_;
  Temporary temporary_;
  Descriptor descriptor_;
  bool shown_ = false;
  bool replaces_ = false;

  static Temporary made(const std::string& path) {
    Temporary temporary = make_temporary(path);
    if (temporary.descriptor >= 0 || errno != ENOENT || path.find('/') == path.npos)
      return temporary;
    throw no_folder(path, std::filesystem::path(path).parent_path().string());
  }

  /// That of the file it replaces, or of any new one.
  static mode_t mode_of(const std::string& path) {
    struct stat old = {};
    if (stat(path.c_str(), &old) == 0) return old.st_mode & 0777;
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
  }
};

constexpr int most_links = 40;

}  // namespace

std::unique_ptr<Output> stream_output(std::ostream& stream, const std::string& name) {
  return std::make_unique<StreamOutput>(stream, name);
}

std::unique_ptr<Output> descriptor_output(int descriptor, const std::string& name) {
  return std::make_unique<OpenOutput>(descriptor, name);
}

std::optional<int> named_descriptor(const std::string& path) {
  std::filesystem::path real = path;
  std::error_code error;
  for (int links = 0; links < most_links && !error; ++links) {
    const std::string name = real.filename().string();
    const std::string folder = real.parent_path().lexically_normal().string();
    if (folder == "/dev" && name == "stdout") return STDOUT_FILENO;
    if (folder == "/dev" && name == "stderr") return STDERR_FILENO;
    const bool own = folder == "/proc/self/fd" || folder == "/proc/thread-self/fd" ||
                     folder == "/proc/" + std::to_string(getpid()) + "/fd";
    if (folder == "/dev/fd" || own) return parsed_number(name);
    if (!std::filesystem::is_symlink(real, error)) break;
    real = real.parent_path() / std::filesystem::read_symlink(real, error);
  }
  return std::nullopt;
}

IoError no_folder(const std::string& path, const std::string& folder) {
  return {path, "there is no folder " + folder, "make it first: mkdir -p " + shell_path(folder)};
}

std::string real_path(const std::string& path) {
  std::filesystem::path real = path;
  std::error_code error;
  for (int links = 0; std::filesystem::is_symlink(real, error); ++links) {
    if (links == most_links) throw failed(path, "cannot be written", ELOOP);
    real = real.parent_path() / std::filesystem::read_symlink(real, error);
    if (error) break;
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw failed(path, "cannot be written", error.value());
  }
  return real.string();
}

std::unique_ptr<Output> file_output(const std::string& path) {
  if (const auto descriptor = named_descriptor(path)) {
    // What this program opened itself is nothing that a caller can mean.
    const int flags = fcntl(*descriptor, F_GETFD);
    if (flags == -1 || (flags & FD_CLOEXEC) != 0) throw failed(path, "cannot be opened", EBADF);
    return descriptor_output(*descriptor, path);
  }
  struct stat status = {};
  if (stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) throw IoError(path, "is a directory, expected the name of a file");
    if (!S_ISREG(status.st_mode)) return std::make_unique<DeviceOutput>(path);
    if (access(path.c_str(), W_OK) != 0) throw failed(path, "cannot be written", errno);
  }
  return std::make_unique<FileOutput>(real_path(path));
}

}  // namespace attngraph
