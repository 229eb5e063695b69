"""Where the time of a command goes, by perf: the shares of its functions."""

import os
import re
import shutil
import subprocess

FEWEST = 4  # percent


def symbol_name(text):
    """`attngraph::(anonymous namespace)::maximum<float>` is `maximum`; of what is called by way of
    a std::function, the function that it lies in."""
    text = text.replace("(anonymous namespace)::", "")
    if text.startswith("std::_Function_handler<"):
        inner = re.search(r"attngraph::([\w:~]+)(?=[<(][^{]*\{lambda)", text)
        return inner.group(1) if inner else "std::function"
    bare = re.sub(r"\{lambda.*", "", text)
    while re.search(r"<[^<>]*>", bare):
        bare = re.sub(r"<[^<>]*>", "", bare)
    bare = re.sub(r"[(<].*", "", bare).strip()
    return bare.replace("attngraph::", "").rstrip(":") or text


def place_name(library, kind, symbol):
    """What a sample is counted for: a function of the program or a library with names, else where
    it lies."""
    if kind == "k":
        return "the kernel"
    if library.startswith("ld-linux"):
        return "the loader"
    return library if symbol.startswith("0x") else symbol_name(symbol)


def parsed(report):
    """[(percent, name)] of perf's report."""
    shares = {}
    for line in report.splitlines():
        found = re.match(r"\s*([\d.]+)%\s+(\S+)\s+\[(.)\]\s+(.+)", line)
        if found:
            name = place_name(*found.groups()[1:])
            shares[name] = shares.get(name, 0.0) + float(found[1])
    return sorted(((share, name) for name, share in shares.items()), reverse=True)


def profile(command, folder, environment=None):
    """`multiply 49 %, maximum 12 %, …`; why there is none in brackets."""
    if not shutil.which("perf"):
        return "(perf is not installed)"
    samples = os.path.join(folder, "perf.data")
    run = subprocess.run(["perf", "record", "-q", "-F", "4000", "-o", samples, "--", *command],
                         stdin=subprocess.DEVNULL, capture_output=True, env=environment,
                         check=False)
    if run.returncode != 0:
        return "(perf may not look at programs here)"
    report = subprocess.run(["perf", "report", "-i", samples, "--stdio", "--no-children", "-g",
                             "none", "-F", "overhead,dso,symbol"], capture_output=True, text=True,
                            check=False).stdout
    os.unlink(samples)
    shares = [f"{name} {share:.0f} %" for share, name in parsed(report) if share >= FEWEST]
    return ", ".join(shares) or "(no function stands out)"
