"""What attngraph reads, NumPy, json, torch and (where it is installed) safetensors read as the same
numbers: the fuzzers' corpora and the small files of data/, as they are and with a few bytes of them,
or of what they contain, changed.

    python3 tests/fuzz/differential.py build/tests/fuzz/read_numbers [MUTANTS_OF_EACH]

That attngraph refuses what another program reads is no fault: it is stricter by intention.
"""

import collections
import gzip
import io
import itertools
import json
import pathlib
import pickle
import random
import struct
import subprocess
import sys
import tempfile
import warnings
import zipfile
import zlib

import numpy as np
import torch

try:
    from numpy.lib._format_impl import _read_array_header as read_array_header  # NumPy 2.3
except ImportError:
    from numpy.lib.format import _read_array_header as read_array_header

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Of the files that are read as they are and changed.
SUFFIXES = (".npy", ".npz", ".safetensors", ".json", ".pt", ".pth", ".pkl", ".bin")
LARGEST_SEED = 50_000
# Members of torch's archives that say what wrote them and how: torch checks them, no number comes of them.
WITHOUT_NUMBERS = ("version", ".format_version", ".storage_alignment", "serialization_id")
FORMATS = ("NPY", "NPZ", "JSON", "safetensors", "PyTorch", "pickle")


class Stub(dict):
    """Stands for every class of a pickle that is neither NumPy's nor torch's: nothing else is run."""

    def __init__(self, *arguments):
        super().__init__()
        self["arguments"] = list(arguments)

    def __setstate__(self, state):
        self["state"] = state

    def append(self, item):
        self.setdefault("items", []).append(item)

    extend = None

    def __setitem__(self, key, value):
        super().__setitem__(repr(key) if key.__hash__ is None else key, value)


SAFE = {
    ("collections", "OrderedDict"), ("numpy", "ndarray"), ("numpy", "dtype"), ("_codecs", "encode"),
    ("numpy.core.multiarray", "_reconstruct"), ("numpy.core.multiarray", "scalar"), ("numpy.core.numeric", "_frombuffer"),
    ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_parameter"),
    ("torch", "Size"),
}


def storage_of(data):
    """In place of torch.storage._load_from_bytes, which would run what it finds."""
    return torch.load(io.BytesIO(data), map_location="cpu", pickle_module=PickleModule)


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        module = module.replace("numpy._core", "numpy.core")
        if (module, name) == ("torch.storage", "_load_from_bytes"):
            return storage_of
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return tensor_of
        if (module, name) in SAFE or (module == "torch" and name.endswith("Storage")):
            return super().find_class(module, name)
        return type(name, (Stub,), {"__reduce__": None})


def tensor_of(*arguments):
    """torch 2 gives a seventh argument, which older versions do not take."""
    return torch._utils._rebuild_tensor_v2(*arguments[:6])


class PickleModule:
    """What torch.load takes for pickle."""

    Unpickler = Unpickler
    UnpicklingError = pickle.UnpicklingError

    @staticmethod
    def load(file, **keywords):
        return Unpickler(file, **keywords).load()


torch.serialization.pickle = PickleModule  # torch 1.13 does not heed the one it is given


def arrays_in(value, path=(), seen=None):
    """Path and array of everything that is, or is a nested list of, numbers."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    if isinstance(value, torch.Tensor):
        if value.numel() and not value.is_complex() and value.layout == torch.strided:
            yield path, value.detach().to(torch.float64).numpy()
    elif isinstance(value, np.ndarray) and value.dtype != object:
        if value.size and value.dtype.kind in "biuf":
            yield path, value
    elif isinstance(value, np.ndarray):
        yield from arrays_in(value.tolist(), path, seen)
    elif isinstance(value, dict):
        seen.add(id(value))
        for key, item in value.items():
            yield from arrays_in(item, path + (str(key),), seen)
    elif isinstance(value, (list, tuple)):
        seen.add(id(value))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                numbers = np.array(value)
                if numbers.size and numbers.dtype.kind in "biuf":
                    yield path, numbers
            except (Warning, ValueError, TypeError, OverflowError, RuntimeError):
                pass
        for i, item in enumerate(value):
            if not isinstance(item, (int, float)):
                yield from arrays_in(item, path + (str(i),), seen)
    elif hasattr(value, "__dict__"):
        yield from arrays_in(vars(value), path, seen)


def facts(array):
    """As read_numbers tells them."""
    doubles = np.array(array, dtype="<f8", order="C")
    doubles[np.isnan(doubles)] = np.nan
    return tuple(array.shape), zlib.crc32(doubles.tobytes())


def npy_value(data):
    file = io.BytesIO(data)
    version = np.lib.format.read_magic(file)
    shape, fortran, dtype = read_array_header(file, version)
    if dtype.hasobject:
        return Unpickler(file).load()
    file.seek(0)
    array = np.lib.format.read_array(file, allow_pickle=False)
    assert not file.read(), "something follows the array"
    return bfloat16(array.view("<u2")) if dtype.str == "|V2" else array


def bfloat16(words):
    return (words.astype("<u4") << 16).view("<f4")


def npz_value(data):
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        members = {utf8_name(member): archive.zip.read(member) for member in archive.zip.infolist()}
        return {name.removesuffix(".npy"): npy_value(data) for name, data in members.items()
                if not name.startswith("__MACOSX/") and (name.endswith(".npy") or data.startswith(b"\x93NUMPY"))}


def utf8_name(member):
    """zipfile takes a name for one of DOS where no flag says UTF-8."""
    return member.filename if member.flag_bits & 0x800 else member.filename.encode("cp437").decode("utf-8", "replace")


SAFETENSORS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
               "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "u1", "BOOL": "?", "BF16": "<u2"}


def safetensors_value(data):
    """By the package, else by what its documentation says."""
    try:
        import safetensors.torch
        return safetensors.torch.load(data)
    except ImportError:
        pass
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length].decode("utf-8"))
    body = data[8 + length:]
    arrays = {}
    for name, about in header.items():
        if name == "__metadata__" or about["dtype"] not in SAFETENSORS:
            continue
        begin, end = about["data_offsets"]
        array = np.frombuffer(body[begin:end], SAFETENSORS[about["dtype"]]).reshape(about["shape"])
        arrays[name] = bfloat16(array) if about["dtype"] == "BF16" else array
    return arrays


def json_value(data):
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    return json.loads(text, parse_int=float)  # of any size, and -0


def torch_value(data):
    return storage_of(data)


READERS = {"NPY": npy_value, "NPZ": npz_value, "safetensors": safetensors_value, "JSON": json_value, "PyTorch": torch_value,
           "pickle": lambda data: Unpickler(io.BytesIO(data)).load()}


# Refusals that say nothing of numbers: a class is looked up, an argument checked that no number comes from.
JUDGED = ("must be a sub-type of ndarray", "object pickle not returning list", "Can't get attribute", "Tuple must have size",
          "returned NULL without setting an exception", "cannot be interpreted as an integer")


def peer(told, data):
    """How another program reads it: a fault, or None."""
    format = next(name for name in FORMATS if told["format"].startswith(name))
    try:
        arrays = list(arrays_in(READERS[format](data)))
    except Exception as error:  # whatever the peer makes of a damaged file
        if told["unread"] or any(text in str(error) for text in JUDGED):
            return None  # what the peer refuses may be what was left unread
        return f"{format}: refused by the peer: {type(error).__name__}: {str(error)[:200]}"
    by_name = collections.defaultdict(list)
    for path, array in arrays:
        by_name[".".join(path)].append(facts(array))
    everything = set(itertools.chain.from_iterable(by_name.values()))
    for name, tensor in told["tensors"].items():
        expected = by_name.get(name) if format in ("NPZ", "JSON", "safetensors") else everything
        if (tuple(tensor["shape"]), tensor["crc"]) not in (expected or ()):
            return f"{format}: {name!r} of shape {tensor['shape']} has other numbers, of {sorted(expected or [])[:4]}"
    return None


def changed_bytes(data, generator):
    """A few bytes changed, taken out or put in."""
    data = bytearray(data)
    for _ in range(generator.randint(1, 3)):
        place = generator.randrange(len(data) + 1)
        match generator.randrange(4):
            case 0:
                data[place:place + 1] = bytes([generator.randrange(256)])
            case 1:
                data[place:place + generator.randint(1, 8)] = b""
            case 2:
                data[place:place] = generator.choice([b"0", b"1", b"-", b".", b"e9", b",", b"]", b"[", b"null", b"\0", b" "])
            case 3:
                data[place:place + 8] = data[-8:]
    return bytes(data)


def changed_digit(data, generator):
    """A number written in it is another one."""
    places = [i for i, byte in enumerate(data) if byte in b"0123456789"]
    if not places:
        return changed_bytes(data, generator)
    place = generator.choice(places)
    return data[:place] + str(generator.randrange(10)).encode() + data[place + 1:]


def changed_archive(data, generator):
    """An archive with one member changed, and the checksums that it then has."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = [(member, archive.read(member)) for member in archive.infolist()]
    chosen = generator.choice([i for i, (member, _) in enumerate(members)
                               if member.filename.rpartition("/")[2] not in WITHOUT_NUMBERS])
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as copy:
        for number, (member, content) in enumerate(members):
            content = changed(content, generator) if number == chosen else content
            copy.writestr(member.filename, content, member.compress_type)
    return whole.getvalue()


def changed_safetensors(data, generator):
    """Its header or its numbers changed, and the length of the header as it then is."""
    (length,) = struct.unpack("<Q", data[:8])
    header, body = data[8:8 + length], data[8 + length:]
    if generator.randrange(2):
        header = changed_digit(header, generator)
    elif body:
        place = generator.randrange(len(body))
        body = body[:place] + bytes([generator.randrange(256)]) + body[place + 1:]
    return struct.pack("<Q", len(header)) + header + body


def changed(data, generator):
    """What a reader may still take: mostly whole, and with other contents."""
    if data and generator.randrange(4):
        try:
            if data.startswith(b"PK"):
                return changed_archive(data, generator)
            if data[8:9] == b"{":
                return changed_safetensors(data, generator)
            if data.startswith(b"\x93NUMPY"):
                place = generator.randrange(len(data) // 2, len(data))
                return data[:place] + bytes([generator.randrange(256)]) + data[place + 1:]
            return changed_digit(data, generator)
        except (zipfile.BadZipFile, struct.error, zlib.error, ValueError, IndexError, RuntimeError, OSError,
                NotImplementedError):
            pass
    return changed_bytes(data, generator)


def main():
    program, mutants = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    generator = random.Random(19)
    corpora = [path for path in sorted((ROOT / "tests/fuzz/corpus").rglob("*")) if path.is_file()]
    corpora = [path for path in corpora if path.parent.name in ("dump", "json", "npy", "npz", "pickle", "safetensors", "torch")]
    real = [path for path in sorted((ROOT / "data").rglob("*"))
            if path.is_file() and path.stat().st_size < LARGEST_SEED and path.suffix in SUFFIXES]
    broken = [path for path in real if "broken" in path.parts]
    read = corpora + [path for path in real if path not in broken]
    with tempfile.TemporaryDirectory() as folder:
        files = corpora + real
        for number, path in enumerate(read):
            data = path.read_bytes()
            for i in range(mutants * (1 if path in corpora else 4)):
                mutant = pathlib.Path(folder) / f"{number}-{i}"
                mutant.write_bytes(changed(data, generator))
                files.append(mutant)
        names = "".join(f"{path}\n" for path in files)
        done = subprocess.run([program], input=names, capture_output=True, text=True, check=True)
        counts = collections.Counter()
        for path, line in zip(files, done.stdout.splitlines(), strict=True):
            told = json.loads(line)
            if "refused" in told or not told["format"].startswith(FORMATS) or told["format"] in ("JSON graph", "JSON edges"):
                counts["refused or edges"] += 1
                continue
            fault = peer(told, path.read_bytes())
            counts["different" if fault else "the same"] += 1
            if fault:
                print(f"{path}: {fault}")
                if path.is_relative_to(folder):
                    print(f"  {path.read_bytes()[:300]!r}")
    print(f"differential: {counts['the same']} passed, {counts['different']} failed, {counts['refused or edges']} refused or edges")
    sys.exit(1 if counts["different"] or not counts["the same"] else 0)


main()
