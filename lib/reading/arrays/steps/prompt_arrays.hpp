#pragma once

#include <optional>
#include <vector>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// The arrays of `all` that are the prompt before `steps` of a query each: called so (`prefill`,
/// `prompt`), as many as layers, and of the same heads. In order of the layers, each with as many
/// axes as a step.
std::optional<Family> prompt_of(const Family& steps, const std::vector<Family>& all);

/// Those of `all` that are called a prompt and end where `steps` begin, in whatever form; null
/// where there are none.
const Family* prompt_of_any_form(const Family& steps, const std::vector<Family>& all);

/// The same without those that are the prompt of others.
std::vector<Family> without_prompts(const std::vector<Family>& all);

/// The prompt as the step before the first. @param prompt as prompt_of() gives it
Family with_prompt(const Family& steps, const Family& prompt);

}  // namespace attngraph
