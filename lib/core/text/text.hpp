#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace attngraph {

/// What stands for bytes that are no UTF-8.
inline constexpr char32_t replacement_character = U'\uFFFD';

/// Takes one character from the front of `text`, which is not empty. Overlong forms, surrogates
/// and values over U+10FFFF are no UTF-8: each of their bytes gives the replacement character.
char32_t take_character(std::string_view& text);

/// Position of the first byte of `text` that is not UTF-8 (RFC 3629); npos where all of it is.
std::size_t invalid_utf8(std::string_view text);

/// Whether a code is a character of Unicode: no surrogate, and not beyond U+10FFFF.
bool is_character(std::uint32_t code);

/// Appends `character` to `out` as UTF-8.
void append_utf8(std::string& out, char32_t character);

/// `text` with every byte that is no UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// `text` as a terminal may show it: control characters as `\n` or `\x1b`, characters that are
/// invisible or turn the writing direction as `<U+202E>`, invalid UTF-8 as U+FFFD.
std::string visible_text(std::string_view text);

/// Columns of a terminal that one character takes: 0 for combining marks, 2 for wide characters.
std::size_t character_width(char32_t character);

/// Takes what a reader sees as one character (a letter with its marks, a family of emoji, a flag)
/// from the front of `text`, which is not empty, and gives its columns: 2 at most.
std::string_view take_cluster(std::string_view& text, std::size_t& columns);

/// Columns of a terminal that `text` takes.
std::size_t display_width(std::string_view text);

/// `text` without blanks and tabs at its ends.
std::string_view without_blanks(std::string_view text);

/// `text` without blanks, tabs and ends of lines at its ends.
std::string_view trimmed(std::string_view text);

/// `text` with A to Z as a to z.
std::string lower_case(std::string_view text);

/// `text` where it takes at most `columns` columns, else its beginning and `…`.
std::string truncated(std::string_view text, std::size_t columns);

/// `text` where it takes at most `columns` columns, else its beginning, `…` and its end.
std::string cut_in_the_middle(std::string_view text, std::size_t columns);

/// A label from a file as tables, pictures and messages show it: at most `columns` wide, cut in the
/// middle, since labels and names of files often begin alike. As visible_text, and what would look
/// like something else does not: spaces alone are `␣`, a backslash and an n are `\\n`.
std::string shown_label(std::string_view text, std::size_t columns = 40);

/// Whether `name` is `pattern`, or the whole of it fits: `*` stands for any run of characters, `?`
/// for any one, `[ab]` for one of them, a backslash before them for themselves.
bool name_fits(const std::string& pattern, const std::string& name);

}  // namespace attngraph
