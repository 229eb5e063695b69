"""readers.py KIND FILE RUNS: seconds to read one file into an array.

sum: add up the mapped numbers of an .npy; log: sum of float32 logarithms of them; npz: numpy.load
of every member; libdeflate: inflate every member, into new memory, as a reader must;
json, orjson: parse, then numpy.array.
"""

import concurrent.futures
import ctypes
import json
import os
import queue
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


def packed(member):
    """The deflated bytes of a member of the archive."""
    with open(path, "rb") as file:
        file.seek(member.header_offset + 26)
        names = int.from_bytes(file.read(2), "little") + int.from_bytes(file.read(2), "little")
        file.seek(names, os.SEEK_CUR)
        return file.read(member.compress_size)


def inflating():
    """A function that inflates all members, each on one thread, on all cores."""
    library = ctypes.CDLL("libdeflate.so.0")
    library.libdeflate_alloc_decompressor.restype = ctypes.c_void_p
    members = [(packed(member), member.file_size) for member in zipfile.ZipFile(path).infolist()]
    threads = min(len(os.sched_getaffinity(0)), len(members))
    inflaters = queue.SimpleQueue()
    for _ in range(threads):
        inflaters.put(ctypes.c_void_p(library.libdeflate_alloc_decompressor()))

    def inflate(member):
        bytes_in, size = member
        content = ctypes.create_string_buffer(size)
        inflater = inflaters.get()
        status = library.libdeflate_deflate_decompress(
            inflater, bytes_in, ctypes.c_size_t(len(bytes_in)), content,
            ctypes.c_size_t(size), None)
        inflaters.put(inflater)
        if status != 0:
            raise ValueError(f"libdeflate: {status}")

    pool = concurrent.futures.ThreadPoolExecutor(threads)
    return lambda: list(pool.map(inflate, members))


read = {
    "sum": lambda: np.load(path, mmap_mode="r").sum(),
    "log": logarithms,
    "npz": members,
    "libdeflate": inflating() if kind == "libdeflate" else None,
    "json": parsed,
    "orjson": parsed,
}[kind]
say(timed(read, int(runs)))
