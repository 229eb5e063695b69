#include "formats/graphs/xml_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t deepest = 64;

constexpr std::array<std::pair<std::string_view, char>, 5> entities{
    {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"apos", '\''}, {"quot", '"'}}};

bool is_name_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || c == '_' || c == '-' || c == '.' || c == ':' ||
         byte >= 0x80;
}

bool is_illegal(char c) {
  return static_cast<unsigned char>(c) < 0x20 && blanks.find(c) == blanks.npos;
}

}  // namespace

const std::string* XmlPiece::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& entry) { return entry.first == wanted; });
  return found == attributes.end() ? nullptr : &found->second;
}

XmlReader::XmlReader(std::string_view text, const std::string& where) : text_(text), where_(where) {
  begin_ = invalid_utf8(text);
  if (begin_ != text.npos) fail("a byte that is not UTF-8");
  const auto illegal = std::find_if(text.begin(), text.end(), is_illegal);
  begin_ = static_cast<std::size_t>(illegal - text.begin());
  if (illegal != text.end()) fail("a control character, which XML forbids");
  begin_ = 0;
  accept("\xef\xbb\xbf");
}

std::string XmlReader::place() const {
  const auto before = text_.substr(0, begin_);
  return where_ + ": line " + std::to_string(std::count(before.begin(), before.end(), '\n') + 1);
}

void XmlReader::fail(const std::string& problem) const { throw InputError(place(), problem); }

bool XmlReader::accept(std::string_view wanted) {
  if (!text_.substr(position_).starts_with(wanted)) return false;
  position_ += wanted.size();
  return true;
}

/// Everything before `end`; moves behind it.
std::string_view XmlReader::up_to(std::string_view end, const char* what) {
  const std::size_t at = text_.find(end, position_);
  if (at == text_.npos) {
    throw InputError(place(), std::string("the text ends inside ") + what, cut_off_hint);
  }
  const auto content = text_.substr(position_, at - position_);
  position_ = at + end.size();
  return content;
}

void XmlReader::skip_blanks() {
  position_ = std::min(text_.find_first_not_of(blanks, position_), text_.size());
}

std::string XmlReader::name() {
  const std::size_t first = position_;
  while (position_ < text_.size() && is_name_character(text_[position_])) ++position_;
  if (position_ == first) fail("a tag without a name");
  return std::string(text_.substr(first, position_ - first));
}

const XmlPiece& XmlReader::next() {
  if (end_follows_) {
    end_follows_ = false;
    piece_.kind = XmlPiece::Kind::end;
    return piece_;
  }
  while (position_ < text_.size()) {
    begin_ = position_;
    if (accept("<?")) {
      check_declaration(up_to("?>", "a processing instruction"));
    } else if (accept("<!--")) {
      up_to("-->", "a comment");
    } else if (text_.substr(position_).starts_with("<![CDATA[") || text_[position_] != '<') {
      read_text();
      if (piece_.kind == XmlPiece::Kind::text) return piece_;
    } else if (accept("<!")) {
      throw InputError(place(), "a document type (<!...>), expected none",
                       "remove the DOCTYPE; GraphML does not need it");
    } else if (accept("</")) {
      read_end();
      return piece_;
    } else {
      ++position_;
      read_begin();
      return piece_;
    }
  }
  begin_ = text_.size();
  if (!open_.empty()) {
    throw InputError(place(), "the element <" + open_.back() + "> is not closed", cut_off_hint);
  }
  if (!seen_root_) fail("no element, expected <graphml>");
  piece_.kind = XmlPiece::Kind::done;
  return piece_;
}

void XmlReader::read_begin() {
  piece_.name = name();
  piece_.attributes.clear();
  if (open_.empty() && seen_root_) fail("a second element behind the first");
  while (true) {
    const std::size_t before = position_;
    skip_blanks();
    end_follows_ = accept("/>");
    if (end_follows_ || accept(">")) break;
    if (position_ == text_.size()) up_to(">", "a tag");
    if (position_ == before)
      fail("in the tag <" + piece_.name + ">: expected a blank, '>' or '/>'");
    std::string attribute = name();
    if (piece_.attribute(attribute) != nullptr) {
      fail("the attribute " + in_quotes(attribute) + " occurs twice");
    }
    skip_blanks();
    if (!accept("=")) fail("the attribute " + in_quotes(attribute) + " has no value");
    skip_blanks();
    const char* mark = accept("\"") ? "\"" : accept("'") ? "'" : nullptr;
    if (mark == nullptr) fail("the value of " + in_quotes(attribute) + " is not in quotes");
    const auto raw = up_to(mark, "an attribute");
    if (raw.find('<') != raw.npos) fail("the value of " + in_quotes(attribute) + " holds a '<'");
    piece_.attributes.emplace_back(std::move(attribute), resolved(raw));
  }
  seen_root_ = true;
  piece_.kind = XmlPiece::Kind::begin;
  if (end_follows_) return;
  open_.push_back(piece_.name);
  if (open_.size() > deepest) fail("elements are nested deeper than 64");
}

void XmlReader::read_end() {
  piece_.kind = XmlPiece::Kind::end;
  piece_.name = name();
  skip_blanks();
  if (!up_to(">", "a tag").empty()) fail("a closing tag with more than a name");
  if (open_.empty() || open_.back() != piece_.name) {
    fail("</" + piece_.name + ">, expected " +
         (open_.empty() ? "nothing more" : "</" + open_.back() + ">"));
  }
  open_.pop_back();
}

/// Text between tags; blanks outside the root are no piece.
void XmlReader::read_text() {
  piece_.kind = XmlPiece::Kind::text;
  if (accept("<![CDATA[")) {
    piece_.text = up_to("]]>", "CDATA");
  } else {
    const std::size_t end = std::min(text_.find('<', position_), text_.size());
    piece_.text = resolved(text_.substr(position_, end - position_));
    position_ = end;
  }
  if (!open_.empty()) return;
  if (piece_.text.find_first_not_of(blanks) != std::string::npos) fail("text outside the elements");
  piece_.kind = XmlPiece::Kind::done;
}

void XmlReader::check_declaration(std::string_view declaration) const {
  if (!declaration.starts_with("xml ") || declaration.find("encoding") == declaration.npos) return;
  for (const std::string_view known : {"UTF-8", "utf-8", "ASCII", "ascii"}) {
    if (declaration.find(known) != declaration.npos) return;
  }
  throw InputError(place(), "an encoding other than UTF-8", "save it as UTF-8");
}

std::string XmlReader::resolved(std::string_view raw) const {
  std::string text;
  while (true) {
    const std::size_t at = raw.find('&');
    text += raw.substr(0, at);
    if (at == raw.npos) return text;
    const std::size_t end = raw.find(';', at);
    if (end == raw.npos) fail("an '&' that begins no entity, expected &amp;");
    append_entity(text, raw.substr(at + 1, end - at - 1));
    raw.remove_prefix(end + 1);
  }
}

void XmlReader::append_entity(std::string& out, std::string_view entity) const {
  for (const auto& [known, character] : entities) {
    if (entity != known) continue;
    out += character;
    return;
  }
  const bool hexadecimal = entity.starts_with("#x");
  const std::string_view digits =
      entity.substr(std::min<std::size_t>(hexadecimal ? 2 : 1, entity.size()));
  std::uint32_t code = 0;
  const auto result =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  const bool parsed = entity.starts_with('#') && result.ec == std::errc() &&
                      result.ptr == digits.data() + digits.size();
  const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
  if (!parsed || control || !is_character(code)) {
    fail("the entity " + in_quotes("&" + std::string(entity) + ";") + " is unknown");
  }
  append_utf8(out, code);
}

}  // namespace attngraph
