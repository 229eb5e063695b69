"""Tries what `make install` puts below a prefix.

    python3 tests/packages/install.py BUILD
"""

import os
import re
import sys
import tempfile
from pathlib import Path

from checks import ROOT, check_all, environment, needs, run

BUILD = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-install-")
PREFIX = Path(SCRATCH.name, "prefix")
ATTENTION = "data/minilm/short/attention.npy"
EXAMPLE = ROOT / "docs/examples/downstream"


def expected():
    program = PREFIX / "bin/attngraph"
    table = run(program, "rollout", ATTENTION, "--target", "0", "--csv", "-q").split()
    column = table[0].split(",").index("rollout")
    return [float(line.split(",")[column]) for line in table[1:]]


def agrees(program):
    found = [float(line) for line in run(program, ATTENTION).split()]
    pairs = list(zip(found, expected(), strict=True))
    assert pairs and all(abs(a - b) < 1e-5 for a, b in pairs), pairs


def installs():
    """cmake --install below a prefix of its own"""
    run("cmake", "--install", BUILD, "--prefix", PREFIX)
    assert run(PREFIX / "bin/attngraph", "--version").startswith("attngraph 1.")


def words(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def manual_pages():
    """every option and column that help shows stands in the manual page"""
    needs("man", "scdoc")
    program = PREFIX / "bin/attngraph"
    pages = {page.name.split(".")[0]: page for page in PREFIX.rglob("*.1.gz")}
    general = run(program, "--help").split("\nCommands:\n")[1]
    names = re.findall(r"^  ([a-z]+)  ", general, re.MULTILINE)
    assert len(names) > 15
    path = environment(MANWIDTH="400", LC_ALL="C.UTF-8", MAN_KEEP_FORMATTING="")
    shown = {name: run("man", "--warnings", "-l", page, env=path) for name, page in pages.items()}
    for name in names:
        page = shown.get(f"attngraph-{name}")
        if page is None:
            assert f"attngraph {name}" in shown["attngraph"], name
            continue
        assert f"attngraph-{name}(1)" in shown["attngraph"], name
        missing = words(run(program, name, "--help")) - words(page) - {"--help"}
        assert not missing, (name, missing)
    assert len(pages) >= len(names) - 4


def cmake_package():
    """a program that finds the libraries by CMake"""
    build = Path(SCRATCH.name, "by-cmake")
    run("cmake", "-S", EXAMPLE, "-B", build, f"-DCMAKE_PREFIX_PATH={PREFIX}")
    run("cmake", "--build", build)
    agrees(build / "downstream")


def pkg_config():
    """a program that finds the libraries by pkg-config"""
    needs("pkg-config", "g++")
    (folder,) = PREFIX.rglob("pkgconfig")
    path = environment(PKG_CONFIG_PATH=str(folder))
    flags = run("pkg-config", "--cflags", "--libs", "attngraph", env=path).split()
    program = Path(SCRATCH.name, "by-pkg-config")
    run("g++", "-std=c++20", EXAMPLE / "main.cpp", "-o", program, *flags)
    agrees(program)


def headers():
    """no installed file names the folder of the build"""
    for path in PREFIX.rglob("*"):
        if path.is_file() and path.suffix in (".cmake", ".pc", ".hpp"):
            assert str(BUILD) not in path.read_text(), path
    assert os.access(PREFIX / "include/attngraph/core/error.hpp", os.R_OK)


check_all([installs, manual_pages, cmake_package, pkg_config, headers])
