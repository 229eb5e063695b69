// Every process takes each n-th piece of work and writes the results to a pipe, so that a result
// waits there until those before it are taken, and nobody runs far ahead.
#include "core/process/forked_workers.hpp"

#include <algorithm>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <vector>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/process/child.hpp"
#include "core/process/mapped_file.hpp"
#include "core/process/packed.hpp"

namespace attngraph {
namespace {

/// How a piece of work ended.
enum class Ending : char { done, error, memory, other };

/// A message: its size, how the work ended, and what it gave or what went wrong.
std::string message_of(const std::function<std::string(std::size_t)>& work, std::size_t i) {
  Packer packer;
  try {
    const std::string result = work(i);
    if (const auto changed = changed_file()) throw *changed;
    packer.value(Ending::done);
    packer.text(result);
  } catch (const Error& error) {
    packer.value(Ending::error);
    packer.value(error.kind());
    for (const auto& text : {error.where(), error.problem(), error.hint()}) packer.text(text);
  } catch (const std::bad_alloc&) {
    packer.value(Ending::memory);
  } catch (const std::exception& error) {
    packer.value(Ending::other);
    packer.text(error.what());
  }
  return packer.take();
}

/// The next result. @throws what the work threw
std::string result_from(Descriptor& worker) {
  const auto read = [&](char* bytes, std::size_t size) {
    for (std::size_t filled = 0; filled < size;) {
      const std::size_t count = worker.read(bytes + filled, size - filled);
      if (count == 0) throw IoError("worker process", "ended before its work was done");
      filled += count;
    }
  };
  std::uint64_t size = 0;
  read(reinterpret_cast<char*>(&size), sizeof size);
  std::string bytes(size, '\0');
  read(bytes.data(), bytes.size());
  Unpacker message(bytes);
  const auto ending = message.value<Ending>();
  if (ending == Ending::done) return message.text();
  if (ending == Ending::memory) throw std::bad_alloc();
  if (ending == Ending::other) throw std::runtime_error(message.text());
  const auto kind = message.value<ErrorKind>();
  const std::string where = message.text(), problem = message.text();
  throw_error(kind, where, problem, message.text());
}

}  // namespace

void forked_in_order(std::size_t count, const MemoryNeed& need,
                     const std::function<std::string(std::size_t)>& work,
                     const std::function<void(std::size_t, std::string_view)>& finish) {
  const std::size_t processes = need.pieces(std::min(worker_threads(), count));
  if (processes < 2) {
    for (std::size_t i = 0; i < count; ++i) finish(i, work(i));
    return;
  }
  std::vector<Child> workers;
  for (std::size_t first = 0; first < processes; ++first) {
    workers.emplace_back(ChildSignals::deadly, [&, first](Descriptor& to_parent) {
      for (Child& before : workers) before.leave();
      for (std::size_t i = first; i < count; i += processes) {
        Packer packer;
        packer.text(message_of(work, i));
        to_parent.write(packer.bytes());
      }
    });
  }
  for (std::size_t i = 0; i < count; ++i) finish(i, result_from(workers[i % processes].from()));
}

}  // namespace attngraph
