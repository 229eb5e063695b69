"""Arrays as files the program reads. Bytes are passed on as they are: nothing is converted here.

Tensors of PyTorch are read where they lie (torch is never imported, bfloat16 stays bfloat16), arrays of
NumPy, JAX and whatever has `__array__` through NumPy, lists of numbers as JSON. A tuple or list of arrays
holds layers, one of such tuples the steps of `generate()`, a dictionary named arrays: these become NPZ.
"""

from __future__ import annotations

import ctypes
import io
import json
import sys
import zipfile
from typing import Any, Mapping

from .errors import InputError

_TORCH_TYPES = {
    "torch.float64": "<f8",
    "torch.float32": "<f4",
    "torch.float16": "<f2",
    "torch.bfloat16": "bfloat16",
    "torch.int64": "<i8",
    "torch.int32": "<i4",
    "torch.int16": "<i2",
    "torch.int8": "|i1",
    "torch.uint8": "|u1",
    "torch.bool": "|b1",
}


def is_array(value: Any) -> bool:
    """Whether a value is one array: a tensor, a NumPy array, or what can be made one."""
    return hasattr(value, "__array__") or hasattr(value, "__array_interface__") or _is_torch(value)


def is_arrays(value: Any) -> bool:
    """Whether a value holds numbers in any of the forms that `file_of` takes."""
    if is_array(value):
        return True
    if isinstance(value, Mapping):
        return bool(value) and all(is_arrays(part) for part in value.values())
    if isinstance(value, (list, tuple)):
        return any(is_array(part) or isinstance(part, (list, tuple)) for part in value)
    return False


def file_of(value: Any, name: str = "array") -> tuple[bytes, str]:
    """The bytes of a file that holds the arrays, and its ending; `name` is what an error calls them."""
    if value is None or (isinstance(value, (list, tuple, Mapping)) and not value):
        raise _missing(name, value)
    if is_array(value):
        return _npy(value), ".npy"
    if isinstance(value, Mapping):
        return _npz(_named(value)), ".npz"
    if isinstance(value, (list, tuple)):
        if any(_holds_arrays(part) or part is None for part in value):
            return _npz(_members(value)), ".npz"
        return json.dumps(value).encode(), ".json"
    raise TypeError(f"{type(value).__name__} is no array, no path and no list of them")


def _is_torch(value: Any) -> bool:
    return any(kind.__module__ == "torch" for kind in type(value).__mro__) and hasattr(
        value, "data_ptr"
    )


def _holds_arrays(value: Any) -> bool:
    return is_array(value) or (
        isinstance(value, (list, tuple)) and any(_holds_arrays(part) for part in value)
    )


def _members(layers: Any) -> dict[str, Any]:
    """Names that say which number counts steps and which counts layers."""
    steps = all(isinstance(part, (list, tuple)) for part in layers)
    if not steps:
        return {f"layer_{i}": layer for i, layer in enumerate(layers)}
    return {
        f"step_{i}.layer_{j}": layer for i, step in enumerate(layers) for j, layer in enumerate(step)
    }


def _named(arrays: Mapping[Any, Any]) -> dict[str, Any]:
    """The arrays of a dictionary; of a tuple of layers in it, each."""
    members: dict[str, Any] = {}
    for name, value in arrays.items():
        if isinstance(value, (list, tuple)) and any(_holds_arrays(part) for part in value):
            members.update({f"{name}.{one}": part for one, part in _members(value).items()})
        else:
            members[str(name)] = value
    return members


def _missing(name: str, value: Any) -> InputError:
    return InputError(
        f"{name}: is {value!r}, not an array",
        name,
        "a fused kernel returns no attention: load the model with attn_implementation='eager' and "
        "call it with output_attentions=True, or pass queries and keys",
    )


def _npz(members: Mapping[str, Any]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, value in members.items():
            if value is None:
                raise _missing(name, value)
            if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
                archive.writestr(name + ".json", json.dumps(list(value)))
            elif is_array(value):
                archive.writestr(name + ".npy", _npy(value))
            else:
                raise TypeError(f"{name}: {type(value).__name__} is no array")
    return target.getvalue()


def _npy(value: Any) -> bytes:
    if _is_torch(value):
        descr, shape, content = _torch(value)
    else:
        descr, shape, content = _numpy(value)
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape!r}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + content


def _torch(value: Any) -> tuple[str, tuple[int, ...], bytes]:
    descr = _TORCH_TYPES.get(str(value.dtype))
    if descr is None:
        raise InputError(f"tensor: {value.dtype} cannot be read", "tensor", "pass x.float()")
    if value.layout is not sys.modules["torch"].strided:
        value = value.to_dense()
    value = value.detach().cpu().contiguous()
    size = value.numel() * value.element_size()
    return descr, tuple(int(n) for n in value.shape), ctypes.string_at(value.data_ptr(), size)


def _numpy(value: Any) -> tuple[str, tuple[int, ...], bytes]:
    import numpy

    array = numpy.asarray(value)
    if array.dtype.hasobject:
        raise InputError(
            "array: holds objects, not numbers", "array", "save a plain array, or pass a tuple of them"
        )
    # A type that NumPy only borrows (bfloat16 of JAX) calls itself raw bytes.
    name = "bfloat16" if array.dtype.name == "bfloat16" else array.dtype.str
    return name, array.shape, array.tobytes()
