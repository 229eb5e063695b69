#pragma once

#include <optional>

#include "reading/finding.hpp"

namespace attngraph {

struct Dump;
struct Family;
struct ReadingRequest;

/// What to say of arrays that are layers of stages (Swin, PVT), each with heads and sizes of its
/// own, which are no stack; nothing where they are not.
std::optional<Finding> layers_of_stages(const Family& arrays);

/// The same for what is chosen of a dump; nothing where it cannot be read at all.
std::optional<Finding> layers_of_stages(const Dump& dump, const ReadingRequest& request);

}  // namespace attngraph
