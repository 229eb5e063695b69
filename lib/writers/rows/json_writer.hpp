#pragma once

#include <string>
#include <vector>

#include "writers/rows/line_writer.hpp"

namespace attngraph {

/// One JSON object: schema, version, command, inputs, parameters, columns, results (an object for
/// each row), and where there are any, summary and errors.
class JsonWriter : public LineWriter {
 public:
  JsonWriter(const Format& format, Output& output, const WriterSettings& settings,
             Messages& messages);

  void begin_rows(const Schema& schema) override;
  void summary(const Column& number, double value) override;
  /// Stands among the parameters; in the summary where results have begun, for another input.
  void parameter(const std::string& name, const std::string& value) override;
  /// Stands in `errors`.
  void failed(const FailedInput& input) override { failed_.push_back(input); }
  void finish() override;

 private:
  /// A value as JSON.
  struct Member {
    std::string name;
    std::string value;
  };
  struct Summary {
    std::string input;
    std::vector<Member> members;
  };

  std::vector<Member> parameters_;
  std::vector<Summary> summaries_;
  std::vector<FailedInput> failed_;
  bool began_ = false;

  void begin(const Schema& columns);
  void append_columns(const Schema& columns);
  void add_to_summary(Member member);
  void append_summary();
  void append_errors();
};

}  // namespace attngraph
