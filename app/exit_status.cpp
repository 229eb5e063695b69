#include "exit_status.hpp"
#include "core/text/bounded_text.hpp"

#include <array>
#include <new>

#include "core/process/mapped_file.hpp"

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

namespace {

Ending ending_by(const Error& error) {
  const std::string& where = error.where();  // what() would end at a NUL of a file
  return {exit_status(error.kind()),
          bounded(where.empty() ? error.problem() : where + ": " + error.problem()),
          bounded(error.hint()), bounded(where)};
}

Ending ending_of_all(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const Error& error) {
    return ending_by(error);
  } catch (const Interrupted& stop) {
    return {128 + stop.signal(), "stopped", ""};
  } catch (const std::bad_alloc&) {
    return {exit_status(ErrorKind::limit), "out of memory", "choose fewer layers, heads or tokens"};
  } catch (const std::exception& error) {
    return {70, std::string("a mistake of attngraph itself: ") + error.what(), ""};
  }
}

}  // namespace

Ending ending_of(const std::function<void()>& work) {
  const Ending ending = ending_of_all(work);
  const auto changed = changed_file();
  return changed && ending.status < 128 ? ending_by(*changed) : ending;
}

}  // namespace attngraph
