"""The programs that are measured: where they are, and their versions."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DEBIAN_PYTHON = "/usr/bin/python3"
VERSIONS = """
import importlib.metadata as m, sys
for name in sys.argv[1:]:
    try: print(name, m.version(name))
    except m.PackageNotFoundError: pass
"""
PEERS = ["numpy", "scipy", "torch", "igraph", "networkx", "networkit", "orjson", "ripser"]


def output_of(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


class Programs:
    """Paths of attngraph, its kernels, the peers' Python and Debian's; empty where missing."""

    def __init__(self, attngraph):
        self.attngraph = os.path.abspath(attngraph)
        self.build = os.path.dirname(self.attngraph)
        self.tools = os.path.join(self.build, "bench")
        os.makedirs(self.tools, exist_ok=True)
        self.missing = []
        self.python = self.peers_python()
        self.graph_tool = self.graph_tool_version()
        self.launcher = self.compiled("launch")
        self.limits = self.compiled("limits")
        self.kernels = self.built_kernels()
        if not self.launcher:
            sys.exit("bench: needs g++ to build its launcher")
        if not os.access(self.attngraph, os.X_OK):
            self.missing.append(f"attngraph: no program at {attngraph}")

    def peers_python(self):
        script = os.path.join(HERE, "..", "tools", "venv.sh")
        done = subprocess.run(["sh", script, os.path.join(HERE, "requirements.txt")],
                              stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.strip()
        self.missing.append("the peers of requirements.txt (no virtual environment): Debian's "
                            "packages instead, where installed")
        return DEBIAN_PYTHON

    def graph_tool_version(self):
        ask = "import graph_tool; print(graph_tool.__version__)"
        version = output_of([DEBIAN_PYTHON, "-c", ask])
        if not version:
            self.missing.append("graph-tool: Debian's python3-graph-tool is not installed")
        return version

    def compiled(self, name):
        source = os.path.join(HERE, "tools", name + ".cpp")
        program = os.path.join(self.tools, name)
        if os.path.exists(program) and os.path.getmtime(program) > os.path.getmtime(source):
            return program
        done = subprocess.run(["g++", "-std=c++20", "-O3", "-march=native", "-pthread", source,
                               "-o", program], check=False)
        return program if done.returncode == 0 else ""

    def built_kernels(self):
        done = subprocess.run(["cmake", "--build", self.build, "--target", "attngraph_kernels"],
                              capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return os.path.join(self.build, "attngraph_kernels")
        said = [line for line in (done.stdout + done.stderr).splitlines() if "error" in line]
        self.missing.append("attngraph in-process (attngraph_kernels does not build"
                            + (f": {said[0].strip()})" if said else ")"))
        return ""

    def peer(self, script, *arguments, python=None):
        """The command that runs one of the scripts in peers/."""
        path = os.path.join(HERE, "peers", script + ".py")
        return [python or self.python, path, *map(str, arguments)]

    def kernel(self, *arguments, threads=None):
        """The command that times a function of attngraph, on all cores unless told otherwise."""
        count = threads or len(os.sched_getaffinity(0))
        return [self.kernels, str(count), *map(str, arguments)] if self.kernels else []

    def versions(self):
        """{program: version} of everything that takes part."""
        found = {"attngraph": output_of([self.attngraph, "--version"]) or "not available"}
        for line in output_of([self.attngraph, "--version", "-v"]).splitlines()[1:]:
            name, _, version = line.strip().partition(" ")
            found[f"attngraph's {name}"] = version.strip()
        ask = "import platform; print(platform.python_version())"
        found["Python"] = output_of([self.python, "-c", ask])
        for line in output_of([self.python, "-c", VERSIONS, *PEERS]).splitlines():
            name, _, version = line.partition(" ")
            found[name] = version
        if self.graph_tool:
            found["graph-tool"] = self.graph_tool
        return found
