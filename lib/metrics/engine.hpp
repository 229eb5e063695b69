#pragma once

namespace attngraph {

/// Who answers: a kernel of our own, or igraph, the reference. Both say the same within 1e-9.
enum class Engine { own, igraph };

}  // namespace attngraph
