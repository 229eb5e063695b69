#include "report/questions/view.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "attention/attention.hpp"
#include "attention/merged_tokens.hpp"
#include "core/memory_need.hpp"
#include "core/parallel.hpp"
#include "numeric/largest_entries.hpp"
#include "report/answer/page.hpp"
#include "report/answer/parallel_with_progress.hpp"
#include "report/answer/sink.hpp"
#include "report/drawn/page_layers.hpp"
#include "report/questions/centrality.hpp"
#include "report/questions/heads.hpp"

namespace attngraph {
namespace {

/// Puts the rows of one head into `head`.
class RowPicker {
 public:
  RowPicker(std::optional<std::size_t> top_k, PageHead& head)
      : count_(top_k.value_or(std::numeric_limits<std::size_t>::max())), head_(head) {}

  void add(std::size_t first_key, std::span<const double> row) {
    std::vector<std::size_t> kept = largest_entries(row, count_);
    std::sort(kept.begin(), kept.end());
    double sum = 0, kept_sum = 0;
    for (const double weight : row) sum += weight;
    for (const std::size_t k : kept) {
      head_.keys.push_back(static_cast<std::uint32_t>(first_key + k));
      head_.weights.push_back(static_cast<float>(row[k]));
      kept_sum += row[k];
    }
    head_.counts.push_back(static_cast<std::uint32_t>(kept.size()));
    const bool all = kept.size() < count_ || kept.size() == row.size();
    head_.omitted.push_back(all ? 0.0F : static_cast<float>(std::max(0.0, sum - kept_sum)));
  }

 private:
  std::size_t count_;
  PageHead& head_;
};

PageHead page_head(const Attention& attention, std::size_t l, std::size_t h,
                   std::optional<std::size_t> top_k) {
  PageHead head;
  head.layer = attention.layer_index(l);
  head.head = attention.head_label(h);
  RowPicker picker(top_k, head);
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    const auto columns = static_cast<std::size_t>(block.weights.cols());
    for (Index r = 0; r < block.weights.rows(); ++r) {
      picker.add(static_cast<std::size_t>(block.first_key), {block.weights.row(r).data(), columns});
    }
  });
  return head;
}

void fill_weights(const Attention& attention, const ViewOptions& options, Page& page, Sink& sink) {
  const std::vector<SelectedHead> heads = attention.present();
  const std::size_t count = heads.size();
  const std::size_t kept = std::min(options.top_k.value_or(attention.keys()), attention.keys());
  check_memory(attention.limits(),
               {count, attention.queries(), kept, sizeof(float) + sizeof(std::uint32_t)},
               "what the page keeps", "keep fewer weights of each query with $top-k");
  page.weights.resize(count);
  const auto fill = [&](std::size_t i) {
    page.weights[i] = page_head(attention, heads[i].l, heads[i].h, options.top_k);
  };
  if (!attention.rows_use_threads() || count >= worker_threads()) {
    return parallel_with_progress(count, sink, fill);
  }
  for (std::size_t i = 0; i < count; ++i) {
    sink.progress(i, count);
    fill(i);
  }
}

/// A column of numbers.
std::vector<float> numbers_of(const Values& values) {
  std::vector<float> numbers;
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&values)) {
    for (const std::int64_t value : *whole) numbers.push_back(static_cast<float>(value));
  } else if (const auto* real = std::get_if<std::vector<double>>(&values)) {
    for (const double value : *real) numbers.push_back(static_cast<float>(value));
  } else {
    numbers = std::get<std::vector<float>>(values);
  }
  return numbers;
}

/// Which of the page's heads each row of the answer of `centrality` is about.
std::vector<std::size_t> heads_of_rows(const KeptAnswer& answer, const Page& page) {
  const auto& layers = answer.column<std::vector<std::int64_t>>("layer");
  const auto* named = std::get_if<std::vector<std::string>>(&answer.values("head"));
  const auto* indices = std::get_if<std::vector<std::int64_t>>(&answer.values("head"));
  std::vector<std::size_t> heads(layers.size());
  std::size_t at = 0;
  for (std::size_t r = 0; r < layers.size(); ++r) {
    const HeadLabel head = named ? HeadLabel((*named)[r]) : HeadLabel((*indices)[r]);
    while (page.weights[at].layer != layers[r] || page.weights[at].head != head) ++at;
    heads[r] = at;
  }
  return heads;
}

/// Measures of every token of every head; heads without edges have none.
void fill_measures(const Attention& attention, const ViewOptions& options, Page& page, Sink& sink) {
  CentralityOptions asked;
  asked.metrics = options.metrics;
  AnswerKeeper keeper(Form::rows, sink);
  centrality_report(attention, asked, keeper);
  const KeptAnswer& answer = keeper.answer();
  if (answer.rows.empty()) return;
  const auto& tokens = answer.column<std::vector<std::int64_t>>("token");
  page.nodes = static_cast<std::size_t>(*std::max_element(tokens.begin(), tokens.end())) + 1;
  const auto heads = heads_of_rows(answer, page);
  for (const Metric& metric : options.metrics) {
    const std::vector<float> values = numbers_of(answer.values(metric.name));
    PageMeasure measure{{std::string(metric.name), ColumnType::real}, {}};
    measure.column.about = metric.meaning;
    measure.values.resize(page.weights.size() * page.nodes,
                          std::numeric_limits<float>::quiet_NaN());
    for (std::size_t r = 0; r < values.size(); ++r) {
      measure.values[heads[r] * page.nodes + static_cast<std::size_t>(tokens[r])] = values[r];
    }
    page.measures.push_back(std::move(measure));
  }
}

/// The attention with its tokens put together for such a question.
/// @param notes takes what is to be said about it; null says nothing
Attention merged(const Attention& attention, MergingRequest request, Merging merging, Sink* notes) {
  request.merging = merging;
  if (merging == Merging::answer) request.renormalize = false;
  std::vector<std::string> texts;
  Attention asked = attention;
  if (auto tokens = merged_tokens(attention, request, texts)) asked.set_merged(std::move(*tokens));
  for (const auto& text : texts) {
    if (notes != nullptr) notes->note(text);
  }
  return asked;
}

}  // namespace

void view_report(const Attention& attention, const ViewOptions& options, Sink& sink) {
  const Attention weights = merged(attention, options.merging, Merging::matrix, &sink);
  const Attention divided = merged(attention, options.merging, Merging::divided_matrix, nullptr);
  Page page;
  page.source = attention.source();
  page.cross = weights.cross();
  page.causal = !page.cross && weights.causal();
  page.labelled = !weights.tokens().empty();
  page.query_labels = weights.query_labels();
  page.key_labels = weights.key_labels();
  page.kept = options.top_k;
  if (page.kept && *page.kept >= page.key_labels.size()) page.kept.reset();
  fill_weights(weights, options, page, sink);
  AnswerKeeper keeper(Form::rows, sink);
  heads_report(divided, {}, keeper);
  page.heads = std::move(keeper.answer());
  fill_measures(divided, options, page, sink);
  fill_layers(merged(attention, options.merging, Merging::answer, nullptr), options, page, sink);
  sink.page(page);
}

}  // namespace attngraph
