"""One call of the program: its arguments, and what its answer becomes."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from typing import Any, Mapping

from . import arrays
from .errors import AttnGraphError, SomeFailed, UsageError, error_for
from .program import program
from .results import Page, Picture

#: What `run` gives: a DataFrame or a list of dictionaries, an array, a dictionary of arrays, a Picture,
#: a Page, a text, the whole JSON object, or None where the answer went to a file.
Answer = Any

_FORMAT_OF_COMMAND = {"heatmap": "svg", "view": "html"}
_LABELS = {"tokens", "query_tokens"}
_LISTS = {"batch", "columns", "head", "layer", "metric"}
_YES_OR_NO = {"causal"}


def run(
    command: str,
    input: Any = ...,
    *,
    format: str | None = None,
    frame: bool | None = None,
    **options: Any,
) -> Answer:
    """Asks one question.

    command: as on the command line: "centrality", "rollout", "heads" …
    input: a path, a list of paths, or the attention itself: an array or tensor, a tuple of layers as
        models return it, a dictionary of named arrays. Left out where options name it (`query=`, `key=`).
    format: "npy" gives an array, "npz" a dictionary of them, "svg", "png" and "pdf" a Picture, "html" a
        Page, "json" the whole object, any other format its text. Without it: rows (of heatmap the
        picture, of view the page). `csv=True` and `json=True` are short for two of them.
    frame: whether rows are a pandas DataFrame; without it, where pandas is installed.
    options: `top_k=3` is --top-k 3, `words=True` is --words, `from_=1` is --from 1; lists are joined by
        commas, arrays and lists of labels go by files that are gone afterwards.

    Raises UsageError, InputError, FileError, LimitError or SomeFailed, each an AttnGraphError. What the
    program notes goes to sys.stderr; `quiet=True` leaves it out.
    """
    returned = options.get("out") in (None, "-")
    form = format or _short_format(options) or ("rows" if returned else None)
    if form == "rows":
        form = _FORMAT_OF_COMMAND.get(command, "rows")
    with tempfile.TemporaryDirectory(prefix="attngraph-") as folder:
        arguments = [command, "--json-errors"]
        if form is not None:
            arguments.append("--format=" + ("json" if form == "rows" else form))
        arguments += _options(options, folder)
        names, sent = _input(input)
        process = subprocess.run(
            [program(), *arguments, "--", *names],
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        said = process.stderr.decode(errors="replace").replace(folder + os.sep, "")
    errors = _errors(said)
    status = process.returncode
    if status not in (0, 1):
        raise _ended(status, errors, said)
    answer = None
    if returned and (process.stdout or status == 0):
        answer = _answer(process.stdout, form, frame)
    if status == 1:
        raise SomeFailed(errors, answer)
    return answer


def version() -> str:
    """The version of the program."""
    shown = subprocess.run([program(), "--version"], stdout=subprocess.PIPE, check=True).stdout
    return shown.decode().split()[1]


def _short_format(options: dict[str, Any]) -> str | None:
    """The format that a flag asks for; the flag is taken out."""
    return next((name for name in ("csv", "json") if options.pop(name, False)), None)


def _input(value: Any) -> tuple[list[str], bytes]:
    """The inputs to name, and what goes to standard input."""
    if value is ...:  # not None, which a model gives that was not asked for its attention
        return [], b""
    if _is_path(value):
        return [os.fspath(value)], b""
    if isinstance(value, (list, tuple)) and value and all(map(_is_path, value)):
        return [os.fspath(one) for one in value], b""
    return ["-"], arrays.file_of(value, "input")[0]


def _is_path(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike))


def _options(options: Mapping[str, Any], folder: str) -> list[str]:
    arguments = []
    for name, value in options.items():
        dashed = "--" + name.rstrip("_").replace("_", "-")
        if hasattr(value, "tolist") and (name in _LISTS or getattr(value, "ndim", None) == 0):
            value = value.tolist()
        if value is None or (value is False and name not in _YES_OR_NO):
            continue
        if value is True:
            arguments.append(dashed)
        elif value is False:
            arguments.append(dashed + "=no")
        elif isinstance(value, (str, list, tuple)) and not value:
            raise UsageError(f"{dashed}: is empty", dashed)
        else:
            arguments.append(dashed + "=" + _text(name, value, folder))
    return arguments


def _text(name: str, value: Any, folder: str) -> str:
    """What stands behind an option; arrays and labels become files of the folder."""
    if isinstance(value, (str, os.PathLike)):
        return os.fspath(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if name in _LABELS:
        return _written(folder, name + ".json", json.dumps([str(one) for one in value]).encode())
    if arrays.is_arrays(value):
        content, ending = arrays.file_of(value, name)
        return _written(folder, name + ending, content)
    if isinstance(value, Mapping):
        return ",".join(f"{key}:{part}" for key, part in value.items())
    return ",".join(str(part) for part in value)


def _written(folder: str, name: str, content: bytes) -> str:
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def _errors(said: str) -> list[AttnGraphError]:
    """What failed; notes are passed on."""
    errors = []
    for line in said.splitlines():
        if not line.startswith('{"error":'):
            print(line, file=sys.stderr)
            continue
        error = json.loads(line)["error"]
        errors.append(error_for(error["status"], error["message"], error["place"], error["hint"]))
    return errors


def _ended(status: int, errors: list[AttnGraphError], said: str) -> BaseException:
    number = -status if status < 0 else status - 128
    if number == signal.SIGINT:
        return KeyboardInterrupt()
    if errors:
        return errors[-1]
    if number > 0:
        return AttnGraphError(f"ended by signal {number}", status=128 + number)
    return AttnGraphError(said.strip() or f"ended with status {status}", status=status)


def _answer(output: bytes, form: str | None, frame: bool | None) -> Answer:
    if form == "rows":
        return _rows(json.loads(output), frame)
    if form == "json":
        return json.loads(output)
    if form in ("npy", "npz"):
        import numpy

        loaded = numpy.load(io.BytesIO(output), allow_pickle=False)
        return loaded if form == "npy" else {name: loaded[name] for name in loaded.files}
    if form in ("svg", "png", "pdf"):
        return Picture(output, form)
    if form == "html":
        return Page(output)
    return output.decode()


def _rows(answer: dict[str, Any], frame: bool | None) -> Any:
    rows = answer["results"]
    if frame is False:
        return rows
    try:
        import pandas
    except ImportError:
        if frame:
            raise
        return rows
    table = pandas.DataFrame(rows)
    table.attrs = {name: part for name, part in answer.items() if name != "results"}
    return table
