#include "options/near_names.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "core/text/near_word.hpp"

namespace attngraph {
namespace {

/// What other programs call an option, and what it is called here; those that a command has are
/// meant.
struct Synonym {
  std::string_view said;
  std::array<std::string_view, 3> meant;
};

constexpr Synonym synonyms[] = {
    {"output", {"out"}},
    {"outfile", {"out"}},
    {"output-file", {"out"}},
    {"save", {"out"}},
    {"limit", {"rows", "top"}},
    {"n", {"rows", "top"}},
    {"num", {"rows", "top", "count"}},
    {"max-rows", {"rows", "top"}},
    {"lines", {"rows"}},
    {"k", {"top-k", "top", "count"}},
    {"top-n", {"top", "top-k"}},
    {"nucleus", {"top-p"}},
    {"min-weight", {"threshold"}},
    {"cutoff", {"threshold"}},
    {"threads", {"jobs"}},
    {"workers", {"jobs"}},
    {"processes", {"jobs"}},
    {"num-workers", {"jobs"}},
    {"n-jobs", {"jobs"}},
    {"parallel", {"jobs"}},
    {"cores", {"jobs"}},
    {"cmap", {"colormap"}},
    {"color-map", {"colormap"}},
    {"palette", {"colormap"}},
    {"colour", {"color"}},
    {"cols", {"columns"}},
    {"fields", {"columns"}},
    {"select", {"columns"}},
    {"order", {"sort"}},
    {"order-by", {"sort"}},
    {"sort-by", {"sort"}},
    {"descending", {"sort"}},
    {"ascending", {"reverse"}},
    {"decimals", {"digits"}},
    {"measure", {"metric"}},
    {"centrality", {"metric"}},
    {"labels", {"tokens"}},
    {"vocab", {"tokens"}},
    {"source", {"from", "target"}},
    {"src", {"from", "source", "target"}},
    {"from", {"source"}},
    {"to", {"sink", "target"}},
    {"target", {"sink", "to"}},
    {"sink", {"to", "target"}},
    {"query", {"target", "to"}},
    {"destination", {"to", "sink", "target"}},
    {"dst", {"to", "sink", "target"}},
    {"paths", {"count"}},
    {"routes", {"count"}},
    {"aggregate", {"fuse"}},
    {"head-fusion", {"fuse"}},
    {"discard-ratio", {"discard"}},
    {"n-clusters", {"cluster"}},
    {"silent", {"quiet"}},
    {"no-notes", {"quiet"}},
    {"overwrite", {"force"}},
    {"resume", {"skip-existing"}},
    {"no-clobber", {"skip-existing"}},
    {"log-scale", {"log"}},
    {"annot", {"annotate"}},
    {"memory", {"max-memory"}},
    {"array", {"tensor"}},
    {"dataset", {"tensor"}},
    {"no-special", {"drop-special"}},
    {"skip-special", {"drop-special"}},
    {"tsv", {"format"}},
    {"png", {"out"}},
    {"svg", {"out"}},
};

const Synonym* synonym_of(const std::string& word) {
  const auto row = std::find_if(std::begin(synonyms), std::end(synonyms), [&](const auto& one) {
    return bare_word(std::string(one.said)) == bare_word(word);
  });
  return row == std::end(synonyms) ? nullptr : row;
}

/// The candidates that the synonym means.
std::vector<std::string> meant_by(const Synonym& synonym,
                                  const std::vector<std::string>& candidates) {
  std::vector<std::string> meant;
  for (const std::string_view name : synonym.meant) {
    const std::string wanted = "--" + std::string(name);
    if (std::find(candidates.begin(), candidates.end(), wanted) != candidates.end()) {
      meant.push_back(wanted);
    }
  }
  return meant;
}

std::string question(const std::vector<std::string>& meant) {
  if (meant.empty() || meant.front().empty()) return {};
  std::string list = meant.front();
  for (std::size_t i = 1; i < meant.size(); ++i) {
    list += (i + 1 < meant.size() ? ", " : " or ") + meant[i];
  }
  return "did you mean " + list + "?";
}

}  // namespace

std::string of_other_programs(const std::string& word, const std::vector<std::string>& candidates) {
  const Synonym* const row = synonym_of(word);
  return row == nullptr ? "" : question(meant_by(*row, candidates));
}

std::string suggestion(const std::string& word, const std::vector<std::string>& candidates) {
  if (synonym_of(word) != nullptr) return of_other_programs(word, candidates);
  return question({nearest_word(word, candidates)});
}

}  // namespace attngraph
