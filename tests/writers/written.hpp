#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "writers/formats.hpp"
#include "writers/output/output.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// An output that keeps everything in memory.
class StringOutput : public Output {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  void complete() override {}
  void show() override {}

  std::string text;
};

class RecordedMessages : public Messages {
 public:
  void note(const std::string& text) override { notes.push_back(text); }
  void progress(std::size_t, std::size_t) override {}

  std::vector<std::string> notes;
};

/// What the writer of `format` makes of the answer that `answer` gives it.
inline std::string written(std::string_view format, const std::function<void(Writer&)>& answer,
                           const WriterSettings& settings = {}) {
  StringOutput output;
  RecordedMessages messages;
  const auto writer = writer_of(format_named(format), output, settings, messages);
  answer(*writer);
  writer->finish();
  return output.text;
}

/// Labels that break careless writers.
inline const std::vector<std::string> hostile_labels{
    "say \"hi\"", "a\\b",        "</s>",  "two\nlines", "=cmd|' /C calc'!A0",
    "😀",          "\u202Eabc",   "a,b;c", "tab\there",  "]]>&amp;<!--",
    "\\N",        "<b>bold</b>", " lead", "",           "it's"};

}  // namespace attngraph
