#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "tensor/edge_arrays.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// One tensor of a file, under the name it has there (empty in a file that holds just one).
struct NamedTensor {
  std::string name;
  Tensor tensor;
};

/// A member of a file that holds no numbers we read, and why. Who asks for it throws the reason.
struct Unread {
  std::string name;
  InputError reason;
};

/// A weighted directed graph of one head, as an edge list file gives it.
struct EdgeList {
  std::int64_t layer = 0;
  std::int64_t head = 0;
  EdgeArrays edges;
};

/// The tokens of one input of a file, under their name there (`0.tokens`).
struct NamedTokens {
  std::string name;
  std::vector<std::string> tokens;
};

enum class ListKind { texts, numbers };

/// A list of texts, of classes or of numbers in a file that labels no tokens, and how long it is.
struct OtherList {
  std::string name;
  std::size_t length;
  ListKind kind = ListKind::texts;
};

/// A short text or a whole number that stands in an object, under its path: `0.sentence`,
/// `2.layer`.
struct Field {
  std::string name;
  std::string text;
  /// Nothing where it is a text.
  std::optional<std::int64_t> number;
};

/// What a file holds: its tensors in natural order of their names, or edge lists; its tokens if it
/// has any; and what the reader assumed.
struct Dump {
  /// The file's name as errors and notes show it; `stdin` for standard input.
  std::string source;
  /// `NPY 1.0`, `NPZ`, `safetensors`, `JSON`, `CSV edges`, `GraphML`, `PyTorch`, `pickle 4`.
  std::string format;
  std::vector<NamedTensor> tensors;
  /// What was left out.
  std::vector<Unread> unread;
  std::vector<EdgeList> edges;
  /// The file said that they lead from the key to the query: their ends are exchanged.
  bool edges_turned = false;
  /// Nodes of the edge lists: at least 1 + the largest index.
  std::size_t nodes = 0;
  /// How many of them are queries, where queries and keys are different tokens: queries come first,
  /// and tokens hold the labels of both. 0 where all nodes are of one kind.
  std::size_t queries = 0;
  /// The edges are attributions between features of a model, without layers of attention.
  bool attributions = false;
  /// Of attributions: the probability of each node that is an output, of others 0; none where no
  /// output says it.
  std::vector<double> outputs;
  std::vector<std::string> tokens;
  /// What that list is called in the file; empty where it has no name.
  std::string tokens_name;
  /// Lists that say by their names that they are the queries' (`left_text` beside `right_text`).
  std::vector<NamedTokens> query_tokens;
  /// Where inputs have tokens of their own, under names that differ by a number: all of them;
  /// `tokens` are then the first that fit.
  std::vector<NamedTokens> tokens_of_inputs;
  std::vector<OtherList> other_lists;
  /// What stands in objects beside arrays: the first of them, where there are many.
  std::vector<Field> fields;
  /// It is made of files that were given as the layers of one stack.
  bool stacked = false;
  std::vector<std::string> notes;
  /// `module.name` of the classes and functions that a pickle names. None of them was run.
  std::vector<std::string> classes;
};

/// @throws InputError the reason of the first member left unread whose name fits
template <typename Fits>
void require_read(const Dump& dump, Fits fits) {
  for (const auto& left : dump.unread) {
    if (fits(left.name)) throw InputError(left.reason);
  }
}

}  // namespace attngraph
