"""Tries the tarball of the sources, without git: it configures, every source is there, a floor builds.

    python3 tests/packages/dist.py TARBALL
"""

import re
import sys
import tarfile
import tempfile
from pathlib import Path

from checks import check_all, environment, run

TARBALL = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-dist-")
PATH = environment(GIT_DIR="/nowhere")


def unpacked():
    (folder,) = Path(SCRATCH.name).glob("attngraph-*")
    return folder


def unpacks():
    """it unpacks into one folder named after the version"""
    with tarfile.open(TARBALL) as archive:
        archive.extractall(SCRATCH.name)
    assert unpacked().name == TARBALL.name.removesuffix(".tar.gz")


def version():
    """its version is the newest of the changelog, and the one that is cited"""
    number = unpacked().name.removeprefix("attngraph-")
    newest = re.search(r"^## ([\d.]+), \d+ \w+ \d{4}$", (unpacked() / "docs/changelog.md").read_text(), re.MULTILINE)
    cited = re.search(r"version = {([\d.]+)}", (unpacked() / "docs/cite.md").read_text())
    assert newest.group(1) == cited.group(1) == number, (newest.group(1), cited.group(1), number)


def configures():
    """CMake finds every source of the program"""
    run("cmake", "-G", "Ninja", "-S", ".", "-B", "build", "-DATTNGRAPH_TESTS=OFF", cwd=unpacked(), env=PATH)
    run("ninja", "-C", "build", "-n", "attngraph", cwd=unpacked(), env=PATH)


def builds():
    """a floor builds, and make knows what to do"""
    run("ninja", "-C", "build", "attngraph_core", cwd=unpacked(), env=PATH)
    assert "make wheel" in run("make", "help", cwd=unpacked(), env=PATH)


check_all([unpacks, version, configures, builds])
