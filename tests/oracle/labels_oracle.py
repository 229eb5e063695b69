"""Tokens of any script as NumPy, json, csv, pickle, gzip and the codecs of Python write them, read back
label by label from every kind of file that --tokens takes.
"""

import csv
import gzip
import io
import json
import pathlib
import pickle
import struct
import subprocess

import numpy as np

from against import Oracle

oracle = Oracle("labels")
random = np.random.default_rng(11)

PIECES = ["a", "the", " ", "é", "ß", "Привет", "漢字", "한", "😀", "👨‍👩‍👧", "##", "▁", "Ġ", "</w>", "@@", "[CLS]", "<s>", "'", '"',
          "\\", ",", ";", "{", "}", "[", "]", "0", "2019", "NaN", "null", "…", "e\u0301"]
BREAKS = ["\n", "\r", "\t", "Ċ", "\u2028", "\x7f"]


def tokens(count, pieces):
    return ["".join(random.choice(pieces, random.integers(1, 4))) for _ in range(count)]


def path_of(name, data):
    path = pathlib.Path(oracle.folder.name) / name
    path.write_bytes(data)
    return str(path)


def array_bytes(array):
    data = io.BytesIO()
    np.save(data, array, allow_pickle=True)
    return data.getvalue()


def archive_bytes(**arrays):
    data = io.BytesIO()
    np.savez_compressed(data, **arrays)
    return data.getvalue()


def table_bytes(labels, name, delimiter=",", index=True):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["index", name] if index else [name])
    writer.writerows([i, label] if index else [label] for i, label in enumerate(labels))
    return text.getvalue().encode()


def safetensors_bytes(labels):
    header = {"__metadata__": {"tokens": json.dumps(labels)},
              "x": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(4)


def files_of(labels):
    """Writers that keep any text."""
    strings = np.array(labels)
    yield "list.json", json.dumps(labels).encode()
    yield "raw.json", json.dumps(labels, ensure_ascii=False, indent=1).encode()
    yield "utf16.json", json.dumps(labels, ensure_ascii=False).encode("utf-16")
    yield "utf32.json", json.dumps(labels, ensure_ascii=False).encode("utf-32")
    yield "sig.json", json.dumps(labels).encode("utf-8-sig")
    yield "object.json", json.dumps({"model": "x", "tokens": labels}).encode()
    yield "batch.json", json.dumps([labels]).encode()
    yield "list.json.gz", gzip.compress(json.dumps(labels).encode())
    yield "array.npy", array_bytes(strings)
    yield "big.npy", array_bytes(strings.astype(strings.dtype.newbyteorder(">")))
    yield "item.npy", array_bytes(strings[None])
    yield "objects.npy", array_bytes(np.array(labels, dtype=object))
    yield "bytes.npy", array_bytes(np.array([label.encode() for label in labels]))
    yield "archive.npz", archive_bytes(tokens=strings, other=np.zeros((0, 3)))
    yield "metadata.safetensors", safetensors_bytes(labels)
    yield "tokens.pkl", pickle.dumps(labels, protocol=4)


def lines_of(labels):
    """One label a line."""
    for name, end in (("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")):
        text = "".join(label + end for label in labels)
        yield f"{name}.txt", text.encode()
        yield f"{name}.utf16.txt", text.encode("utf-16")
        yield f"{name}.txt.gz", gzip.compress(text.encode())


def tables_of(labels):
    for name in ("token", "label", "Text"):
        yield f"{name}.csv", table_bytes(labels, name)
        yield f"alone.{name}.csv", table_bytes(labels, name, index=False)


def read(path, count):
    weights = oracle.file(np.full((count, count), 1 / count), "attention.npy")
    run = subprocess.run([oracle.program, "centrality", weights, "--metric", "in_strength", "--tokens", path,
                          "--csv", "-q"], capture_output=True)  # bytes: a label may be a carriage return
    rows = csv.DictReader(io.StringIO(run.stdout.decode(), newline=""))
    return [row["label"] for row in rows] or run.stderr.decode()


for case in range(4):
    plain = tokens(8, PIECES)
    for name, data in [*files_of(plain), *lines_of(plain), *tables_of(plain)]:
        found = read(path_of(name, data), len(plain))
        oracle.check(f"{name}: {found}, expected {plain}", found == plain)
    broken = tokens(8, PIECES + BREAKS)
    for name, data in files_of(broken):
        found = read(path_of(name, data), len(broken))
        oracle.check(f"{name}: {found!r}, expected {broken!r}", found == broken)
oracle.finish()
