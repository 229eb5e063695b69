"""One run over many small files."""

import os
import shutil

from parts.growth import exponent
from section import Section, bytes_text, seconds_text

LETTER, TITLE = "r", "Many small files"
COUNTS = (25_000, 50_000, 100_000)


def listed(bench, count):
    """A list of `count` names, all of the same small attention."""
    folder = bench.out("many")
    os.makedirs(folder, exist_ok=True)
    names = [os.path.join(folder, f"{i}.npy") for i in range(count)]
    for i, name in enumerate(names):
        if os.path.exists(name):
            continue
        # A file has at most 65,000 names in some file systems.
        if i % 10_000 == 0:
            shutil.copyfile(bench.attention(1, 2, 16), name)
        else:
            os.link(names[i - i % 10_000], name)
    path = bench.out(f"many-{count}.txt")
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(names) + "\n")
    return path


def run(bench):
    section = Section(LETTER, TITLE, (
        "`heads` of 2 heads of 16 tokens in each file, one CSV of all of them: the time should grow "
        "with exponent 1, the memory by the names of the files alone."))
    counts = [count // (20 if bench.quick else 1) for count in COUNTS]
    commands = {count: [bench.attngraph, "heads", "--files-from", listed(bench, count), "-q", "-o",
                        bench.out("many.csv")] for count in counts}
    measured = bench.watch.whole(commands, runs=1)
    rows = []
    for count, result in measured.items():
        section.explain(f"{count:,} files", result)
        seconds = result.median
        rows.append([f"{count:,}", seconds_text(seconds),
                     f"{count / seconds:,.0f}" if seconds else "", bytes_text(result.peak)])
    section.table(["files", "whole process", "files a second", "peak memory"], rows)
    if all(result.median for result in measured.values()):
        slope = exponent(counts, [result.median for result in measured.values()])
        section.goal("time over number of files: exponent at most 1.1", slope, slope <= 1.1,
                     f"{slope:.2f}")
        first, last = (measured[count].peak for count in (counts[0], counts[-1]))
        each = (last - first) / (counts[-1] - counts[0])
        section.goal("memory for each further file: its name, at most 256 B", each, each <= 256,
                     f"{each:.0f} B")
    return section
