"""C++ cut into tokens, and where the bodies of its functions are."""

import re
from collections import namedtuple

Token = namedtuple("Token", "kind text begin end")  # kind: see TOKEN; begin, end: places in the text

TOKEN = re.compile(r"""
    (?P<comment>   //[^\n]* | /\*.*?\*/ )
  | (?P<directive> ^[ \t]*\#(?:[^\n]*\\\n)*[^\n]* )
  | (?P<string>    (?:u8|[uUL])?R"(?P<fence>[^(\s]*)\(.*?\)(?P=fence)"
                 | (?:u8|[uUL])?"(?:\\.|[^"\\\n])*" )
  | (?P<character> (?:u8|[uUL])?'(?:\\.|[^'\\\n])+' )
  | (?P<number>    \.?\d(?:[eEpP][+-]|'?[\w.])* )
  | (?P<name>      [A-Za-z_]\w* )
  | (?P<space>     \s+ )
  | (?P<operator>  <=>|<<=|>>=|->\*|\.\.\.|::|->|\+\+|--|<<|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|. )
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

NEVER_CODE = ("comment", "space", "directive")


def tokens_of(text):
    """All tokens of a text, those that are no code among them."""
    return [Token(found.lastgroup if found.lastgroup != "fence" else "string", found[0],
                  found.start(), found.end()) for found in TOKEN.finditer(text)]


def code_of(tokens):
    """The tokens that the compiler sees, without what stands between #if and #endif: who knows
    whether it is compiled here."""
    depth, code = 0, []
    for token in tokens:
        if token.kind == "directive":
            word = token.text.strip().lstrip("# \t")
            depth += word.startswith("if") - word.startswith("endif")
        elif depth == 0 and token.kind not in NEVER_CODE:
            code.append(token)
    return code


def closing_places(code):
    """For the place of each opening bracket that of its closing one."""
    closing, open_places = {}, []
    for place, token in enumerate(code):
        if token.text in ("(", "[", "{"):
            open_places.append(place)
        elif token.text in (")", "]", "}"):
            closing[open_places.pop()] = place
    return closing


def without_template(head):
    """The begin of a declaration without its `template <...>`."""
    if not head or head[0] != "template":
        return head
    depth = 0
    for place, word in enumerate(head):
        depth += (word == "<") - (word == ">")
        if word == ">" and depth == 0:
            return without_template(head[place + 1:])
    return head


def kind_of_brace(head):
    """What a brace opens behind the words of a declaration outside functions (what stands in
    brackets left out of them): a "scope", the "body" of a function, or "values"."""
    head = without_template(head)
    words = head[:head.index("(")] if "(" in head else head
    if "namespace" in words or "extern" in words[:1]:
        return "scope"
    if "(" not in head and {"class", "struct", "union"} & set(words) and "enum" not in words:
        return "scope"
    if head and head[-1] in (")", "]") and "=" in head:
        return "body"  # of a lambda
    if "(" not in words and "(" not in head or "=" in words or head[-1:] == ["="]:
        return "values"
    initialises_members = ":" in head[head.index("("):]
    return "values" if initialises_members and re.match(r"\w|>", head[-1]) else "body"


def bodies(code):
    """The bodies of functions outside other functions, as places of their braces in `code`."""
    closing = closing_places(code)

    def lambdas(begin, end):
        place = begin
        while place < end:
            if code[place].text == "{" and code[place - 1].text in (")", "]"):
                yield place, closing[place]
                place = closing[place]
            place += 1

    def scope(begin, end):
        head, place = [], begin
        while place < end:
            text = code[place].text
            if text == "{":
                kind = kind_of_brace(head)
                if kind == "body":
                    yield place, closing[place]
                else:
                    inside = scope if kind == "scope" else lambdas
                    yield from inside(place + 1, closing[place])
                place = closing[place]
                head = [*head, "}"] if kind == "values" else []
            elif text in ("(", "["):
                place = closing[place]
                head += [text, code[place].text]
            elif text == ";" or text == ":" and head[-1:] in (["public"], ["private"], ["protected"]):
                head = []
            else:
                head.append(text)
            place += 1

    return list(scope(0, len(code)))
