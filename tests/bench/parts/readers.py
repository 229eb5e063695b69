"""How fast files are read and looked at."""

import os

from section import Section, seconds_text, time_cell

LETTER, TITLE = "h", "Reading files"
LIBDEFLATE, READER = "libdeflate alone", "attngraph, reader alone"


def rate(size, measured, start=0.0):
    """Bytes per second; None where there is no figure."""
    if measured.median is None:
        return None
    return size / max(measured.median - start, 1e-6)


def rate_text(value):
    return f"{value / 1e9:.2f} GB/s" if value else ""


def run(bench):
    tokens, json_tokens = (128, 32) if bench.quick else (512, 128)
    npy, small = bench.attention(12, 12, tokens), bench.attention(12, 12, json_tokens)
    files = {
        "NPY": (npy, {"numpy.sum of the mapped file": "sum"}),
        "NPZ, stored": (bench.input("stored", npy, ".npz"), {"numpy.load": "npz"}),
        "NPZ, stored layers": (bench.input("stored-layers", npy, ".npz"), {"numpy.load": "npz"}),
        "NPZ, deflated": (bench.input("deflated", npy, ".npz"),
                          {"numpy.load": "npz", LIBDEFLATE: "libdeflate"}),
        "NPZ, deflated layers": (bench.input("deflated-layers", npy, ".npz"),
                                 {"numpy.load": "npz", LIBDEFLATE: "libdeflate"}),
        "JSON": (bench.input("json", small, ".json"), {"orjson, numpy.array": "orjson",
                                                       "json, numpy.array": "json"}),
    }
    section = Section(LETTER, TITLE, (
        "`attngraph inspect FILE`, whole process less the time of `--version`: reading, checking "
        "and looking at every number. Bytes are those of the array "
        f"(12 x 12 x {tokens} x {tokens} float32; the inflated ones where deflated), of JSON those "
        f"of its text (12 x 12 x {json_tokens} x {json_tokens}). An NPZ holds one array, or one "
        "for each layer, as models are dumped: one array is inflated on one thread, several on "
        "all, by libdeflate, which also stands alone: that and new memory no reader can do "
        "without. Files are in the page cache. Peers are in-process and do not look at the "
        "numbers."))
    start = bench.start()
    rows, rates = [], {}
    for name, (path, peers) in files.items():
        size = os.path.getsize(path) if name == "JSON" else os.path.getsize(npy)
        whole = bench.watch.whole({"attngraph": [bench.attngraph, "inspect", path, "--json"]})
        commands = {peer: bench.peer("readers", kind, path, 3) for peer, kind in peers.items()}
        if name != "NPY":  # whose reader only maps the file
            commands[READER] = bench.kernel("read", path, bench.runs)
        inside = bench.inside(commands)
        bench.say_profile(section, [bench.attngraph, "inspect", path, "--json"], f" ({name})")
        for contestant, measured in (whole | inside).items():
            section.explain(contestant, measured)
            less = start if contestant == "attngraph" else 0.0
            rates[name, contestant] = rate(size, measured, less)
            rows.append([name, contestant, time_cell(measured), rate_text(rates[name, contestant])])
    section.table(["file", "", "time", "speed"], rows)
    section.remarks.append(f"Start: {seconds_text(start)}.")
    goals(section, rates)
    section.why("NPZ, stored", "a stored member has a checksum, which must be read before the numbers "
                "are: the file goes by twice, and is mapped in small pages.")
    return section


def goals(section, rates):
    memory = rates["NPY", "numpy.sum of the mapped file"]
    for name in ("NPY", "NPZ, stored", "NPZ, stored layers"):
        fast_enough(section, f"{name}: as fast as numpy.sum of the mapped file",
                    rates[name, "attngraph"], memory)
    for name in ("NPZ, deflated", "NPZ, deflated layers"):
        alone = rates[name, LIBDEFLATE]
        fast_enough(section, f"{name}, reader alone: as fast as libdeflate alone (10 %)",
                    rates.get((name, READER)), alone and 0.9 * alone)
    fast_enough(section, "JSON: at least 80 MB/s", rates["JSON", "attngraph"], 80e6)


def fast_enough(section, text, value, limit):
    known = value if limit else None
    section.goal(text, known, known and known >= limit, rate_text(value))
