#pragma once

#include <string>
#include <vector>

#include "reading/arrays/families.hpp"
#include "reading/arrays/steps/step_form.hpp"
#include "reading/arrays/steps/step_places.hpp"

namespace attngraph {

/// @throws InputError a slice is not of the form expected, as steps of generate() are
[[noreturn]] void refuse_slice(const std::string& source, const NamedTensor& slice,
                               const std::string& expected);

/// @throws InputError four axes of a step of all layers, the first of which is longer than one
[[noreturn]] void refuse_first_axis(const std::string& source, const NamedTensor& slice);

/// @throws InputError the first slice that does not continue the one before as `growing` would have
/// it: there is one
[[noreturn]] void refuse_form(const Slices& slices, const std::string& source);

/// @throws InputError names both orders of the two numbers of names. @param places steps first
[[noreturn]] void refuse_both(const Family& arrays, const StepPlaces& places,
                              const std::string& source);

/// @throws InputError names both forms that the steps may have, and the options that say which
[[noreturn]] void refuse_open(const Family& arrays, const std::vector<Slices>& layers,
                              const FoundForm& found, const std::string& source);

/// @throws InputError names both readings of a list of single queries over keys of another sequence
[[noreturn]] void refuse_queries(const Family& arrays, const std::string& source);

}  // namespace attngraph
