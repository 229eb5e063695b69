#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace attngraph {

/// Messages that wait until they are taken: in memory, and from a megabyte on in a file without a
/// name, so that what waits may be large.
class Spool {
 public:
  /// @throws IoError where there is no room for it
  void add(std::string_view message);
  /// Calls `take` for all of them, in order.
  void for_each(const std::function<void(std::string_view message)>& take);

 private:
  struct Close {
    void operator()(FILE* file) const { fclose(file); }
  };
  std::string bytes_;
  std::unique_ptr<FILE, Close> file_;

  void write_out();
};

}  // namespace attngraph
