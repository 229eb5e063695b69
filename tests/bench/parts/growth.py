"""How the time grows with the number of tokens."""

import math

from section import Section, seconds_text

LETTER, TITLE = "i", "Growth"


def exponent(sizes, seconds):
    """Slope of log(seconds) over log(size), by least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    across = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
    return across / sum((a - mean_x) ** 2 for a in x)


def cases(bench):
    """(what, smallest number of tokens, arguments for a number of tokens)"""
    def stack(layers, heads):
        return lambda tokens: bench.attention(layers, heads, tokens)

    def ask(command, layers, heads, *options):
        make = stack(layers, heads)
        return lambda tokens: [command, make(tokens), *options]

    def attend(tokens):
        return ["attend", "--query", bench.scores(0, tokens, 64, 4), "--key",
                bench.scores(0, tokens, 64, 5), "--top-k", "16"]

    return [
        ("rollout, 12 x 12 heads", 128, ask("rollout", 12, 12)),
        ("attend --top-k 16, width 64", 8192, attend),
        ("centrality --metric pagerank, 12 heads", 256,
         ask("centrality", 1, 12, "--metric", "pagerank")),
        ("centrality --metric betweenness, 12 heads", 128,
         ask("centrality", 1, 12, "--metric", "betweenness")),
        ("flow of one output, 12 layers", 64, ask("flow", 12, 12, "--target", "0")),
        ("heads, 12 x 12", 128, ask("heads", 12, 12)),
    ]


def run(bench):
    section = Section(LETTER, TITLE, (
        "Whole process less the time of `--version`, at n, 2n and 4n tokens, and the exponent of n "
        "that fits. Reading the file alone grows with exponent 2."))
    start = bench.start()
    rows = []
    for what, smallest, arguments in cases(bench):
        sizes = [smallest * factor // (4 if bench.quick else 1) for factor in (1, 2, 4)]
        commands = {size: [bench.attngraph, *arguments(size), "-o", bench.out("growth.csv")]
                    for size in sizes}
        measured = list(bench.watch.whole(commands, runs=3).values())
        for result in measured:
            section.explain(what, result)
        if any(result.median is None for result in measured):
            rows.append([what, sizes[0], *["not available"] * 3, ""])
            continue
        seconds = [max(result.median - start, 1e-5) for result in measured]
        rows.append([what, f"{sizes[0]:,}", *map(seconds_text, seconds),
                     f"{exponent(sizes, seconds):.2f}"])
    section.table(["", "n", "n", "2n", "4n", "exponent"], rows)
    return section
