"""Runs the steps of docs/examples/Containerfile that build, in a clean root, on the tarball of the sources:
they build there without git, and the package is the one that `make deb` made, byte by byte.

    python3 tests/packages/image.py TARBALL PACKAGE
"""

import sys
import tarfile
import tempfile
from pathlib import Path

from checks import Skip, check_all
from clean_root import made_clean, run_inside, run_steps, stages

TARBALL, PACKAGE = (Path(name).resolve() for name in sys.argv[1:])
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-image-")
CLEAN = Path(SCRATCH.name, "root")


def builds():
    """the first image of the recipe, in a clean root, from the tarball"""
    made_clean(CLEAN)
    with tarfile.open(TARBALL) as archive:
        archive.extractall(CLEAN)
    (CLEAN / TARBALL.name.removesuffix(".tar.gz")).rename(CLEAN / "src")
    run_steps(CLEAN, stages()[0])
    run_inside(CLEAN, "sh", "-ec", "ls /src/build/dist/attngraph_*.deb")


def same():
    """its package is the same, byte by byte"""
    if not CLEAN.exists():
        raise Skip("was not built")
    (made,) = CLEAN.glob("src/build/dist/attngraph_*.deb")
    assert made.name == PACKAGE.name and made.read_bytes() == PACKAGE.read_bytes()


check_all([builds, same])
