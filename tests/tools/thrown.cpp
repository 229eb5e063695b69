// Preloaded into tests, it writes what every error says to the file $ATTNGRAPH_THROWN: place,
// problem and hint, between tabs, a line each; tests/house/thrown.py compares them with the
// sources.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <typeinfo>

#include "core/error.hpp"

namespace {

std::string in_one_line(std::string text) {
  for (const char mark : {'\n', '\t'}) std::replace(text.begin(), text.end(), mark, ' ');
  return text;
}

bool is_error(const std::type_info& type) {
  const std::string_view name = type.name();
  return name.starts_with("N9attngraph") && name.ends_with("ErrorE");
}

void record(const attngraph::Error& error) {
  const char* path = std::getenv("ATTNGRAPH_THROWN");
  if (path == nullptr) return;
  const int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return;
  const std::string line = in_one_line(error.where()) + '\t' + in_one_line(error.problem()) + '\t' +
                           in_one_line(error.hint()) + '\n';
  [[maybe_unused]] const auto written = write(file, line.data(), line.size());
  close(file);
}

}  // namespace

extern "C" [[noreturn]] void __cxa_throw(void* thrown, void* type, void (*destroy)(void*)) {
  using Throw = void (*)(void*, void*, void (*)(void*));
  static const auto real = reinterpret_cast<Throw>(dlsym(RTLD_NEXT, "__cxa_throw"));
  if (is_error(*static_cast<const std::type_info*>(type))) {
    record(*static_cast<const attngraph::Error*>(thrown));
  }
  real(thrown, type, destroy);
  std::abort();
}
