#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "output/disk.hpp"

namespace attngraph {

/// The twin of the disk: files that live in a map, and a list of what happened.
class MemoryDisk : public Disk {
 public:
  /// What is there: shown, not merely written.
  std::map<std::string, std::string> files;
  std::set<std::string> folders;
  /// Paths that cannot be completed, as on a full disk.
  std::set<std::string> full;
  /// Paths that are complete and cannot be shown.
  std::set<std::string> locked;
  /// `open a`, `complete a`, `show a`, in order.
  std::vector<std::string> events;
  /// Outputs that are open now, and the most that ever were.
  std::size_t open_now = 0;
  std::size_t most_open = 0;

  std::unique_ptr<Output> open(const std::string& path) override {
    events.push_back("open " + path);
    return std::make_unique<MemoryOutput>(*this, path);
  }
  bool exists(const std::string& path) const override { return files.contains(path); }
  bool is_folder(const std::string& path) const override { return folders.contains(path); }
  std::string place(const std::string& path) const override {
    return path == "-" ? "" : std::filesystem::path(path).lexically_normal().string();
  }

 private:
  class MemoryOutput : public Output {
   public:
    MemoryOutput(MemoryDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {
      disk_.most_open = std::max(disk_.most_open, ++disk_.open_now);
    }
    ~MemoryOutput() override { --disk_.open_now; }
    MemoryOutput(const MemoryOutput&) = delete;
    MemoryOutput& operator=(const MemoryOutput&) = delete;

    void write(std::string_view bytes) override { bytes_ += bytes; }
    void complete() override {
      if (disk_.full.contains(path_)) throw IoError(path_, "cannot be written: no space");
      disk_.events.push_back("complete " + path_);
    }
    void show() override {
      if (disk_.locked.contains(path_)) throw IoError(path_, "cannot be written: no permission");
      disk_.events.push_back("show " + path_);
      disk_.files[path_] = bytes_;
    }
    void take_back() noexcept override { disk_.files.erase(path_); }

   private:
    MemoryDisk& disk_;
    std::string path_;
    std::string bytes_;
  };
};

}  // namespace attngraph
