"""The program inside the wheel, or the one on PATH."""

from __future__ import annotations

import os
import shutil
import sys


_INSIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "attngraph")


def program() -> str:
    """The path of the program. ATTNGRAPH_PROGRAM names another one."""
    named = os.environ.get("ATTNGRAPH_PROGRAM")
    if named:
        return named
    if os.path.exists(_INSIDE):
        return _INSIDE
    found = shutil.which("attngraph")
    if found is None:
        raise FileNotFoundError("attngraph is neither in this package nor on PATH")
    return found


def main() -> None:
    """The command `attngraph`: this process becomes the program of the wheel."""
    os.execv(_INSIDE, ["attngraph", *sys.argv[1:]])
