#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace attngraph::test {

/// A folder to run examples in: the project's data as `data`, its documents as `docs`, and nothing
/// else, so that what an example writes stays out of the checkout. Gone when this is.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "attngraph-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    path_ = name;
    for (const char* part : {"data", "docs"}) {
      std::filesystem::create_directory_symlink(std::filesystem::path(ATTNGRAPH_ROOT) / part,
                                                std::filesystem::path(path_) / part);
    }
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace attngraph::test
