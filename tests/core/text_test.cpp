#include "core/text/text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

using namespace attngraph;

TEST_CASE("Controls, bidi marks and invisible characters are made visible") {
  CHECK(visible_text("plain") == "plain");
  CHECK(visible_text("a\nb\tc\r") == "a\\nb\\tc\\r");
  CHECK(visible_text("\x1b[31m") == "\\x1b[31m");
  CHECK(visible_text(std::string("\0\x7f", 2)) == "\\x00\\x7f");
  CHECK(visible_text("\u202Eabc") == "<U+202E>abc");
  CHECK(visible_text("\u200B\uFEFF\u2066\u0085\u00AD") ==
        "<U+200B><U+FEFF><U+2066><U+0085><U+00AD>");
  CHECK(visible_text("\U000E0041") == "<U+E0041>");
  CHECK(visible_text("Ġthe ▁cat 😀 é 日本") == "Ġthe ▁cat 😀 é 日本");
}

TEST_CASE("Bytes that are no UTF-8 become U+FFFD, one for each") {
  CHECK(valid_utf8("a\xff"
                   "b") ==
        "a\uFFFD"
        "b");
  CHECK(valid_utf8("\xc0\xaf") == "\uFFFD\uFFFD");                      // overlong
  CHECK(valid_utf8("\xe0\x80\x80") == "\uFFFD\uFFFD\uFFFD");            // overlong
  CHECK(valid_utf8("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");            // surrogate
  CHECK(valid_utf8("\xf4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");  // over U+10FFFF
  CHECK(valid_utf8("\xf0\x9f\x98") == "\uFFFD\uFFFD\uFFFD");            // cut off
  CHECK(valid_utf8("é日😀") == "é日😀");
}

TEST_CASE("Every character survives writing and reading as UTF-8") {
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    if (c >= 0xd800 && c < 0xe000) continue;
    std::string text;
    append_utf8(text, c);
    std::string_view rest = text;
    if (take_character(rest) != c || !rest.empty()) FAIL("character " << static_cast<long>(c));
  }
}

TEST_CASE("Width counts columns, not bytes") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("한글") == 4);
  CHECK(display_width("😀") == 2);
  CHECK(display_width("Ġthe") == 4);
  CHECK(display_width("▁cat") == 4);
  CHECK(display_width("…░▒▓█▀") == 6);
  CHECK(display_width("שלום") == 4);
}

TEST_CASE("What a reader sees as one character takes one column, or two") {
  CHECK(display_width("\U0001F468\u200D\U0001F469\u200D\U0001F467") == 2);  // a family
  CHECK(display_width("\U0001F44D\U0001F3FD") == 2);                        // a thumb with a skin
  CHECK(display_width("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7") == 4);    // two flags
  CHECK(display_width("\u2764\uFE0F") == 2);                                // a red heart
  CHECK(display_width("\u1112\u1161\u11AB") == 2);                          // a syllable in pieces
  CHECK(display_width("\xff\xfe") == 2);
}

TEST_CASE("The first byte that is no UTF-8 is found") {
  CHECK(invalid_utf8("plain é 日 😀 \uFFFD") == std::string::npos);
  CHECK(invalid_utf8("") == std::string::npos);
  CHECK(invalid_utf8("ab\xff") == 2);
  CHECK(invalid_utf8("é\xc3") == 2);
  CHECK(invalid_utf8("\xed\xa0\x80") == 0);
}

TEST_CASE("Long text is cut to its columns with an ellipsis") {
  CHECK(truncated("abcdef", 6) == "abcdef");
  CHECK(truncated("abcdefg", 6) == "abcde…");
  CHECK(truncated("日本語", 5) == "日本…");
  CHECK(truncated("日本語", 4) == "日…");
  CHECK(truncated("e\u0301e\u0301", 2) == "e\u0301e\u0301");
  CHECK(truncated("", 3) == "");
  CHECK(truncated("\U0001F468\u200D\U0001F469abc", 4) == "\U0001F468\u200D\U0001F469a…");
}

TEST_CASE("What begins like others is cut in the middle") {
  CHECK(cut_in_the_middle("abcdef", 6) == "abcdef");
  CHECK(cut_in_the_middle("abcdefg", 6) == "abc…fg");
  CHECK(cut_in_the_middle("日本語日本語", 6) == "日…語");
  CHECK(cut_in_the_middle("runs/first/attention.npy", 15) == "runs/fi…ion.npy");
  CHECK(cut_in_the_middle("abc", 1) == "…");
}

TEST_CASE("A label is not taken for another that looks alike") {
  CHECK(shown_label("\n") == "\\n");
  CHECK(shown_label("\\n") == "\\\\n");
  CHECK(shown_label("\\frac") == "\\frac");
  CHECK(shown_label("  ") == "␣␣");
  CHECK(shown_label(" the") == " the");
  CHECK(shown_label("") == "");
}

TEST_CASE("A label is shown visible and at most forty columns wide") {
  CHECK(shown_label("two\nlines") == "two\\nlines");
  CHECK(shown_label(std::string(41, 'x')) == std::string(20, 'x') + "…" + std::string(19, 'x'));
  CHECK(shown_label(std::string(40, 'x')) == std::string(40, 'x'));
  std::string marks = "a";
  for (int i = 0; i < 2000; ++i) marks += "\u0301";
  CHECK(shown_label(marks).size() < 1000);
}

TEST_CASE("Whatever the bytes, shown labels are valid, without controls and not too wide") {
  CHECK(rc::check("shown labels", [](const std::string& bytes) {
    const std::string shown = shown_label(bytes, 10);
    RC_ASSERT(valid_utf8(shown) == shown);
    RC_ASSERT(display_width(shown) <= 10u);
    RC_ASSERT(std::none_of(shown.begin(), shown.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
  }));
}

TEST_CASE("A pattern fits the whole name") {
  CHECK(name_fits("layer.*", "layer.0"));
  CHECK(name_fits("*", ""));
  CHECK(name_fits("*/attn.?", "a/b/attn.1"));
  CHECK(name_fits("layer.[01]", "layer.1"));
  CHECK(name_fits("*.attn.*.w", "x.attn.attn.w.w"));
  CHECK_FALSE(name_fits("layer", "layer.0"));
  CHECK_FALSE(name_fits("a?c", "ac"));
  CHECK_FALSE(name_fits("*b", "abc"));
}

TEST_CASE("A name fits itself, whatever it holds") {
  for (const char* name : {"attn[0]", "a\\b", "what?", "[", "\xff"}) CHECK(name_fits(name, name));
}

TEST_CASE("A hostile pattern costs no exponential time") {
  CHECK_FALSE(name_fits("*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a')));
}
