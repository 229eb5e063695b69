#include "exit_status.hpp"

#include <array>
#include <new>

namespace attngraph {

int exit_status(ErrorKind kind) {
  struct Row {
    ErrorKind kind;
    int status;
  };
  static constexpr std::array<Row, 4> table{
      {{ErrorKind::usage, 2}, {ErrorKind::input, 3}, {ErrorKind::io, 4}, {ErrorKind::limit, 5}}};
  for (const Row& row : table) {
    if (row.kind == kind) return row.status;
  }
  return 70;
}

Ending ending_of(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const Error& error) {
    return {exit_status(error.kind()), error.what(), error.hint(), error.where()};
  } catch (const Interrupted& stop) {
    return {128 + stop.signal(), "stopped", ""};
  } catch (const std::bad_alloc&) {
    return {exit_status(ErrorKind::limit), "out of memory", "choose fewer layers or heads"};
  } catch (const std::exception& error) {
    return {70, std::string("a mistake of attngraph itself: ") + error.what(), ""};
  }
}

}  // namespace attngraph
