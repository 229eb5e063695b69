#include "writers/page/page_writer.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/ordered.hpp"
#include "report/answer/page.hpp"
#include "writers/output/output.hpp"
#include "writers/page/page_files.hpp"
#include "writers/page/page_parts.hpp"

namespace attngraph {
namespace {

/// How a content security policy names what may run: `sha256-` and the digest in base64.
std::string policy_source(std::string_view digest) {
  const auto value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i < digest.size(); i += 2) {
    bytes += static_cast<char>(value(digest[i]) * 16 + value(digest[i + 1]));
  }
  return "'sha256-" + base64(bytes) + "'";
}

/// The frame in pieces: text and, between them, what `{{…}}` names.
std::vector<std::string_view> pieces_of(std::string_view frame) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const auto begin = frame.find("{{"), end = frame.find("}}");
    pieces.push_back(frame.substr(0, begin));
    if (begin == std::string_view::npos) return pieces;
    pieces.push_back(frame.substr(begin + 2, end - begin - 2));
    frame.remove_prefix(end + 2);
  }
}

float largest_weight(const Page& page) {
  float largest = 0;
  for (const PageHead& head : page.weights) {
    for (const float weight : head.weights) largest = std::max(largest, weight);
  }
  return largest;
}

}  // namespace

void PageWriter::write_part(std::string_view name, std::string_view bytes) {
  output_.write("<script type=\"application/octet-stream\" data-part=\"" + std::string(name) +
                "\">" + packed(bytes) + "</script>\n");
}

void PageWriter::write_heads(const Page& page) {
  const WeightCodes codes(largest_weight(page));
  write_part("about", about_part(page, settings_, codes));
  for (std::size_t m = 0; m < page.measures.size(); ++m) {
    write_part("measure-" + std::to_string(m), numbers_part(page.measures[m].values));
  }
  write_part("rollout", numbers_part(page.rollout));
  write_part("flow", numbers_part(page.flow));
  ordered(
      page.weights.size(), Workers::threads, {},
      [&](std::size_t i) {
        const std::string part = packed(head_part(page.weights[i], codes));
        return std::vector<char>(part.begin(), part.end());
      },
      [&](std::size_t i, const std::vector<char>& part) {
        output_.write("<script type=\"application/octet-stream\" data-part=\"head-" +
                      std::to_string(i) + "\">");
        output_.write({part.data(), part.size()});
        output_.write("</script>\n");
      });
}

void PageWriter::page(const Page& page) {
  count_one("page");
  const std::vector<std::string_view> pieces = pieces_of(page_files::frame);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string_view piece = pieces[i];
    if (i % 2 == 0) {
      output_.write(piece);
    } else if (piece == "style") {
      output_.write(page_files::style);
    } else if (piece == "script") {
      output_.write(page_files::script);
    } else if (piece == "style-source") {
      output_.write(policy_source(page_files::style_digest));
    } else if (piece == "script-source") {
      output_.write(policy_source(page_files::script_digest));
    } else {
      write_heads(page);
    }
  }
}

}  // namespace attngraph
