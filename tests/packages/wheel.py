"""Tries the wheel as a user would: in clean virtual environments, from a folder that is no checkout.

    python3 tests/packages/wheel.py WHEEL
"""

import json
import os
import re
import sys
import tempfile
import zipfile
from pathlib import Path

from checks import ROOT, check_all, environment, needs, run

WHEEL = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-wheel-")
MODULE_TEST = ROOT / "tests/packages/python_module_test.py"


def installed(python, folder, *more):
    """The programs of a virtual environment that holds the wheel and nothing else."""
    environment_folder = Path(SCRATCH.name, folder)
    run(python, "-m", "venv", *more, environment_folder)
    bin = environment_folder / "bin"
    run(bin / "python", "-m", "pip", "install", "-q", "--no-index", "--no-deps", WHEEL)
    return bin


def tried(bin):
    """The command on PATH, and the module's own tests."""
    path = environment(PATH=f"{bin}{os.pathsep}{os.environ['PATH']}")
    shown = run("attngraph", "heads", "data/minilm/short/attention.npy", "--csv", "-q", env=path)
    assert shown.startswith("layer,head,type"), shown
    shown = run("attngraph", "heads", "nowhere.npy", env=path, status=4)
    assert "nowhere.npy" in shown, shown
    return run(bin / "python", MODULE_TEST, env=environment(), cwd=SCRATCH.name)


def with_python():
    """a clean environment of python3"""
    assert "OK" in tried(installed("python3", "python3"))


def with_pypy():
    """a clean environment of pypy3"""
    needs("pypy3")
    shown = tried(installed("pypy3", "pypy3"))
    assert "OK" in shown and shown.startswith("pypy"), shown


def from_sources():
    """pip install of the sources, with a program that is built"""
    bin = Path(SCRATCH.name, "sources/bin")
    run("python3", "-m", "venv", bin.parent)
    built = WHEEL.parents[1] / "attngraph"
    run(bin / "pip", "install", "-q", "--no-index", "--config-settings", f"program={built}", "./app/python")
    assert "OK" in tried(bin)


def full():
    """The environment of requirements.txt, with the wheel in a folder on its path."""
    python = run("sh", "tests/tools/venv.sh", "tests/packages/requirements.txt").splitlines()[-1]
    target = Path(SCRATCH.name, "target")
    if not target.exists():
        install = ["-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target"]
        run(python, *install, target, WHEEL)
    return python, environment(PYTHONPATH=str(target))


def with_pandas():
    """with NumPy and pandas, and the Python of docs/python.md"""
    python, path = full()
    shown = run(python, MODULE_TEST, env=path, cwd=SCRATCH.name)
    assert "OK (skipped=5)" in shown, shown
    text = (ROOT / "docs/python.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    folder = Path(SCRATCH.name, "document")
    folder.mkdir()
    (folder / "data").symlink_to(ROOT / "data")
    assert "nowhere.npy" in run(python, "-c", "\n".join(blocks), env=path, cwd=folder)


def with_torch():
    """with the PyTorch of Debian"""
    needs("/usr/bin/python3")
    _, path = full()
    shown = run("/usr/bin/python3", MODULE_TEST, "Tensors", env=path, cwd=SCRATCH.name)
    assert "OK" in shown and "skipped" not in shown, shown


def types():
    """the types hold (mypy --strict), and are seen by users (py.typed)"""
    python, path = full()
    target = Path(path["PYTHONPATH"], "attngraph")
    run(python, "-m", "mypy", "--strict", "--ignore-missing-imports", target, env=environment())
    user = Path(SCRATCH.name, "user.py")
    user.write_text("import attngraph\n\nx: int = attngraph.version()\n")
    shown = run(python, "-m", "mypy", "--strict", user, env={**path, "MYPYPATH": ""}, status=1)
    assert "Incompatible types" in shown, shown


def notebook():
    """a notebook shows frames, pictures and pages"""
    python, path = full()
    folder = Path(SCRATCH.name, "notebook")
    folder.mkdir()
    (folder / "data").symlink_to(ROOT / "data")
    written = folder / "done.ipynb"
    convert = ["-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--stdin"]
    with open(ROOT / "docs/examples/notebook.ipynb") as source:
        run(python, *convert, "--output", written, stdin=source, cwd=folder, env=path)
    cells = json.loads(written.read_text())["cells"]
    shown = [cell.get("outputs", []) for cell in cells if cell["cell_type"] == "code"]
    assert "sink_mass" in "".join(shown[0][0]["data"]["text/html"])
    assert "<svg" in "".join(shown[1][0]["data"]["image/svg+xml"])
    assert "(17, 17)" in "".join(shown[2][0]["data"]["text/plain"])
    assert "<iframe" in "".join(shown[3][0]["data"]["text/html"])
    assert "|" in "".join(shown[4][0]["text"])


def licences():
    """the licence of every library inside is inside"""
    with zipfile.ZipFile(WHEEL) as archive:
        names = archive.namelist()
        listed = archive.read(next(n for n in names if n.endswith("INSIDE.txt"))).decode()
    libraries = [name.split("/")[1] for name in names if ".libs/" in name]
    assert libraries and all(name in listed for name in libraries)
    for line in listed.splitlines()[2:]:
        assert any(name.endswith(f"/{line.split()[0]}.copyright") for name in names), line
    assert "manylinux" in WHEEL.name


check_all([licences, with_python, with_pypy, from_sources, with_pandas, with_torch, types, notebook])
