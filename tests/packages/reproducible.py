"""Checks that what is built holds nothing of the machine, the folder or the hour: objects compiled again
in a copy of the sources elsewhere, and packages packed twice, are the same byte by byte.

    python3 tests/packages/reproducible.py BUILD
"""

import json
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from checks import ROOT, Skip, check_all, environment, needs, run

BUILD = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-again-")
SAMPLE = ("app/main.cpp", "app/run.cpp", "lib/core/text/number_text.cpp", "lib/graph/igraph_door.cpp")


def objects():
    """objects compiled again elsewhere"""
    copy = Path(SCRATCH.name, "sources")
    for folder in ("app", "lib"):
        shutil.copytree(ROOT / folder, copy / folder)
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    commands = {entry["file"]: entry for entry in entries}
    for source in SAMPLE:
        entry = commands[str(ROOT / source)]
        words = shlex.split(entry["command"].replace(str(ROOT) + "/", f"{copy}/").replace(f"={ROOT}=", f"={copy}="))
        words = [word.replace(f"={ROOT}", f"={copy}") if word.startswith("-ffile") else word for word in words]
        made = Path(entry["directory"], words[words.index("-o") + 1].replace(str(copy), str(ROOT)))
        again = Path(SCRATCH.name, "again.o")
        words[words.index("-o") + 1] = str(again)
        run(*words, cwd=SCRATCH.name, env=environment(CCACHE_DISABLE="1"))
        assert again.read_bytes() == made.read_bytes(), source


def same(made):
    first, second = (made(Path(SCRATCH.name, name)) for name in ("first", "second"))
    assert first.name == second.name and first.read_bytes() == second.read_bytes()


def wheel():
    """a wheel packed twice"""
    python = run("sh", "tests/tools/venv.sh", "app/python/requirements.txt").split()[-1]
    path = environment(PATH=f"{Path(python).parent}:{os.environ['PATH']}")

    def made(folder):
        run(python, "app/python/make_wheel.py", BUILD, folder, env=path)
        return next(folder.glob("*.whl"))

    same(made)


def deb():
    """a Debian package packed twice"""
    needs("dpkg-shlibdeps")
    if "SOURCE_DATE_EPOCH" not in os.environ:
        raise Skip("the day of the release is not set; make packages does")
    build = BUILD.parent / f"{BUILD.name}-deb"

    def made(folder):
        run("cpack", "-D", f"CPACK_OUTPUT_FILE_PREFIX={folder}", cwd=build)
        return next(folder.glob("*.deb"))

    same(made)


check_all([objects, wheel, deb])
