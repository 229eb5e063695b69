#pragma once

namespace attngraph {

/// Lets the process keep up to some hundred megabytes of freed memory for what comes next, where
/// the allocator would give a matrix back to the system and ask for the next one page by page. For
/// programs that go through one head after another; a limit on memory holds as before.
void keep_freed_memory();

}  // namespace attngraph
