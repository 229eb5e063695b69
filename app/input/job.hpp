#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/named_range.hpp"
#include "options/common_options.hpp"
#include "reading/arrays/families.hpp"
#include "reading/arrays/numbers/same_layers.hpp"
#include "report/answer/sink.hpp"
#include "tensor/dump.hpp"
#include "writers/formats.hpp"
#include "writers/writer.hpp"

namespace attngraph {

class Outputs;

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// One input of one command: loads what the command asks for and takes its answer.
class Job {
 public:
  /// `inputs` is one file, `-`, or empty for commands without positionals; with `--stack`, the
  /// files that together are one.
  Job(const CommonOptions& common, std::vector<std::string> inputs, std::istream& in,
      Messages& messages, Outputs& outputs);

  /// The positional input as it is.
  const Dump& dump();
  /// The attention that is asked about, as the selection options say: that of the input, or what
  /// --query and --key or --input make. Prints what was assumed.
  /// @param values what its weights multiply, by options of the command
  Attention attention(const TensorOptions& values = {}) { return attention(request_, values); }
  Attention attention(StackRequest request, const TensorOptions& values = {});
  /// The attention in the file of an option (`--against`), read like the input.
  Attention stack_of(const std::string& file);

  /// The tensor that a file option means: `FILE`, or `FILE:NAME` for one member of it.
  /// An empty text gives an empty tensor.
  /// @throws InputError where the file holds several and none is named
  Tensor tensor(const std::string& file_option);
  /// Whether the option names several members of its file by a glob (`:*.q_proj`).
  bool names_several(const std::string& file_option);
  /// The members that the option names, in natural order.
  /// @throws InputError where there are none, or they are of different names
  Family arrays_named(const std::string& file_option);
  /// Those, of tokens, put together: [layer, head, token, width].
  Tensor layers_of_tokens(const std::string& file_option, const ReadingRequest& request);
  /// The values that an option names for attention of a file: [layer, head, token, width], or as
  /// they lie in one array. Token axes and `--heads` are theirs.
  Tensor values_beside(const Attention& attention, const std::string& file_option);
  /// As tensor(), but a plain number in place of a file is a tensor with one number.
  Tensor number_or_tensor(const std::string& option);
  /// Integers of its size are read as this type in files that are opened from now on.
  void read_integers_as(Dtype dtype) { request_.dtype = dtype; }
  /// The dump of a file option, read once.
  const Dump& file(const std::string& path) { return file(path, {}); }
  /// The dump that a file option means, with a member or without.
  const Dump& file_of(const std::string& file_option);
  /// The same; `edges` says how to read what holds edges.
  const Dump& file(const std::string& path, const EdgeOptions& edges);
  /// Labels from `--tokens`, else from the input's file; empty where there are none.
  std::vector<std::string> tokens();
  /// The labels in the file of an option, `FILE` or `FILE:NAME`.
  std::vector<std::string> labels(const std::string& file_option);

  /// The parts of the text that `--segments` names; none where it is not given.
  std::vector<NamedRange> segments();

  /// What the file of an option says about pairs of tokens: edges, a matrix, or CoNLL-U. Where its
  /// ids can be indices of `places` tokens, they are, and its edges have no labels.
  Dump known_pairs(const std::string& file_option, std::size_t places);

  /// The tensor or tensors of `--gradient`, as layers [head, query, key] of the given selection.
  std::vector<Tensor> layers_of(const std::string& file_option);

  const StackRequest& request() const { return request_; }
  /// The same with the labels of `--tokens` and `--query-tokens`.
  StackRequest labelled_request() { return with_tokens(request_); }
  const CommonOptions& common() const { return common_; }
  /// What the answer is written as.
  const Format& format() const;
  /// The form that it has where the command has a choice.
  Form form() const { return format().forms.front(); }
  void note(const std::string& text) { messages_.note(text); }
  /// Where the answer goes.
  Sink& sink();
  /// Where a further result goes (`--features-out`); null for an empty path.
  Sink* second_sink(const std::string& path);

 private:
  const CommonOptions& common_;
  std::vector<std::string> inputs_;
  std::istream& in_;
  Messages& messages_;
  Outputs& outputs_;
  /// As the options say, with the tensor that the name of the input says.
  StackRequest request_;
  std::map<std::string, Dump> files_;
  /// What labels() gave: standard input can be read once.
  std::map<std::string, std::vector<std::string>> labels_;

  using CheckBegin = void (*)(std::span<const std::byte> begin, const std::string& source);
  /// The file of an option, looked at first where it may have no end.
  Bytes text_bytes(const std::string& path, CheckBegin check) const;
  const Dump& input(const std::string& path);
  /// The option about edges that was given; empty for none.
  static std::string edge_option(const EdgeOptions& edges);
  /// What a token list and the options say of the edges of an input.
  EdgeOptions edge_options();
  /// The same where queries and keys are of two texts.
  EdgeOptions sides(EdgeOptions edges);
  /// Options about arrays, where the input holds edges.
  void refuse_options_of_arrays(const Dump& dump, bool listed) const;
  /// Arrays that an option names must be of the layers of the input.
  void check_layers(const NamedArrays& arrays);
  StackRequest with_tokens(StackRequest request);
  Attention stack(StackRequest request, const TensorOptions& values);
  Attention computed(const StackRequest& request, const TensorOptions& values);
};

}  // namespace attngraph
