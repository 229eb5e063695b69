#include "output/console.hpp"

#include <fmt/format.h>

#include <ostream>

#include "core/stop.hpp"
#include "core/text/bounded_text.hpp"
#include "core/text/text.hpp"
#include "core/text/wrapped_text.hpp"
#include "output/option_notation.hpp"
#include "writers/rows/json_text.hpp"

namespace attngraph {
namespace {

/// `1:05:09`, `2:30`, `7 s`
std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace

void Console::note(const std::string& text) {
  if (quiet_ || !noted_.insert(text).second) return;
  clear_line();
  say("note", bounded(in_dashes(text)));
}

void Console::progress(std::size_t done, std::size_t total) {
  check_stop();
  if (!columns_ || quiet_ || total == 0) return;
  using namespace std::chrono;
  const auto now = steady_clock::now();
  if (total != last_total_ || done == 0) {
    began_ = now;
    last_total_ = total;
  }
  const double seconds = duration<double>(now - began_).count();
  if (done >= total) return clear_line();
  if (seconds < 1 || now - shown_ < milliseconds(200) || done == 0) return;
  shown_ = now;
  line_shown_ = true;
  const double rate = static_cast<double>(done) / seconds;
  err_ << fmt::format("\r\x1b[K{} of {}, {:.3g}/s, {} left", done, total, rate,
                      duration_text(static_cast<double>(total - done) / rate))
       << std::flush;
}

void Console::error(const Ending& ending) {
  clear_line();
  const std::string message = in_dashes(ending.message);
  const std::string hint = in_dashes(ending.hint);
  if (json_) {
    std::string line = "{\"error\":{\"status\":" + std::to_string(ending.status);
    const auto member = [&line](const char* name, const std::string& text) {
      line += std::string(",\"") + name + "\":";
      append_json_text(line, text);
    };
    member("place", in_dashes(ending.place));
    member("message", message);
    member("hint", hint);
    err_ << line << "}}\n";
    return;
  }
  say("attngraph", message);
  if (!hint.empty()) say("hint", hint);
}

void Console::say(const std::string& label, const std::string& text) {
  constexpr std::size_t narrowest = 20;
  const std::size_t indent = label.size() + 2;
  const std::string shown = visible_text(text);
  err_ << label << ": ";
  if (!columns_ || *columns_ < indent + narrowest) {
    err_ << shown << '\n';
    return;
  }
  std::string between;
  for (const auto& line : wrapped_text(shown, *columns_ - indent, LongWords::stay)) {
    err_ << between << line << '\n';
    between = std::string(indent, ' ');
  }
}

void Console::clear_line() {
  if (line_shown_) err_ << "\r\x1b[K" << std::flush;
  line_shown_ = false;
}

}  // namespace attngraph
