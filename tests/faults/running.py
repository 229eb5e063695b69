"""What the drivers of faults share: inputs, runs that must end, and a list of what was wrong."""

import pathlib
import random
import shutil
import struct
import subprocess
import sys

LONGEST = 60  # seconds
SEED = 19
failures = []


def check(holds, what, told=""):
    if not holds:
        failures.append(what)
        print(f"WRONG {what}: {told[:400]}", flush=True)


def npy(layers, heads, tokens):
    """Attention of equal rows, [layer, head, query, key] float32."""
    shape = (layers, heads, tokens, tokens)
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }" % (shape,)
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    row = struct.pack("<f", 1 / tokens) * tokens
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + row * (
        layers * heads * tokens)


class Bench:
    def __init__(self, program, folder):
        self.program = str(pathlib.Path(program).resolve())
        self.folder = pathlib.Path(folder)
        self.random = random.Random(SEED)
        (self.folder / "large.npy").write_bytes(npy(4, 8, 256))
        (self.folder / "in").mkdir()
        for i in range(40):
            (self.folder / "in" / f"{i}.npy").write_bytes(npy(1, 2, 64))
        self.inputs = [f"in/{i}.npy" for i in range(40)]

    def start(self, words, **how):
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
        return subprocess.Popen([self.program, *words], cwd=self.folder, **how)

    def clear(self):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        (self.folder / "out").mkdir()

    def outputs(self):
        return {p.name: p.read_bytes() for p in sorted((self.folder / "out").iterdir())}


def ended(process, what):
    """Its status, output and errors; a hang is a fault."""
    try:
        out, err = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        check(False, what, "hangs")
        out, err = process.communicate()
    return process.returncode, out or b"", (err or b"").decode(errors="replace")


def is_temporary(name, plain):
    return name not in plain and any(name.startswith(one + ".") for one in plain)


def report():
    """Says how much was wrong, and ends."""
    print(f"{len(failures)} wrong")
    sys.exit(1 if failures else 0)
