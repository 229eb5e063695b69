#include "input/job.hpp"

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "formats/edges/conllu.hpp"
#include "formats/file_bytes.hpp"
#include "formats/labels/labels.hpp"
#include "formats/labels/segment_file.hpp"
#include "formats/plain_bytes.hpp"
#include "formats/read_dump.hpp"
#include "formats/rules.hpp"
#include "input/file_member.hpp"
#include "input/stacked_arrays.hpp"
#include "input/stacked_edges.hpp"
#include "input/stacked_files.hpp"
#include "input/stacked_tokens.hpp"
#include "output/outputs.hpp"
#include "reading/arrays/chosen_arrays.hpp"
#include "reading/reading.hpp"

namespace attngraph {
Job::Job(const CommonOptions& common, std::vector<std::string> inputs, std::istream& in,
         Messages& messages, Outputs& outputs)
    : common_(common),
      inputs_(std::move(inputs)),
      in_(in),
      messages_(messages),
      outputs_(outputs),
      request_(common.request) {
  if (common.computed.given() && !edge_option(common.edges).empty()) {
    throw ArgumentError(edge_option(common.edges), "is about edges, and queries and keys are none");
  }
  for (const std::string& text : inputs_) {
    const std::string member = text.empty() ? "" : file_member(text, "").member;
    if (member.empty()) continue;
    if (!common.request.tensor.empty()) {
      throw ArgumentError("--tensor", "stands beside '" + text + "', which names a tensor already");
    }
    if (inputs_.size() == 1) request_.tensor = member;
  }
}

const Format& Job::format() const { return outputs_.format(); }

Sink& Job::sink() { return outputs_.sink(); }

Sink* Job::second_sink(const std::string& path) { return outputs_.further_sink(path); }

const Dump& Job::file(const std::string& path, const EdgeOptions& edges) {
  const auto known = files_.find(path);
  if (known != files_.end()) return known->second;
  const bool standard_input = path == "-" || path.empty();
  const std::string source = standard_input ? "standard input" : path;
  const FirstLook look = [&](std::span<const std::byte> begin) { check_begin(begin, source); };
  Bytes bytes = standard_input ? stream_bytes(in_, source, common_.limits, look)
                               : file_bytes(path, common_.limits, look);
  Dump dump = read_dump(std::move(bytes), source,
                        {common_.limits, request_.batch, {}, edges, 0, request_.dtype});
  for (const auto& text : dump.notes) messages_.note(text);
  return files_.emplace(path, std::move(dump)).first->second;
}

const Dump& Job::dump() {
  if (inputs_.size() == 1) return input(file_member(inputs_.front(), "").path);
  const std::string joint = inputs_.front() + " …";  // no file has this name: it was not opened
  const auto known = files_.find(joint);
  if (known != files_.end()) return known->second;
  Dump stack;
  stack.source = joint;
  stack.stacked = true;
  const std::vector<StackedFile> parts = stacked_files(inputs_);
  const auto is_at = [](const StackedFile& part, const auto& input) { return part.path == input; };
  if (!std::equal(parts.begin(), parts.end(), inputs_.begin(), is_at)) {
    messages_.note("the files are stacked in natural order of their names, not as given");
  }
  StackedEdges edges;
  StackedArrays arrays;
  StackedTokens tokens(!common_.tokens_file.empty());
  for (const auto& [name, path] : parts) {
    const FileMember of = file_member(path, "");
    const Dump& part = input(of.path);
    stack.format = part.format;
    if (!part.edges.empty()) {
      edges.add(part);
      continue;
    }
    StackRequest request = request_;
    if (!of.member.empty()) request.tensor = of.member;
    const Family chosen = chosen_arrays(part, request).arrays;
    tokens.add(part, chosen, stack);
    arrays.add({name, of.member}, part, chosen);
  }
  if (!edges.empty() && !arrays.empty()) {
    throw InputError(joint, "some files hold arrays, others edges", "stack files of one kind");
  }
  if (!arrays.empty()) arrays.finish(stack);
  for (const auto& text : stack.notes) messages_.note(text);
  if (!edges.empty()) edges.finish(stack);
  return files_.emplace(joint, std::move(stack)).first->second;
}

std::vector<std::string> Job::tokens() {
  if (!common_.tokens_file.empty()) return labels(common_.tokens_file);
  return inputs_.front().empty() ? std::vector<std::string>{} : dump().tokens;
}

Bytes Job::text_bytes(const std::string& path, CheckBegin check) const {
  const std::string source = shown_name(path);
  const FirstLook look = [&](auto begin) { check(begin, source); };
  if (path != "-") return file_bytes(path, common_.limits, look);
  const bool several = common_.inputs.size() > 1 || !common_.files_from.empty();
  if (several || inputs_.front() == "-") {
    throw ArgumentError("",
                        "standard input cannot be both an input and an option's file, nor the "
                        "file of several inputs",
                        "save it to a file");
  }
  return stream_bytes(in_, source, common_.limits, look);
}

std::vector<std::string> Job::labels(const std::string& option) {
  if (const auto known = labels_.find(option); known != labels_.end()) return known->second;
  const auto [path, name] = file_member(option, inputs_.front());
  Labels labels = read_labels(text_bytes(path, check_labels_begin), shown_name(path),
                              {common_.limits, request_.batch, name});
  if (!labels.note.empty()) messages_.note(labels.note);
  return labels_.emplace(option, std::move(labels.texts)).first->second;
}

std::vector<NamedRange> Job::segments() {
  if (common_.segments.empty()) return {};
  if (const auto listed = named_ranges(common_.segments)) return *listed;
  const auto [path, name] = file_member(common_.segments, inputs_.front());
  if (path != "-" && !is_there(path)) {
    throw ArgumentError("$segments",
                        "'" + common_.segments + "' is no list of ranges, and no such file",
                        "write for example $segments system:0-5,question:6-20");
  }
  return read_segments(text_bytes(path, check_text_begin), shown_name(path), common_.limits);
}

Dump Job::known_pairs(const std::string& option, std::size_t places) {
  const auto [file, name] = file_member(option, inputs_.front());
  const std::string path = shown_name(file);
  if (!name.empty()) {
    Dump array;
    array.source = path;
    array.tensors.push_back({name, tensor(option)});
    return array;
  }
  const Bytes bytes = plain_bytes(text_bytes(file, check_labels_begin), path, common_.limits);
  const std::string_view text = text_of(bytes.data);
  if (is_conllu(text)) return read_conllu(text, path, common_.limits, held_bytes(bytes));
  ReadOptions options{common_.limits, request_.batch, {}, common_.edges};
  options.edges.nodes = places;
  try {
    Dump indexed = read_dump(bytes, path, options);
    if (indexed.format.ends_with(" edges")) indexed.tokens.clear();
    return indexed;
  } catch (const InputError&) {
    options.edges.nodes.reset();
    return read_dump(bytes, path, options);
  }
}

StackRequest Job::with_tokens(StackRequest request) {
  request.limits = common_.limits;
  request.queries = common_.computed.rules_of_input(*this);
  if (!common_.tokens_file.empty()) request.tokens = tokens();
  if (!common_.query_tokens_file.empty()) request.query_tokens = labels(common_.query_tokens_file);
  if (inputs_.size() > 1) request.tensor = "*";  // dump() has chosen already
  return request;
}

Attention Job::attention(StackRequest request, const TensorOptions& values) {
  return common_.computed.given() ? computed(request, values) : stack(std::move(request), values);
}

Attention Job::computed(const StackRequest& request, const TensorOptions& values) {
  MultiHeadAttention heads = common_.computed.heads(*this, values);
  std::vector<std::string> notes = heads.notes();
  Attention whole = Attention::computed(std::move(heads), tokens());
  whole.set_limits(common_.limits);
  if (request.keys_suffice && common_.computed.keys_alone()) whole.set_keys_alone();
  if (request.cross || whole.cross()) {
    whole.set_sides(Sides::cross, with_tokens(request).query_tokens);
  } else if (!common_.query_tokens_file.empty()) {
    throw ArgumentError("--query-tokens", "labels the queries of cross-attention, this is none",
                        "--cross says that it is");
  }
  Attention asked = asked_attention(std::move(whole), request, notes);
  for (const auto& text : notes) messages_.note(text);
  return asked;
}

Attention Job::stack(StackRequest request, const TensorOptions& values) {
  std::vector<std::string> notes;
  request = with_tokens(std::move(request));
  if (values.given("value") && !holds_queries_and_keys(dump())) {
    // These say what the values are.
    if (request.queries.option == "--heads") request.queries.option.clear();
    if (are_of_tokens(request.axes)) request.axes.clear();
  }
  auto stack = stack_from_dump(dump(), request, notes);
  for (const auto& text : notes) messages_.note(text);
  return stack;
}

Attention Job::stack_of(const std::string& option) {
  const auto [path, name] = file_member(option, inputs_.front());
  StackRequest request = with_tokens(request_);
  if (!name.empty()) request.tensor = name;
  std::vector<std::string> notes;
  auto stack = stack_from_dump(file(path), request, notes);
  for (const auto& text : notes) messages_.note(text);
  return stack;
}

Tensor Job::number_or_tensor(const std::string& option) {
  double number = 0;
  const char* end = option.data() + option.size();
  const auto read = std::from_chars(option.data(), end, number);
  if (!option.empty() && read.ec == std::errc{} && read.ptr == end) {
    return Tensor::from(std::vector<double>{number}, {1});
  }
  return tensor(option);
}

std::vector<Tensor> Job::layers_of(const std::string& option) {
  const auto [path, name] = file_member(option, inputs_.front());
  StackRequest request = request_;
  request.tensor = name;
  const Family gradient = arrays_of_layers(file(path), request);
  check_layers({gradient, "$gradient", file(path).source});
  return layers_read(file(path), request);
}

}  // namespace attngraph
