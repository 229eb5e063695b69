"""readers.py KIND FILE RUNS: seconds to read one file into an array.

sum: add up the mapped numbers of an .npy; log: sum of float32 logarithms of them; npz: numpy.load
of every member; libdeflate: inflate the first member alone, into memory that is there already;
json, orjson: parse, then numpy.array.
"""

import ctypes
import json
import os
import sys
import zipfile

import numpy as np
from timing import say, timed

kind, path, runs = sys.argv[1:]


def parsed():
    with open(path, "rb") as file:
        text = file.read()
    if kind == "orjson":
        import orjson
        return np.array(orjson.loads(text), dtype=np.float32)
    return np.array(json.loads(text), dtype=np.float32)


def logarithms():
    numbers = np.load(path, mmap_mode="r").reshape(-1)
    blocks = np.array_split(numbers, numbers.size // 2**16 + 1)
    return sum(float(np.log(block).sum()) for block in blocks)


def members():
    with np.load(path) as arrays:
        return [arrays[name] for name in arrays.files]


def inflating():
    """A function that inflates the first member; libdeflate does so on one thread."""
    library = ctypes.CDLL("libdeflate.so.0")
    library.libdeflate_alloc_decompressor.restype = ctypes.c_void_p
    inflater = ctypes.c_void_p(library.libdeflate_alloc_decompressor())
    member = zipfile.ZipFile(path).infolist()[0]
    with open(path, "rb") as file:
        file.seek(member.header_offset + 26)
        names = int.from_bytes(file.read(2), "little") + int.from_bytes(file.read(2), "little")
        file.seek(names, os.SEEK_CUR)
        packed = file.read(member.compress_size)
    content = ctypes.create_string_buffer(member.file_size)

    def inflate():
        status = library.libdeflate_deflate_decompress(
            inflater, packed, ctypes.c_size_t(len(packed)), content,
            ctypes.c_size_t(len(content)), None)
        if status != 0:
            raise ValueError(f"libdeflate: {status}")

    return inflate


read = {
    "sum": lambda: np.load(path, mmap_mode="r").sum(),
    "log": logarithms,
    "npz": members,
    "libdeflate": inflating() if kind == "libdeflate" else None,
    "json": parsed,
    "orjson": parsed,
}[kind]
say(timed(read, int(runs)))
