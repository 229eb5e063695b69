#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/process/packed.hpp"
#include "report/answer/sink.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// Takes the answer to an input, and what is said about it, as messages that another sink
/// understands: from a worker process, or until it is known that the input is answered.
class Relay : public Sink, public Messages {
 public:
  using Send = std::function<void(std::string_view message)>;

  /// @param form of the sink behind
  Relay(Form form, Send send) : form_(form), send_(std::move(send)) {}

  Form form() const override { return form_; }
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void summary(const Column& number, double value) override;
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  /// Graphs of several inputs are never one file. @throws std::logic_error
  void graph(const Drawing& graph) override;
  void picture(const Picture& picture) override;
  void page(const Page& page) override;
  void note(const std::string& text) override;
  void parameter(const std::string& name, const std::string& value) override;
  /// Not sent; throws Interrupted where the user asked to stop.
  void progress(std::size_t done, std::size_t total) override;

 private:
  Form form_;
  Send send_;
  Packer packer_;

  void send();
};

/// Gives a message of a Relay to `sink`, and notes to `messages`; a null sink hears nothing.
void replay(std::string_view message, Sink* sink, Messages& messages);

}  // namespace attngraph
