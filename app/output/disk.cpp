#include "output/disk.hpp"

#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <system_error>

namespace attngraph {
namespace {

class RealDisk : public Disk {
 public:
  explicit RealDisk(std::ostream& out) : out_(out) {}

  std::unique_ptr<Output> open(const std::string& path) override {
    if (path != "-") return file_output(path);
    out_.flush();
    return &out_ == &std::cout ? descriptor_output(STDOUT_FILENO, "standard output")
                               : stream_output(out_, "standard output");
  }
  bool exists(const std::string& path) const override {
    std::error_code none;
    return std::filesystem::exists(path, none);
  }
  bool is_folder(const std::string& path) const override {
    std::error_code none;
    return std::filesystem::is_directory(path, none);
  }
  std::string place(const std::string& path) const override {
    const auto descriptor =
        path == "-" ? std::optional<int>(STDOUT_FILENO) : named_descriptor(path);
    if (descriptor) return "descriptor " + std::to_string(*descriptor);
    std::error_code none;
    const auto kind = std::filesystem::status(path, none).type();
    const bool file = kind == std::filesystem::file_type::regular;
    if (!file && kind != std::filesystem::file_type::not_found) return "";
    const std::filesystem::path real = real_path(path);
    return (folder(real.parent_path().string()) / real.filename()).string();
  }

 private:
  std::ostream& out_;
  /// Where folders lead: of very many files most are in few of them.
  mutable std::map<std::string, std::filesystem::path> folders_;

  const std::filesystem::path& folder(const std::string& path) const {
    const auto [there, is_new] = folders_.try_emplace(path);
    if (is_new) {
      std::error_code none;
      const auto whole = std::filesystem::absolute(path.empty() ? "." : path, none);
      there->second = std::filesystem::weakly_canonical(whole, none);
    }
    return there->second;
  }
};

}  // namespace

std::unique_ptr<Disk> real_disk(std::ostream& out) { return std::make_unique<RealDisk>(out); }

}  // namespace attngraph
