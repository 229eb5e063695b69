"""Runs the lines of docs/recipes.md; those whose program is not installed are said to be skipped.

    python3 tests/packages/pipeline.py ATTNGRAPH

Python of the system (networkx, igraph, NumPy) and of the environment of pipeline_requirements.txt.
"""

import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from checks import ROOT, check_all, environment, needs, run

PROGRAM = Path(sys.argv[1]).resolve()
SCRATCH = tempfile.TemporaryDirectory(prefix="attngraph-pipeline-")
DOCUMENT = (ROOT / "docs/recipes.md").read_text()


def prepare():
    """the files come from the lines of the document"""
    (Path(SCRATCH.name) / "attngraph").symlink_to(PROGRAM)
    path = environment(PATH=f"{SCRATCH.name}:{os.environ['PATH']}")
    run("attngraph", "demo", cwd=SCRATCH.name, env=path)
    lines = re.search(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL).group(1)
    run("sh", "-ec", lines, cwd=SCRATCH.name, env=path)


def line_of(name):
    line = re.search(rf"^\| {name} \| `(.*)` \|$", DOCUMENT, re.MULTILINE).group(1)
    return line.replace("\\|", "|")


def python_of(name, python):
    line = line_of(name)
    module = re.search(r"(?:print\()?([a-z]+)\.", line).group(1)
    return run(python, "-c", f"import {module}\n{line}", cwd=SCRATCH.name, env=environment())


def pinned():
    return run("sh", "tests/tools/venv.sh", "tests/packages/pipeline_requirements.txt").split()[-1]


def frames():
    """pandas, polars, DuckDB"""
    python = pinned()
    for name in ("pandas", "polars", "DuckDB"):
        assert "sink" in python_of(name, python), name
    assert "nlargest" in line_of("pandas, JSON lines")
    assert re.search(r"0\.8639|0\.863925", python_of("pandas, JSON lines", python))


def graphs():
    """NumPy, networkx and igraph"""
    assert python_of("NumPy", "/usr/bin/python3").count("1.") >= 10
    assert "n0" in python_of("networkx", "/usr/bin/python3")
    assert "'mice'" in python_of("igraph", "/usr/bin/python3")


def shells():
    """jq and awk"""
    needs("jq", "awk")
    assert "[CLS]" in run("sh", "-c", line_of("jq"), cwd=SCRATCH.name)
    assert float(run("sh", "-c", line_of("jq, JSON lines"), cwd=SCRATCH.name)) > 0
    assert "sink" in run("sh", "-c", line_of("awk"), cwd=SCRATCH.name)


def gephi():
    """GraphML by Gephi's rules: directed, a double called weight, a label for each node"""
    root = ElementTree.parse(Path(SCRATCH.name, "cats.graphml")).getroot()
    space = root.tag.removesuffix("graphml")
    assert space == "{http://graphml.graphdrawing.org/xmlns}"
    keys = {key.get("id"): key.attrib for key in root.findall(f"{space}key")}
    names = {(key["for"], key["attr.name"]): key["attr.type"] for key in keys.values()}
    assert names["edge", "weight"] == "double" and names["node", "label"] == "string", names
    (graph,) = root.findall(f"{space}graph")
    assert graph.get("edgedefault") == "directed"
    nodes = [node.get("id") for node in graph.findall(f"{space}node")]
    assert len(nodes) == len(set(nodes)) == 17
    for edge in graph.findall(f"{space}edge"):
        assert edge.get("source") in nodes and edge.get("target") in nodes
        data = {keys[one.get("key")]["attr.name"]: one.text for one in edge.findall(f"{space}data")}
        assert float(data["weight"]) > 0
    header = Path(SCRATCH.name, "edges.csv").read_text().splitlines()[0].split(",")
    assert {"source", "target", "weight"} <= set(header), header


check_all([prepare, frames, graphs, shells, gephi])
