"""The places where one operator or constant of the readers and kernels can be another."""

import hashlib
import pathlib
import re
from collections import Counter, namedtuple

from tokens import bodies, code_of, tokens_of

ROOMS = ["lib/formats", "lib/reading", "lib/tensor", "lib/numeric", "lib/attention/computed",
         "lib/metrics"]
NOT_OURS = re.compile(r"_igraph\.cpp$|reference_flow")  # doors to another engine

# What takes an operator's place. A bound is moved by one, a condition turned around.
OTHER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
         "+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "+=": "-=", "-=": "+=", "*=": "/=",
         "/=": "*="}
TURNED = {"true": "false", "false": "true"}
WHOLE = re.compile(r"(0[xX][\da-fA-F']+|\d[\d']*)([uUlLzZ]*)$")

# A change of a file: the place of the text that is replaced; the body around it, both as (begin,
# end) in the file; the line before and after, as a reader knows it.
Change = namedtuple("Change", "file place becomes body line before after")


def others(token):
    """What a token can become."""
    if token.kind == "operator":
        return [OTHER[token.text]] if token.text in OTHER else []
    if token.kind == "name":
        return [TURNED[token.text]] if token.text in TURNED else []
    found = token.kind == "number" and WHOLE.match(token.text)
    if not found:
        return []
    value = int(found[1].replace("'", ""), 0)
    written = hex if found[1][:2] in ("0x", "0X") else str
    return [written(near) + found[2] for near in (value + 1, value - 1) if near >= 0]


def is_binary(text, token):
    """clang-format puts space on both sides of an operator with two sides, and of no bracket of a
    template, pointer, reference or sign."""
    return text[token.begin - 1].isspace() and text[token.end].isspace()


def joins_texts(code, place):
    """+ next to a literal is no arithmetic."""
    return code[place].text in ("+", "+=") and "string" in (code[place - 1].kind, code[place + 1].kind)


def changed_tokens(text, code, begin, end):
    """Places in `code` of what can be changed in a body, with what takes its place."""
    place = begin
    while place < end:
        token = code[place]
        if token.text in ("static_assert", "assert"):
            while code[place].text != ";":
                place += 1
        elif (token.kind != "operator" or is_binary(text, token)) and not joins_texts(code, place):
            for becomes in others(token):
                yield token, becomes
        place += 1


def changes_of(file, text):
    """All changes of a file."""
    code = code_of(tokens_of(text))
    for begin, end in bodies(code):
        body = (code[begin].begin, code[end].end)
        for token, becomes in changed_tokens(text, code, begin, end):
            line_begin = text.rfind("\n", 0, token.begin) + 1
            line_end = text.find("\n", token.end)
            yield Change(file, (token.begin, token.end), becomes, body,
                         text.count("\n", 0, token.begin) + 1, text[line_begin:line_end].strip(),
                         (text[line_begin:token.begin] + becomes + text[token.end:line_end]).strip())


def files(root):
    """The sources of the rooms, as names below `root`."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.[ch]pp")):
            name = str(path.relative_to(root))
            if not NOT_OURS.search(name):
                yield name


def name_of(change):
    """What a change is called from one day to the next: lines may move."""
    return f"{change.file}: {change.before} => {change.after}"


def drawn(root, seed):
    """All changes by name, in an order that a seed gives. An edit moves only those of its own lines;
    lines that stand several times in a file are told apart by their turn."""
    named = {}
    for file in files(pathlib.Path(root)):
        turns = Counter()
        for change in changes_of(file, (pathlib.Path(root) / file).read_text()):
            name = name_of(change)
            turns[name] += 1
            named[name + (f" #{turns[name]}" if turns[name] > 1 else "")] = change
    order = sorted(named, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
    return {name: named[name] for name in order}
