"""Files that NumPy, networkx and json write, read back number by number: every dtype, byte order,
memory order and NPY version, stored, deflated and piped archives, safetensors, edge lists.

The program answers with exact text (`graph --csv`), so agreement here is equality.
"""

import io
import json
import pathlib
import struct

import networkx as nx
import numpy as np

from against import Oracle

oracle = Oracle("formats")
random = np.random.default_rng(7)
SHAPE = (2, 3, 4, 4)


def answered(path, *arguments):
    rows = oracle.rows("graph", path, "--normalize", "none", *arguments)
    found = np.zeros(SHAPE)
    for row in rows:
        place = tuple(int(row[name]) for name in ("layer", "head", "source", "target"))
        found[place] = float(row["weight"])
    return found


def path_of(name, data):
    path = pathlib.Path(oracle.folder.name) / name
    path.write_bytes(data)
    return str(path)


def same(what, path, array, *arguments):
    # Numbers of narrow types print as the shortest float32, which float32() brings back exactly.
    narrow = array.dtype.kind == "f" and array.dtype.itemsize <= 4
    got, expected = answered(path, *arguments), array.astype(np.float64)
    if narrow:
        got, expected = got.astype(np.float32), expected.astype(np.float32)
    oracle.check(what, np.array_equal(got, expected))


def values(dtype):
    kind = np.dtype(dtype).kind
    if kind == "b":
        return random.random(SHAPE) > 0.4
    if kind in "iu":
        return random.integers(1, 120, SHAPE).astype(dtype)
    return random.random(SHAPE).astype(dtype)


class Pipe(io.RawIOBase):
    """A file without seek: NumPy puts the sizes behind each member."""

    def __init__(self):
        self.data = b""

    def writable(self):
        return True

    def write(self, data):
        self.data += bytes(data)
        return len(data)


def npy_files():
    for dtype in ("?", "i1", "u1", "<i2", ">i2", "<u2", "<i4", ">u4", "<i8", ">i8", "<u8", "<f2", ">f2",
                  "<f4", ">f4", "<f8", ">f8"):
        for order in "CF":
            for version in ((1, 0), (2, 0), (3, 0)):
                array = np.asarray(values(dtype), order=order)
                data = io.BytesIO()
                np.lib.format.write_array(data, array, version=version)
                same(f"npy {dtype} {order} {version}", path_of("a.npy", data.getvalue()), array)


def npz_files():
    arrays = {"a": values("<f8"), "b": np.asfortranarray(values(">f4")), "c": values("u1")}
    for save in (np.savez, np.savez_compressed):
        file, pipe = io.BytesIO(), Pipe()
        save(file, **arrays)
        save(pipe, **arrays)
        for kind, data in (("file", file.getvalue()), ("pipe", pipe.data)):
            for name, array in arrays.items():
                same(f"{save.__name__} {kind} {name}", path_of("a.npz", data), array, "--tensor", name)


def safetensors_files():
    names = {"<f8": "F64", "<f4": "F32", "<f2": "F16", "<i8": "I64", "<i4": "I32", "<i2": "I16", "i1": "I8",
             "u1": "U8", "?": "BOOL"}
    arrays = {name: values(dtype) for name, dtype in zip("abcdefghi", names)}
    header, data = {}, b""
    for (name, array), code in zip(arrays.items(), names.values()):
        begin = len(data)
        data += array.tobytes()
        header[name] = {"dtype": code, "shape": list(SHAPE), "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    path = path_of("a.safetensors", struct.pack("<Q", len(text)) + text + data)
    for name, array in arrays.items():
        same(f"safetensors {array.dtype}", path, array, "--tensor", name)


def json_files():
    array = values("<f8") * 10.0 ** random.integers(-20, 3, SHAPE)
    same("json stack", path_of("a.json", json.dumps(array.tolist()).encode()), array)
    text = json.dumps({"tokens": list("abcd"), "attention": array.tolist()}, indent=1).encode()
    same("json object", path_of("a.json", text), array)


def edge_lists():
    """Both through networkx, which numbers the nodes of a GraphML by their ids."""
    graph = nx.gnp_random_graph(30, 0.2, seed=3, directed=True)
    for edge in graph.edges.values():
        edge["weight"] = random.random()
    nx.write_graphml(graph, pathlib.Path(oracle.folder.name) / "a.graphml")
    lines = ["source,target,weight"] + [f"{s},{t},{w!r}" for s, t, w in graph.edges(data="weight")]
    files = [str(pathlib.Path(oracle.folder.name) / "a.graphml"),
             path_of("a.csv", "\r\n".join(lines).encode())]
    expected = {(s, t): w for s, t, w in graph.edges(data="weight")}
    for path in files:
        rows = oracle.rows("graph", path)
        found = {(int(r["source"]), int(r["target"])): float(r["weight"]) for r in rows}
        oracle.check(f"edges of {path}", found == expected)


npy_files()
npz_files()
safetensors_files()
json_files()
edge_lists()
oracle.finish()
