#include "formats/graphs/xml_parser.hpp"

#include <expat.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <vector>

#include "core/error.hpp"
#include "core/text/place.hpp"
#include "core/text/text.hpp"
#include "formats/graphs/expat_memory.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::array<std::string_view, 5> known_entities{"&lt;", "&gt;", "&amp;", "&apos;",
                                                         "&quot;"};
/// What expat takes at once; a number of bytes is an int there.
constexpr std::size_t longest_piece = 1u << 30;

/// Bytes of the name of a space, which stands before every name that is in it.
constexpr std::size_t longest_space = 4096;

/// What expat may take: it keeps some words for each name of the text, and in them the space.
std::size_t memory_for(std::size_t text_size, const Limits& limits) {
  constexpr std::size_t least = std::size_t{16} << 20;
  return std::min(std::max(limits.memory, least), 64 * text_size + least);
}

/// Stands between the parts of a name as expat gives it, `namespace name prefix`.
constexpr char between_parts = ' ';

struct XmlName {
  std::string_view space, local, prefix;

  explicit XmlName(std::string_view text) {
    const std::size_t first = text.find(between_parts);
    if (first == text.npos) {
      local = text;
      return;
    }
    space = text.substr(0, first);
    local = text.substr(first + 1);
    const std::size_t second = local.find(between_parts);
    if (second == local.npos) return;
    prefix = local.substr(second + 1);
    local = local.substr(0, second);
  }

  /// As the document has it.
  std::string qualified() const {
    return (prefix.empty() ? "" : std::string(prefix) + ":") + std::string(local);
  }
};

/// Text that was UTF-16 comes here as UTF-8, and its declaration still says what it was.
bool says_utf16(std::string_view text) {
  return text.starts_with("<?xml") &&
         lower_case(text.substr(0, std::min<std::size_t>(text.find("?>"), 256))).find("utf-16") !=
             std::string::npos;
}

}  // namespace

const char* XmlListener::Attributes::find(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (name == *pair) return pair[1];
  }
  return nullptr;
}

struct XmlParser::State {
  std::string_view text;
  const std::string& where;
  XML_Parser expat = nullptr;
  XmlListener* listener = nullptr;
  std::vector<std::string> open;
  /// The namespace of the document element.
  std::string own_space;
  /// What a listener threw: exceptions do not pass through expat, which is C.
  std::exception_ptr thrown;

  const std::size_t memory;

  State(std::string_view all, const std::string& file, const Limits& limits)
      : text(all), where(file), memory(memory_for(all.size(), limits)) {}

  std::string line() const {
    return where + ": line " + std::to_string(XML_GetCurrentLineNumber(expat));
  }

  [[noreturn]] void fail(const std::string& problem, const std::string& hint = "") const {
    throw InputError(line() + ", column " + std::to_string(XML_GetCurrentColumnNumber(expat) + 1),
                     problem, hint);
  }

  /// The text from the current place on, up to one of `ends`.
  std::string here(const char* ends) const {
    const auto at = std::min(static_cast<std::size_t>(XML_GetCurrentByteIndex(expat)), text.size());
    const std::string_view rest = text.substr(at);
    return std::string(rest.substr(0, rest.find_first_of(ends)));
  }

  template <typename Work>
  void guarded(Work work) {
    if (thrown) return;
    try {
      work();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(expat, XML_FALSE);
    }
  }

  void begin(const char* name, const char** attributes) {
    const XmlName read(name);
    open.push_back(read.qualified());
    if (open.size() > deepest) fail("elements are nested deeper than 64");
    if (open.size() == 1) own_space = read.space;
    const std::string foreign = std::string(read.prefix) + ":" + std::string(read.local);
    listener->begin(read.space == own_space ? read.local : std::string_view(foreign),
                    XmlListener::Attributes(attributes));
  }

  [[noreturn]] void refuse(XML_Error error) const;
  [[noreturn]] void refuse_token() const;
  std::string unknown_entity() const;
};

/// What stands where expat can read no further.
void XmlParser::State::refuse_token() const {
  const auto at = static_cast<std::size_t>(XML_GetCurrentByteIndex(expat));
  const std::string_view rest = text.substr(std::min(at, text.size()));
  const std::size_t wrong = invalid_utf8(rest.substr(0, 4));
  if (wrong == 0) fail("a byte that is not UTF-8", "save it as UTF-8");
  const char first = rest.empty() ? '\0' : rest.front();
  if (first >= 0 && first < ' ') fail("a control character, which XML forbids");
  const bool behind_ampersand = at > 0 && at <= text.size() && text[at - 1] == '&';
  if (behind_ampersand) fail("an '&' that begins no entity, expected &amp;");
  fail("no XML at " + in_quotes(rest.substr(0, std::min<std::size_t>(rest.find('\n'), 20))),
       "values stand in quotes; < is written &lt; and & is written &amp;");
}

/// The first entity of the current tag or text that is none of those that XML has.
std::string XmlParser::State::unknown_entity() const {
  std::string_view rest = text.substr(static_cast<std::size_t>(XML_GetCurrentByteIndex(expat)));
  while (true) {
    rest.remove_prefix(std::min(rest.find('&'), rest.size()));
    const std::string_view entity = rest.substr(0, rest.find(';') + 1);
    if (!entity.starts_with("&#") &&
        std::find(known_entities.begin(), known_entities.end(), entity) == known_entities.end()) {
      return std::string(entity);
    }
    rest.remove_prefix(1);
  }
}

void XmlParser::State::refuse(XML_Error error) const {
  switch (error) {
    case XML_ERROR_NO_MEMORY:
      throw LimitError(line(), "its names take more than " + counted(memory, "byte") + " of memory",
                       "give the namespaces short names, xmlns:prefix=\"…\"");
    case XML_ERROR_NO_ELEMENTS:
      if (open.empty()) fail("no element, expected <graphml>");
      fail("the element <" + called(open.back()) + "> is not closed", cut_off_hint);
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      fail("the text ends inside " + in_quotes(here(" >\n")), cut_off_hint);
    case XML_ERROR_TAG_MISMATCH:
      fail("</" + called(here(">")) + ">, expected </" + (open.empty() ? "" : called(open.back())) +
           ">");
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      fail("the attribute " + in_quotes(here("= \t\r\n")) + " occurs twice");
    case XML_ERROR_UNDEFINED_ENTITY:
      fail("the entity " + in_quotes(unknown_entity()) + " is unknown");
    case XML_ERROR_BAD_CHAR_REF:
      fail("the entity " + in_quotes(here("; <") + ";") + " is unknown");
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      fail("text or a second element behind the first, expected nothing more");
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING:
      fail("an encoding that is not read", "save it as UTF-8");
    case XML_ERROR_UNBOUND_PREFIX:
      fail("the prefix of a name is declared nowhere", "declare it, xmlns:prefix=\"…\"");
    case XML_ERROR_INVALID_TOKEN:
      refuse_token();
    default:
      fail("not well-formed XML: " + std::string(XML_ErrorString(error)));
  }
}

XmlParser::XmlParser(std::string_view text, const std::string& where, const Limits& limits)
    : state_(std::make_unique<State>(text, where, limits)) {
  allow_expat(state_->memory);
  const char separator[] = {between_parts, '\0'};
  const XML_Memory_Handling_Suite memory{take_for_expat, take_other_for_expat, give_back_of_expat};
  XML_Parser expat = XML_ParserCreate_MM(says_utf16(text) ? "UTF-8" : nullptr, &memory, separator);
  if (expat == nullptr) throw std::bad_alloc();
  XML_SetReturnNSTriplet(expat, 1);
  state_->expat = expat;
  XML_SetUserData(expat, state_.get());
  XML_SetElementHandler(
      expat,
      [](void* state, const char* name, const char** attributes) {
        auto& self = *static_cast<State*>(state);
        self.guarded([&] { self.begin(name, attributes); });
      },
      [](void* state, const char*) {
        auto& self = *static_cast<State*>(state);
        self.guarded([&] {
          self.listener->end();
          self.open.pop_back();
        });
      });
  XML_SetCharacterDataHandler(expat, [](void* state, const char* characters, int length) {
    auto& self = *static_cast<State*>(state);
    self.guarded([&] {
      self.listener->text(std::string_view(characters, static_cast<std::size_t>(length)));
    });
  });
  XML_SetStartNamespaceDeclHandler(expat, [](void* state, const char*, const char* space) {
    auto& self = *static_cast<State*>(state);
    self.guarded([&] {
      if (space == nullptr || std::string_view(space).size() <= longest_space) return;
      self.fail("the name of a namespace is longer than 4096 bytes");
    });
  });
  XML_SetStartDoctypeDeclHandler(expat,
                                 [](void* state, const char*, const char*, const char*, int) {
                                   auto& self = *static_cast<State*>(state);
                                   self.guarded([&] {
                                     self.fail("a document type (<!...>), expected none",
                                               "remove the DOCTYPE; GraphML does not need it");
                                   });
                                 });
}

XmlParser::~XmlParser() { XML_ParserFree(state_->expat); }

void XmlParser::parse(XmlListener& listener) {
  state_->listener = &listener;
  allow_expat(state_->memory);
  std::string_view rest = state_->text;
  while (true) {
    const std::string_view piece = rest.substr(0, longest_piece);
    rest.remove_prefix(piece.size());
    const auto status =
        XML_Parse(state_->expat, piece.data(), static_cast<int>(piece.size()), rest.empty());
    if (state_->thrown) std::rethrow_exception(state_->thrown);
    if (status != XML_STATUS_OK) state_->refuse(XML_GetErrorCode(state_->expat));
    if (rest.empty()) return;
  }
}

std::string XmlParser::place() const { return state_->line(); }

}  // namespace attngraph
