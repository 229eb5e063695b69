#include "report/questions/centrality.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/ordered.hpp"
#include "core/text/number_text.hpp"
#include "graph/graphs.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/row_bars.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/missing_queries.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

/// How many edges were lifted, and what the metrics say: the values of all tokens, one metric after
/// another.
using GraphValues = std::pair<std::size_t, std::vector<double>>;

GraphValues values_of(const Graphs& graphs, std::size_t i, const CentralityOptions& options,
                      const SearchProgress& progress) {
  const Graph graph = graphs.graph(i, {options.direction, options.self_loops});
  std::optional<Graph> counted;
  if (options.edges.any()) counted = graphs.counted(i, options.edges, options.direction);
  MeasuredGraph asked(graph, counted ? *counted : graph, options, progress);
  std::vector<double> values;
  try {
    for (const Metric& metric : options.metrics) {
      const Vector found = metric.values(asked);
      values.insert(values.end(), found.begin(), found.end());
    }
  } catch (const InputError& error) {
    // It knows the edge but not in which graph.
    const std::string where = error.where().empty() ? "" : ", " + error.where();
    throw InputError(graphs.place(i) + where, error.problem(), error.hint());
  }
  return {graph.lifted(), std::move(values)};
}

/// A token of one graph.
struct TokenRow {
  std::int64_t layer;
  HeadLabel head;
  std::size_t token;
  std::string label;
  /// Its value of the first metric, that of the next `tokens` behind it.
  const double* values;
};

/// A metric among the columns.
Column column_of(const Metric& metric) {
  const bool whole = metric.type == MetricType::whole;
  return {.name = std::string(metric.name),
          .type = whole ? ColumnType::integer : ColumnType::real,
          .about = metric.meaning,
          .formula = metric.formula,
          .paper = metric.paper};
}

Table<TokenRow> table_of(std::size_t nodes, bool fused, const CentralityOptions& options) {
  Table<TokenRow> table{{columns::layer, &TokenRow::layer},
                        {columns::head(fused), &TokenRow::head},
                        {columns::token, &TokenRow::token},
                        {columns::label(columns::token), &TokenRow::label}};
  for (std::size_t m = 0; m < options.metrics.size(); ++m) {
    const auto value = [offset = m * nodes](const TokenRow& row) { return row.values[offset]; };
    const auto whole = [value](const TokenRow& row) {
      return static_cast<std::int64_t>(value(row));
    };
    const Metric& metric = options.metrics[m];
    const Column column = column_of(metric);
    metric.type == MetricType::whole ? table.add({column, whole}) : table.add({column, value});
  }
  return table;
}

/// Answers graph after graph, and counts what notes say about some of them together.
class TokenRows {
 public:
  TokenRows(const Graphs& graphs, const CentralityOptions& options, Sink& sink)
      : graphs_(graphs),
        options_(options),
        sink_(sink),
        table_(table_of(graphs.nodes(), graphs.fused(), options)) {
    for (const Metric& metric : options.metrics) remarks_.emplace_back(metric.remarks.size(), 0);
    table_.begin(sink);
  }

  void take(std::size_t i, const GraphValues& values) {
    lifted_ += values.first;
    for (std::size_t m = 0; m < options_.metrics.size(); ++m) {
      const Vector metric = Eigen::Map<const Vector>(values.second.data() + m * graphs_.nodes(),
                                                     static_cast<Index>(graphs_.nodes()));
      for (std::size_t r = 0; r < remarks_[m].size(); ++r) {
        remarks_[m][r] += options_.metrics[m].remarks[r].holds(metric) ? 1 : 0;
      }
    }
    const auto row = [&](std::size_t v) -> TokenRow {
      return {graphs_.layer(i), graphs_.head(i), v, graphs_.labels()[v], values.second.data() + v};
    };
    table_.send(graphs_.nodes(), row, sink_);
    sink_.progress(i + 1, graphs_.count());
  }

  void say_last() const {
    if (lifted_ > 0) {
      sink_.note(lifted_ == 1
                     ? "1 edge is shorter than 1e-8 and counts as 1e-8"
                     : std::to_string(lifted_) + " edges are shorter than 1e-8 and count as 1e-8");
    }
    for (std::size_t m = 0; m < remarks_.size(); ++m) {
      for (std::size_t r = 0; r < remarks_[m].size(); ++r) say(m, r);
    }
  }

 private:
  const Graphs& graphs_;
  const CentralityOptions& options_;
  Sink& sink_;
  Table<TokenRow> table_;
  std::size_t lifted_ = 0;
  /// For every remark of every metric, in how many graphs it holds.
  std::vector<std::vector<std::size_t>> remarks_;

  void say(std::size_t m, std::size_t r) const {
    const Remark& remark = options_.metrics[m].remarks[r];
    if (remarks_[m][r] == 0) return;
    sink_.note(std::string(remark.before) + std::to_string(remarks_[m][r]) + " of " +
               std::to_string(graphs_.count()) + (graphs_.count() == 1 ? " graph" : " graphs") +
               std::string(remark.behind));
  }
};

/// The options with the nodes of the tokens where PageRank begins again.
CentralityOptions with_restart(const Graphs& graphs, CentralityOptions options) {
  for (const std::string& token : options.restart_tokens) {
    const std::size_t node = token_choice(token, graphs.labels(), "$restart");
    const bool again =
        std::find(options.restart.begin(), options.restart.end(), node) != options.restart.end();
    if (again) throw ArgumentError("$restart", "names token " + std::to_string(node) + " twice");
    options.restart.push_back(node);
  }
  return options;
}

bool asks(const CentralityOptions& options, std::string_view metric) {
  return std::any_of(options.metrics.begin(), options.metrics.end(),
                     [&](const Metric& one) { return one.name == metric; });
}

/// What the place of a token makes of its in_strength.
void note_places(const Attention& attention, const CentralityOptions& options, Sink& sink) {
  const bool compares = asks(options, "in_strength") && !asks(options, "z");
  if (!compares || options.direction != Direction::attends || attention.keys() < 2) return;
  if (attention.cross() || !attention.causal()) return;
  sink.note(
      "in_strength of a causal head falls with position, as fewer queries see later tokens; "
      "$metric z says what is left");
}

void say_first(const Graphs& graphs, const CentralityOptions& options, Sink& sink) {
  note_direction(options.direction, sink);
  if (any_needs(options.metrics, &MetricNeeds::paths)) {
    sink.parameter("distance", std::string(distance_name(options.distance)));
    note_dense_work(graphs, sink);
  }
  if (any_needs(options.metrics, &MetricNeeds::damping)) {
    sink.parameter("damping", number_text(options.damping));
  }
  sink.parameter("self-loops", options.self_loops == SelfLoops::keep ? "keep" : "drop");
}

/// What one graph takes.
MemoryNeed need_of(const Attention& attention, const CentralityOptions& options) {
  constexpr std::size_t numbers_of_paths = 100;
  std::size_t matrices = options.engine == Engine::igraph ? matrices_of_igraph : 0;
  for (const Metric& metric : options.metrics) {
    matrices = std::max(matrices, metric.needs.matrices);
  }
  std::size_t numbers = numbers_per_token + 2 * options.metrics.size();
  if (any_needs(options.metrics, &MetricNeeds::paths)) numbers += numbers_of_paths;
  return attention.need(matrices, numbers, "in_strength, out_strength and degrees need no matrix");
}

}  // namespace

AnswerColumns centrality_columns(const CentralityOptions& options) {
  return {.columns = table_of(1, false, options).schema(),
          .top_by = std::string(options.metrics.front().name)};
}

void centrality_report(const Attention& attention, const CentralityOptions& asked, Sink& sink) {
  if (is_seen(sink.form())) {
    RowBars bars(sink, "centrality of tokens");
    centrality_report(attention, asked, bars);
    return bars.finish();
  }
  check_criteria(asked.edges);
  if (asked.edges.by_visible_keys()) attention.causal();  // found before threads may ask
  const Graphs graphs(attention);
  const CentralityOptions options = with_restart(graphs, asked);
  const MemoryNeed need = need_of(attention, options);
  if (asks(options, "z")) attention.causal();  // found once, not by every worker
  note_missing_queries(attention, sink);
  say_first(graphs, options, sink);
  note_places(attention, options, sink);
  TokenRows rows(graphs, options, sink);
  SearchProgress progress;
  // Heads are shared among workers; of a single graph the searches are, which tell how far they
  // are.
  const bool by_igraph =
      options.engine == Engine::igraph || any_needs(options.metrics, &MetricNeeds::igraph);
  if (graphs.count() == 1 && !by_igraph) {
    progress = [&sink](std::size_t done, std::size_t total) { sink.progress(done, total); };
  }
  ordered(
      graphs.count(), by_igraph ? Workers::processes : Workers::threads, need,
      [&](std::size_t i) { return values_of(graphs, i, options, progress); },
      [&](std::size_t i, const GraphValues& values) { rows.take(i, values); });
  rows.say_last();
}

}  // namespace attngraph
