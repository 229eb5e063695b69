#include "output/disk.hpp"

#include <filesystem>
#include <system_error>

namespace attngraph {
namespace {

class RealDisk : public Disk {
 public:
  explicit RealDisk(std::ostream& out) : out_(out) {}

  std::unique_ptr<Output> open(const std::string& path) override {
    return path == "-" ? stream_output(out_, "standard output") : file_output(path);
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
    std::error_code none;
    const auto kind = std::filesystem::status(path, none).type();
    const bool file = kind == std::filesystem::file_type::regular;
    if (path == "-" || (!file && kind != std::filesystem::file_type::not_found)) return "";
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, none), none).string();
  }

 private:
  std::ostream& out_;
};

}  // namespace

std::unique_ptr<Disk> real_disk(std::ostream& out) { return std::make_unique<RealDisk>(out); }

}  // namespace attngraph
