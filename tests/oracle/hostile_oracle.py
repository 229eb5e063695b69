"""Hostile tokens through every writer, read back by what reads that format: csv, json, expat, Graphviz,
html.parser; what a terminal gets has no control character, what a spreadsheet gets no formula.
"""

import base64
import csv
import html.parser
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import unicodedata
import xml.parsers.expat
import zipfile
import zlib

import numpy as np

from against import Oracle

oracle = Oracle("hostile")
random = np.random.default_rng(19)
folder = pathlib.Path(oracle.folder.name) / "in"  # names that lead up end beside it
folder.mkdir()
COUNT = 8

PIECES = [
    '"', "'", "`", "\\", ",", ";", "|", "\t", "\n", "\r", "\r\n", " ", "=1+1", "+2", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0",
    "<", ">", "&", "&amp;", "&#0;", "</script>", "<script>alert(1)</script>", "<!--", "-->", "]]>", "<![CDATA[", "<img src=x onerror=alert(1)>",
    "\x1b[31m", "\x1b]0;title\x07", "\x9b31m", "\x07", "\x08", "\x7f", "\x01", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\ufffe", "\U0001ffff",
    "%s%n%d", "{}", "{0}", "{stem}", "$(touch hacked)", "`touch hacked`", "; touch hacked", "../../hacked", "/etc/passwd", "\\N", "\\l", "\\G", "--out=x",
    "＝1+1", "＋2", "－3", "＠SUM(A1)", "\uff1d", "&copy;", "&#65;", "\\N\\l", "漢字", "é", "e\u0301", "👨‍👩‍👧", "##", "NaN", "null", "0", "1e5", "#1", "=1", "a", "the", "http://x", "[x](y)", "**b**", "$x$", "|---|",
]


def labels():
    """All pieces in turn, then mixtures; all different, none empty."""
    for begin in range(0, len(PIECES) - COUNT + 1, COUNT):
        yield [f"{piece}{i}" for i, piece in enumerate(PIECES[begin:begin + COUNT])]
    for _ in range(8):
        yield ["".join(random.choice(PIECES, random.integers(1, 4))) + str(i) for i in range(COUNT)]


def run(*words, status=(0,)):
    """Bytes of standard output and standard error."""
    done = subprocess.run([oracle.program, *map(str, words)], capture_output=True, cwd=folder, stdin=subprocess.DEVNULL)
    oracle.check(f"{words}: status {done.returncode} {done.stderr[:300]}", done.returncode in status)
    check_terminal(f"{words}: standard error", done.stderr)
    return done.stdout, done.stderr


def written(words, name):
    path = folder / name
    path.unlink(missing_ok=True)
    run(*words, "-o", name)
    return path.read_bytes() if path.exists() else b""


def check_terminal(what, data):
    text = data.decode("utf-8")
    bad = [c for c in text if c != "\n" and (unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c not in "\u200d\u200c")]
    oracle.check(f"{what}: control characters {bad!r}", not bad)


def check_same(what, found, expected):
    oracle.check(f"{what}: {found!r}, expected {expected!r}", found == expected)


def in_xml(label):
    """With what XML cannot hold replaced."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", label)


def spaced(text):
    return re.sub(r"\s+", " ", text).strip()


class Elements:
    """What expat tells of a document."""

    def __init__(self, what, data):
        self.names, self.texts, self.attributes, self.open = [], [], [], []
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = lambda name: self.open.pop()
        parser.CharacterDataHandler = lambda text: self.texts.append((self.open[-1], text))
        try:
            parser.Parse(data, True)
            oracle.check(what, True)
        except xml.parsers.expat.ExpatError as error:
            oracle.check(f"{what}: {error}", False)

    def start(self, name, attributes):
        self.names.append(name)
        self.open.append(name)
        self.attributes.append(attributes)


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.tags, self.blocks, self.inside = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.inside = tag == "script" and dict(attributes).get("data-part") == "about"

    def handle_data(self, data):
        if self.inside:
            self.blocks.append(data)

    def handle_endtag(self, tag):
        self.inside = False


def unescaped(cell):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), cell)


def check_rows(words, tokens):
    text = run(*words, "--csv", "-q")[0].decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    column = rows[0].index("label")
    check_same("csv", [row[column] for row in rows[1:]], tokens)
    text = run(*words, "--format", "tsv", "-q")[0].decode("utf-8")
    rows = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    check_same("tsv", [unescaped(row[column]) for row in rows[1:]], tokens)
    safe = run(*words, "--csv", "--spreadsheet-safe", "-q")[0].decode("utf-8")
    rows = list(csv.reader(io.StringIO(safe, newline="")))
    cells = [row[column] for row in rows[1:]]
    oracle.check(f"spreadsheet-safe: {cells!r}", all(not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell) for cell in cells))
    check_same("spreadsheet-safe", [cell.removeprefix("'") if t[:1] != "'" else cell for cell, t in zip(cells, tokens)], tokens)


def check_json(words, tokens):
    data = run(*words, "--json", "-q")[0]
    oracle.check("json: ASCII", all(b < 0x7f for b in data))
    check_same("json", [row["label"] for row in json.loads(data)["results"]], tokens)
    data = run(*words, "--format", "jsonl", "-q")[0]
    rows = [json.loads(line) for line in data.splitlines()]
    check_same("jsonl", [row["label"] for row in rows if "label" in row], tokens)


def check_markdown(words, tokens):
    text = run(*words, "--format", "markdown", "-q")[0].decode("utf-8")
    check_terminal("markdown", text.encode())
    lines = [line for line in text.split("\n") if line.startswith("|")]
    cells = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines}
    oracle.check(f"markdown: {len(lines)} lines, bars {cells}\n{text}", len(lines) == COUNT + 2 and len(cells) == 1)
    oracle.check(f"markdown: a tag\n{text}", not re.search(r"(?<!\\)<[a-z!/]", text))


def check_graphs(words, tokens):
    elements = Elements("graphml", written(["graph", *words], "g.graphml"))
    keys = {a["id"]: a.get("attr.name") for n, a in zip(elements.names, elements.attributes) if n == "key"}
    found = [a for n, a in zip(elements.names, elements.attributes) if n == "data"]
    texts = [t for name, t in elements.texts if name == "data"]
    oracle.check(f"graphml: labels {keys} {texts[:20]!r}", all(in_xml(t) in texts for t in tokens) and bool(found))
    for layout in ("circle", "arcs", "columns"):
        svg = written(["graph", *words, "--layout", layout], "g.svg")
        check_svg(f"graph {layout}", svg)
    dot = written(["graph", *words], "g.dot")
    if shutil.which("dot"):
        done = subprocess.run(["dot", "-Tjson0"], input=dot, capture_output=True)
        oracle.check(f"dot: {done.stderr[:200]} {dot[:500]}", done.returncode == 0)
        nodes = json.loads(done.stdout, strict=False).get("objects", []) if done.returncode == 0 else []
        shown = [node.get("label", node["name"]) for node in nodes]
        oracle.check(f"dot: {shown!r}", len(shown) == COUNT)
        drawn = subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True)
        check_drawn(Elements("dot to svg", drawn.stdout), tokens)


def check_drawn(elements, tokens):
    """Graphviz shows each label as it is, but for what nobody sees."""
    texts = [spaced(text) for name, text in elements.texts if name == "text"]
    for token in tokens:
        plain = all(unicodedata.category(c)[0] != "C" for c in token) and len(token) < 30 and token.strip()
        oracle.check(f"dot: {token!r} is not among {texts!r}", not plain or spaced(token) in texts)


def check_svg(what, svg):
    elements = Elements(what, svg)
    known = {"svg", "g", "rect", "text", "tspan", "title", "desc", "path", "line", "circle", "ellipse", "defs", "marker", "style",
             "image", "polyline", "polygon", "clipPath", "linearGradient", "stop", "use"}
    oracle.check(f"{what}: elements {set(elements.names) - known}", set(elements.names) <= known)
    handlers = [key for one in elements.attributes for key in one if key.startswith("on") or key.endswith("href") and "data:" not in one[key]
                and not one[key].startswith("#")]
    oracle.check(f"{what}: {handlers}", not handlers)


def check_page(words, tokens):
    plain = Page(written(["view", folder / "attention.npy", "--layer", 0, "--head", 0], "p.html").decode())
    text = written(["view", *words], "v.html").decode("utf-8")
    page = Page(text)
    check_same("view: tags", page.tags.count("script"), plain.tags.count("script"))
    check_same("view: tags", page.tags.count("img"), 0)
    oracle.check("view: policy", "Content-Security-Policy" in text)
    about = [zlib.decompress(base64.b64decode(block), wbits=15 + 32) for block in page.blocks]
    check_same("view: parts", len(about), 1)
    oracle.check(f"view: tokens in {about[0][:300]}", all(json.dumps(t)[1:-1] in about[0].decode() for t in tokens))


def check_pictures(words, tokens):
    stack = [folder / "stack.npy", *words[1:3]]
    names = ",".join(f"{re.sub('[:,]', '', token) or 'x'}{i}:{i}" for i, token in enumerate(tokens))
    commands = [["heatmap", *words], ["centrality", *words], ["heads", *stack], ["layers", *stack], ["rollout", *stack],
                ["compare", *stack], ["flow", *stack], ["norms", *words, "--value", folder / "value.npy"],
                ["sparsify", *stack, "--top-k", "2"], ["spectrum", *stack], ["structure", *stack],
                ["structure", *words, "--members"], ["structure", *words, "--triads"], ["topology", *stack]]
    if not re.search("[\\n\\r]", names):
        commands.append(["segments", *words, "--segments", names])
    for command in commands:
        check_svg(f"{command}", written(command, "p.svg"))
        if command[0] not in ("heatmap", "layers"):
            check_terminal(f"{command}: chart", run(*command, "--format", "chart", "-q")[0])
            check_terminal(f"{command}: table", run(*command, "-q")[0])
            check_terminal(f"{command}: markdown", run(*command, "--format", "markdown", "-q")[0])
    if shutil.which("rsvg-convert"):
        png = written(["heatmap", *words], "h.png")
        oracle.check("png", png.startswith(b"\x89PNG"))
    for line in (["heatmap", *words], ["centrality", *words, "--format", "chart"], ["centrality", *words]):
        check_terminal(f"{line}", run(*line)[0])


def check_answers(tokens):
    weights = random.random((COUNT, COUNT)) + 0.1
    np.save(folder / "attention.npy", (weights / weights.sum(1, keepdims=True)).astype("f4"))
    stack = random.random((2, 2, COUNT, COUNT)) + 0.1
    np.save(folder / "stack.npy", (stack / stack.sum(-1, keepdims=True)).astype("f4"))
    np.save(folder / "value.npy", random.random((COUNT, 3)))
    (folder / "tokens.json").write_text(json.dumps(tokens))
    words = [folder / "attention.npy", "--tokens", folder / "tokens.json", "--layer", 0, "--head", 0]
    rows = ["centrality", *words, "--metric", "in_strength"]
    check_rows(rows, tokens)
    check_json(rows, tokens)
    check_markdown(rows, tokens)
    check_graphs(words, tokens)
    check_page(words, tokens)
    check_pictures(words, tokens)
    for token in tokens[:3]:
        run("rollout", *words[:3], "--target", "=" + token + "?", status=(2, 3))
        run("centrality", *words, "--columns", token, status=(2,))
        run(token if not token.startswith("-") else "x" + token, status=(2,))


def check_names():
    """Names in files, and names of files."""
    before = set(os.listdir(folder.parent))
    array = io.BytesIO()
    np.save(array, np.full((3, 3), 1 / 3, "f4"))
    for piece in PIECES:
        name = piece + "x"
        if "\0" in name:
            continue
        with zipfile.ZipFile(folder / "n.npz", "w") as archive:
            archive.writestr(name + ".npy", array.getvalue())
        for form in ("table", "csv", "json"):
            out, _ = run("inspect", "n.npz", "--format", form, status=(0, 3))
            if form == "table":
                check_terminal(f"inspect of {name!r}", out)
        run("heads", "n.npz", "--tensor", "y" + piece, status=(2, 3))
        if "/" not in piece:
            shutil.copy(folder / "attention.npy", folder / name)
            out, _ = run("inspect", "--", name, status=(0, 1, 4))
            check_terminal(f"inspect {name!r}", out)
            out, _ = run("heads", "--with-filename", "--json", "--", name, status=(0, 1, 4))
            (folder / name).unlink()
    check_same("nothing is written beside", set(os.listdir(folder.parent)) - before, set())
    oracle.check("nothing is run", not (folder / "hacked").exists())


for tokens in labels():
    check_answers(tokens)
check_names()
oracle.finish()
