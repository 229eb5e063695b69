"""Random structures that torch.save, pickle and numpy.save write, read back number by number: both
forms of torch.save, pickle protocols 2 to 5, every dtype, views that are sliced, transposed and
expanded, storages that are shared, parameters, containers and objects of classes of their own.

The names that are expected come from the same objects, walked over in Python.
"""

import collections
import dataclasses
import io
import pathlib
import pickle
import pickletools
import subprocess
import zipfile

import numpy as np
import torch

from against import Oracle

oracle = Oracle("torch")
random = np.random.default_rng(11)
DTYPES = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32,
          torch.int16, torch.int8, torch.uint8, torch.bool]
SHAPES = [(4, 4), (3, 4, 4), (2, 3, 4, 4)]


class Holder:
    """Pickled by its state."""


class Slots:
    __slots__ = ("first", "second")


class Output(collections.OrderedDict):
    """As the outputs of transformers: items, and the same as attributes and arguments."""

    def __init__(self, *fields):
        super().__init__()
        for name, value in zip(("logits", "attentions", "hidden_states"), fields):
            setattr(self, name, value)
            if value is not None:
                self[name] = value

    def __reduce__(self):
        function, _, *rest = super().__reduce__()
        fields = tuple(getattr(self, n) for n in ("logits", "attentions", "hidden_states"))
        return (function, fields, *rest)


@dataclasses.dataclass
class Record:
    query: object
    key: object


Pair = collections.namedtuple("Pair", "left right")

# --- random objects ------------------------------------------------------------------------------


def pick(choices):
    return choices[random.integers(len(choices))]


def new_tensor(shape, dtype):
    numbers = random.random(shape)
    if dtype == torch.bool:
        return torch.as_tensor(numbers).gt(0.5)
    return torch.as_tensor(numbers if dtype.is_floating_point else 100 * numbers).to(dtype)


def view_of(shape, dtype):
    """A tensor of this shape that lies in a larger storage, in any order."""
    way = random.integers(6)
    if way == 0:
        return new_tensor((5,) + shape, dtype)[random.integers(5)]
    if way == 1:
        return new_tensor(shape[:-1] + (9,), dtype)[..., 1::2]
    if way == 2:
        order = [int(i) for i in random.permutation(len(shape))]
        base = [0] * len(shape)
        for place, axis in enumerate(order):
            base[axis] = shape[place]
        return new_tensor(tuple(base), dtype).permute(order)
    if way == 3:
        return new_tensor(shape[:-2] + (1, shape[-1]), dtype).expand(shape)
    if way == 4:
        return new_tensor((), dtype).expand(shape)
    return new_tensor(shape, dtype)


def tensor(shared):
    if shared and random.random() < 0.2:
        base = pick(shared)
        return pick([base, base.transpose(-1, -2), base.detach()])
    dtype = pick(DTYPES)
    made = view_of(pick(SHAPES), dtype)
    if dtype.is_floating_point and random.random() < 0.15:
        made = torch.nn.Parameter(made.contiguous())
    shared.append(made)
    return made


def array(_):
    made = view_of(pick(SHAPES), pick([d for d in DTYPES if d != torch.bfloat16])).numpy()
    if random.random() < 0.3 and made.dtype.itemsize > 1:
        made = made.astype(made.dtype.newbyteorder(">"))
    return np.asfortranarray(made) if random.random() < 0.3 else made


def value(leaf, depth, shared):
    kind = random.integers(10 if depth < 3 else 2)
    part = lambda: value(leaf, depth + 1, shared)
    if kind < 2:
        return leaf(shared)
    if kind == 2:
        return [part() for _ in range(random.integers(1, 4))]
    if kind == 3:
        return tuple(part() for _ in range(random.integers(1, 5)))
    if kind == 4:
        return {pick(["a", "b", ("c", 1), 7]): part(), "x": pick([None, 1.5, "text", 2**40])}
    if kind == 5:
        made = Holder()
        made.weights, made.name = part(), "holder"
        return made
    if kind == 6:
        made = Slots()
        made.first, made.second = part(), part()
        return made
    if kind == 7:
        return Output(leaf(shared), (part(), part()), pick([None, leaf(shared)]))
    return Record(part(), part()) if kind == 8 else Pair(part(), part())


# --- the names and numbers to find -----------------------------------------------------------------


def path(*parts):
    return ".".join(str(p) for p in parts if p != "")


def walk(made, name, found, seen):
    """Arrays by name; a container that was met before is not walked again."""
    if isinstance(made, (torch.Tensor, np.ndarray)) and getattr(made, "dtype", None) != object:
        found[name] = made
        return
    if id(made) in seen or not isinstance(made, (list, tuple, dict, Holder, Slots, Record, np.ndarray)):
        return
    seen.add(id(made))
    if isinstance(made, dict):
        for key, item in made.items():
            walk(item, path(name, path(*key) if isinstance(key, tuple) else key), found, seen)
    elif isinstance(made, (list, tuple, np.ndarray)):
        for i, item in enumerate(made):
            walk(item, path(name, i), found, seen)
    else:
        fields = made.__slots__ if isinstance(made, Slots) else vars(made)
        for field in fields:
            walk(getattr(made, field), path(name, field), found, seen)


def expected_arrays(made):
    found = {}
    walk(made, "", found, set())
    return {name: (t.detach().to(torch.float64).numpy() if isinstance(t, torch.Tensor)
                   else t.astype(np.float64), is_narrow(t)) for name, t in found.items()}


def is_narrow(made):
    if isinstance(made, torch.Tensor):
        return made.dtype in (torch.float32, torch.float16, torch.bfloat16)
    return made.dtype.kind == "f" and made.dtype.itemsize <= 4


def answered(file, name, shape):
    found = np.zeros((1,) * (4 - len(shape)) + shape)
    choice = ("--tensor", name) if name else ()
    axes = ",".join(("layer", "head", "query", "key")[-len(shape):])
    for row in oracle.rows("graph", file, "--normalize", "none", "--axes", axes, *choice):
        found[tuple(int(row[n]) for n in ("layer", "head", "source", "target"))] = float(row["weight"])
    return found.reshape(shape)


def same(what, file, made):
    for name, (numbers, narrow) in expected_arrays(made).items():
        got = answered(file, name, numbers.shape)
        if narrow:
            got, numbers = got.astype(np.float32), numbers.astype(np.float32)
        oracle.check(f"{what}: {name} {numbers.shape}", np.array_equal(got, numbers))


def write(name, data):
    file = pathlib.Path(oracle.folder.name) / name
    file.write_bytes(data)
    return str(file)


def saved(made, **options):
    file = io.BytesIO()
    torch.save(made, file, **options)
    return file.getvalue()


def big_endian(made):
    """As a machine of that byte order saves it: the numbers of each storage turned round."""
    source = zipfile.ZipFile(io.BytesIO(saved(made)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if "/data/" in name:
                data = np.frombuffer(data, "<f4").astype(">f4").tobytes()
            target.writestr(name, b"big" if name.endswith("byteorder") else data)
        if not any(name.endswith("byteorder") for name in source.namelist()):
            target.writestr(source.namelist()[0].split("/")[0] + "/byteorder", b"big")
    return file.getvalue()


for trial in range(24):
    made = value(tensor, 0, [])
    same(f"zip {trial}", write("a.pt", saved(made)), made)
    if trial % 2 == 0:
        same(f"legacy {trial}", write("a.pt", saved(made, _use_new_zipfile_serialization=False)), made)
    if trial % 4 == 0:
        protocol = 2 + trial // 4 % 4
        same(f"pickle {protocol} {trial}", write("a.pkl", pickle.dumps(made, protocol)), made)
for trial in range(12):
    made = value(array, 0, [])
    protocol = 2 + trial % 4
    same(f"arrays {protocol} {trial}", write("a.pkl", pickle.dumps(made, protocol)), made)
    same(f"arrays in zip {trial}", write("a.pt", saved(made)), made)
for trial in range(6):
    made = np.empty(3, object)
    made[:] = [array(None), [array(None)], {"tokens": ["a", "b"], "attention": array(None)}]
    file = io.BytesIO()
    np.save(file, made, allow_pickle=True)
    same(f"npy {trial}", write("a.npy", file.getvalue()), made)
    file = io.BytesIO()
    np.savez(file, member=made)
    same(f"npz {trial}", write("a.npz", file.getvalue()), {"member": made})
for trial in range(3):
    made = [new_tensor((2, 4, 4), torch.float32) for _ in range(2)]
    same(f"big-endian {trial}", write("a.pt", big_endian(made)), made)

# Every opcode that pickletools lists is read, or refused by name; every other byte is unknown.
known = {ord(opcode.code) for opcode in pickletools.opcodes}
for code in range(256):
    file = write("a.pkl", b"\x80\x04" + bytes([code]) + bytes(40) + b".")
    run = subprocess.run([oracle.program, "inspect", file], capture_output=True, text=True)
    unknown = f"the opcode 0x{code:02x} is unknown" in run.stderr
    oracle.check(f"opcode 0x{code:02x}: {run.stderr}", run.returncode in (3, 5) and unknown == (code not in known))

oracle.finish()
