#include "reading/arrays/steps/refused_steps.hpp"

#include "core/error.hpp"
#include "core/text/place.hpp"

namespace attngraph {
namespace {

const std::string otherwise = "save one forward() over the whole text instead";

/// `the last 4 of its tokens`
std::string last_keys(std::size_t keys) {
  return "the last " + std::to_string(keys) + " of its tokens (a sliding window)";
}

/// The first slice of a cache that has dropped keys.
[[noreturn]] void refuse_dropped(const std::vector<Slices>& layers, std::size_t before,
                                 const std::string& source) {
  for (const Slices& slices : layers) {
    std::size_t tokens = before;
    for (const NamedTensor& slice : slices) {
      tokens += queries(slice);
      if (keys(slice) >= tokens) continue;
      Shape expected = slice.tensor.shape();
      expected.back() = tokens;
      throw InputError(
          within(source, slice.name),
          "shape " + shape_text(slice.tensor.shape()) + ", expected " + shape_text(expected) +
              ": the cache drops keys",
          "$causal yes reads those of a step as " + last_keys(keys(slice)) +
              "; where a cache keeps others (sinks, the most seen), or a step is missing, " +
              otherwise);
    }
  }
  refuse_form(layers.front(), source);
}

}  // namespace

void refuse_slice(const std::string& source, const NamedTensor& slice,
                  const std::string& expected) {
  throw InputError(
      within(source, slice.name),
      "shape " + shape_text(slice.tensor.shape()) + ", expected " + expected,
      "steps of generate() are known as a p x p prompt (p x k over a cache) and then 1 x "
      "k with k growing by one, up to a window, over a fixed cache, as whole squares (no cache), "
      "and as cross-attention to the same keys; a step may be missing, or the cache drops keys: " +
          otherwise);
}

void refuse_first_axis(const std::string& source, const NamedTensor& slice) {
  const std::string first = std::to_string(slice.tensor.shape()[0]);
  throw InputError(within(source, slice.name),
                   "shape " + shape_text(slice.tensor.shape()) + " may be that of " + first +
                       " layers or of a batch of " + first,
                   "say which: $axes layer,head,query,key or $axes batch,head,query,key");
}

void refuse_form(const Slices& slices, const std::string& source) {
  std::size_t seen = keys_before(slices);
  for (const NamedTensor& slice : slices) {
    Shape expected = slice.tensor.shape();
    seen += queries(slice);
    expected.back() = seen;
    if (keys(slice) != seen) refuse_slice(source, slice, shape_text(expected));
  }
  Shape expected = slices.front().tensor.shape();
  expected.back() = queries(slices.front());
  refuse_slice(source, slices.front(), shape_text(expected));
}

void refuse_both(const Family& arrays, const StepPlaces& places, const std::string& source) {
  throw InputError(source,
                   family_text(arrays) +
                       " differ by two numbers: the first may count steps of generate() and the "
                       "second layers, or the first layers and the second steps",
                   "say it in the names, as in step_0_layer_0, or choose the layers of one step "
                   "with $tensor " +
                       shell_word(family_glob_at(arrays, places.step)) +
                       " (steps first) or $tensor " +
                       shell_word(family_glob_at(arrays, *places.layer)) + " (layers first)");
}

void refuse_open(const Family& arrays, const std::vector<Slices>& layers, const FoundForm& found,
                 const std::string& source) {
  if (found.form == StepForm::window) refuse_dropped(layers, found.before, source);
  const std::size_t most = keys(layers.front().front());
  const bool of_one_layer = arrays.varying().size() == 1 && are_lists_of_steps(arrays);
  const std::string axes =
      arrays.rank() == 3 ? "layer,head,query,key" : "layer,batch,head,query,key";
  throw InputError(
      source,
      family_text(arrays) + " are steps that have a query each and as many keys, " +
          std::to_string(most) + ": cross-attention to the same, or self-attention over a cache " +
          "that drops keys or is of fixed length",
      "say which: $cross, or $causal yes where the keys of a step are " + last_keys(most) +
          "; where a cache keeps others, or more than it uses, " + otherwise +
          (of_one_layer ? "; $axes " + axes + " where they are layers" : ""));
}

void refuse_queries(const Family& arrays, const std::string& source) {
  const std::size_t layers = arrays.rank() == 4 ? arrays.members.front().tensor.shape()[0] : 1;
  const std::string steps = arrays.rank() == 3
                                ? "call them step_0, step_1 and so on where they are steps"
                                : "$cross $axes layer,head,query,key where they are steps";
  const std::string of_layers =
      arrays.rank() == 3 ? "layer,head,query,key" : "layer,batch,head,query,key";
  throw InputError(source,
                   family_text(arrays) +
                       " have a query each over the same keys: they may be steps of generate()" +
                       (layers > 1 ? ", with " + std::to_string(layers) + " layers each," : "") +
                       " or layers of one query",
                   "say which: " + steps + ", or $axes " + of_layers +
                       (layers > 1 ? " and $batch 0" : "") + " where they are layers");
}

}  // namespace attngraph
