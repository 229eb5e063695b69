// A handler of signals must neither lock nor allocate, so it walks a list that only grows: places
// are used again, never freed.
#include "core/process/mapped_file.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <mutex>

namespace attngraph {

struct MappedFile::Place {
  /// Null where nothing is mapped; set last, for the handler.
  std::atomic<std::byte*> begin = nullptr;
  std::atomic<std::size_t> size = 0;
  std::atomic<bool> cut = false;
  Place* next = nullptr;
  std::string path = {};
  struct stat status = {};
  bool told = false;
};

namespace {

using Place = MappedFile::Place;

std::mutex mutex;  // of everything here but what the handler reads
std::atomic<Place*> places = nullptr;
std::optional<IoError> first_change;

IoError failed(const std::string& path, const char* what) {
  return {path, std::string(what) + ": " + std::strerror(errno)};
}

Place& free_place() {
  for (Place* place = places.load(); place != nullptr; place = place->next) {
    if (place->begin.load() == nullptr) return *place;
  }
  auto* place = new Place;
  place->next = places.load();
  places.store(place);
  return *place;
}

/// Nothing where another file has its name by now, or none.
std::optional<struct stat> status_now(const Place& place) {
  struct stat now = {};
  if (stat(place.path.c_str(), &now) != 0) return std::nullopt;
  if (now.st_dev != place.status.st_dev || now.st_ino != place.status.st_ino) return std::nullopt;
  return now;
}

const char* change_of(const Place& place) {
  const auto now = status_now(place);
  const struct stat& then = place.status;
  if (place.cut.load() || (now && now->st_size < then.st_size)) return "became shorter";
  const bool same =
      !now || (now->st_size == then.st_size && now->st_mtim.tv_sec == then.st_mtim.tv_sec &&
               now->st_mtim.tv_nsec == then.st_mtim.tv_nsec);
  return same ? nullptr : "was changed";
}

void note_change(Place& place) {
  if (first_change || place.told) return;
  if (const char* change = change_of(place)) {
    place.told = true;
    first_change.emplace(place.path, std::string(change) + " while it was read",
                         "wait until the file is written, or copy it first");
  }
}

std::uintptr_t page_size() {
  static const auto size = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  return size;
}

}  // namespace

MappedFile::MappedFile(int file, std::size_t size, const std::string& path) {
  struct stat status = {};
  if (fstat(file, &status) != 0) throw failed(path, "cannot be read");
  void* address = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (address == MAP_FAILED && errno == ENOMEM) {
    throw LimitError(path, "has no room in the address space: " + std::to_string(size) + " bytes",
                     "raise its limit: ulimit -v unlimited");
  }
  if (address == MAP_FAILED) throw failed(path, "cannot be mapped");
  page_size();  // the handler must not be the first to ask
  const std::lock_guard lock(mutex);
  place_ = &free_place();
  place_->path = path;
  place_->status = status;
  place_->told = false;
  place_->size.store(size);
  place_->cut.store(false);
  place_->begin.store(static_cast<std::byte*>(address));
}

MappedFile::~MappedFile() {
  const std::lock_guard lock(mutex);
  note_change(*place_);
  munmap(place_->begin.exchange(nullptr), place_->size.load());
}

std::span<const std::byte> MappedFile::bytes() const {
  return {place_->begin.load(), place_->size.load()};
}

std::optional<IoError> changed_file() {
  const std::lock_guard lock(mutex);
  for (Place* place = places.load(); place != nullptr; place = place->next) {
    if (place->begin.load() != nullptr) note_change(*place);
  }
  std::optional<IoError> change;
  change.swap(first_change);
  return change;
}

void let_files_change() {
  const std::lock_guard lock(mutex);
  for (Place* place = places.load(); place != nullptr; place = place->next) {
    if (place->begin.load() == nullptr) continue;
    if (const auto now = status_now(*place)) place->status = *now;
  }
}

bool mend_cut_file(const void* address) noexcept {
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  for (Place* place = places.load(); place != nullptr; place = place->next) {
    std::byte* const begin = place->begin.load();
    const auto first = reinterpret_cast<std::uintptr_t>(begin);
    const std::uintptr_t pages = (place->size.load() + page_size() - 1) / page_size();
    const std::uintptr_t mapped = pages * page_size();
    if (begin == nullptr || at < first || at - first >= mapped) continue;
    const std::uintptr_t offset = (at - first) / page_size() * page_size();
    place->cut.store(true);
    return mmap(begin + offset, mapped - offset, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
                -1, 0) != MAP_FAILED;
  }
  return false;
}

}  // namespace attngraph
