// attngraph in-process: the functions behind the commands, on files that are in memory already,
// with answers that nobody prints. Prints the seconds of every run as JSON.
//
//   kernels THREADS rollout FILE RUNS         kernels THREADS attend QUERY KEY VALUE RUNS
//   kernels THREADS pagerank FILE RUNS        kernels THREADS top_graph QUERY KEY TOP RUNS
//   kernels THREADS betweenness FILE RUNS     kernels THREADS flow FILE OUTPUT|all RUNS
//   kernels THREADS closeness FILE RUNS       kernels THREADS heads FILE RUNS
//   kernels THREADS read FILE RUNS            (the reader alone)

#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "attention/computed/attend.hpp"
#include "attention/stored/stack_from_dump.hpp"
#include "core/parallel.hpp"
#include "core/process/blas_threads.hpp"
#include "core/process/freed_memory.hpp"
#include "formats/file_bytes.hpp"
#include "formats/read_dump.hpp"
#include "graph/graphs.hpp"
#include "numeric/packed_matrix.hpp"
#include "report/answer/sink.hpp"
#include "report/questions/attend.hpp"
#include "report/questions/centrality.hpp"
#include "report/questions/flow.hpp"
#include "report/questions/heads.hpp"
#include "report/questions/rollout.hpp"

namespace attngraph {
namespace {

using Arguments = std::vector<std::string>;
using Work = std::function<void()>;

class Nobody : public Sink {
 public:
  void begin_rows(const Schema&) override {}
  void rows(const Chunk&) override {}
  void summary(const Column&, double) override {}
  void begin_matrices(const MatrixSeries&) override {}
  void matrix(const MatrixPlace&, MatrixView) override {}
  void graph(const Drawing&) override {}
  void picture(const Picture&) override {}
  void note(const std::string&) override {}
  void parameter(const std::string&, const std::string&) override {}
  void progress(std::size_t, std::size_t) override {}
};

Nobody nobody;

Dump dump(const std::string& path) { return read_dump(file_bytes(path, {}), path, {}); }

Tensor tensor(const std::string& path) { return dump(path).tensors.at(0).tensor; }

Attention stack(const std::string& path) {
  std::vector<std::string> notes;
  return stack_from_dump(dump(path), {}, notes);
}

Work rollout_work(const Arguments& files) {
  return [stack = stack(files.at(0))] { rollout_report(stack, {}, nobody); };
}

Work heads_work(const Arguments& files) {
  return [stack = stack(files.at(0))] { heads_report(stack, {}, nobody); };
}

Work flow_work(const Arguments& files) {
  FlowOptions options;
  options.target = files.at(1);
  return [stack = stack(files.at(0)), options] { flow_report(stack, options, nobody); };
}

Work centrality_work(const Arguments& files, const char* metric) {
  CentralityOptions options;
  options.metrics = metrics_named(metric);
  return [source = stack(files.at(0)), options] { centrality_report(source, options, nobody); };
}

/// The weights of all heads and the output, kept: [head, query, key] and [query, head * width].
struct Attended {
  MatrixF weights;
  MatrixF output;
};

void attend(const MultiHeadAttention& attention, Attended& kept) {
  for (std::size_t head = 0; head < attention.heads(); ++head) {
    const PackedMatrix<float> value(attention.value<float>(0, head));
    const auto first = static_cast<Index>(head * attention.queries());
    attention.row_blocks_in_parallel<float>(0, head, [&](const RowBlock<float>& block) {
      const Index rows = block.weights.rows();
      std::memcpy(kept.weights.row(first + block.first_query).data(), block.weights.data(),
                  static_cast<std::size_t>(block.weights.size()) * sizeof(float));
      value.multiply(block.weights.data(), block.weights.cols(), rows, value.whole(), 1,
                     &kept.output(block.first_query, static_cast<Index>(head) * value.columns()),
                     kept.output.cols());
      return [] {};
    });
  }
}

Work attend_work(const Arguments& files) {
  AttendInput input;
  input.query = tensor(files.at(0));
  input.key = tensor(files.at(1));
  input.value = tensor(files.at(2));
  const MultiHeadAttention attention(input, {});
  Attended kept;
  kept.weights.resize(static_cast<Index>(attention.queries() * attention.heads()),
                      static_cast<Index>(attention.keys()));
  kept.output.resize(static_cast<Index>(attention.queries()),
                     static_cast<Index>(attention.output_width()));
  return [attention, kept]() mutable { attend(attention, kept); };
}

Work top_graph_work(const Arguments& files) {
  AttendInput input;
  input.query = tensor(files.at(0));
  input.key = tensor(files.at(1));
  AttendReportOptions options;
  options.top_k = std::stoul(files.at(2));
  return [input, options] { attend_report(input, options, nobody, nullptr); };
}

Work read_work(const Arguments& files) {
  return [path = files.at(0)] { dump(path); };
}

Work work_named(const std::string& kernel, const Arguments& files) {
  if (kernel == "rollout") return rollout_work(files);
  if (kernel == "heads") return heads_work(files);
  if (kernel == "flow") return flow_work(files);
  if (kernel == "pagerank") return centrality_work(files, "pagerank");
  if (kernel == "betweenness") return centrality_work(files, "betweenness");
  if (kernel == "closeness") return centrality_work(files, "closeness");
  if (kernel == "attend") return attend_work(files);
  if (kernel == "top_graph") return top_graph_work(files);
  if (kernel == "read") return read_work(files);
  throw std::invalid_argument("no kernel is called " + kernel);
}

double seconds_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Seconds of `runs` calls after one that warms up, separated by commas; fewer where they take too
/// long, and then the first counts.
std::string seconds_of_runs(const Work& work, int runs) {
  constexpr double budget = 20;
  const double first = seconds_of(work);
  std::string text = first > budget / 4 ? std::to_string(first) : "";
  double spent = first;
  for (int run = 0; run < runs && spent + first < budget; ++run) {
    const double seconds = seconds_of(work);
    spent += seconds;
    text += (text.empty() ? "" : ", ") + std::to_string(seconds);
  }
  return text;
}

}  // namespace
}  // namespace attngraph

int main(int argc, char** argv) {
  const attngraph::Arguments arguments(argv + 1, argv + argc);
  if (arguments.size() < 4) return 2;
  try {
    attngraph::keep_freed_memory();
    attngraph::end_blas_threads();
    attngraph::set_worker_threads(std::stoul(arguments.front()));
    const auto work =
        attngraph::work_named(arguments.at(1), {arguments.begin() + 2, arguments.end() - 1});
    const std::string seconds = attngraph::seconds_of_runs(work, std::stoi(arguments.back()));
    std::printf("{\"seconds\": [%s]}\n", seconds.c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
