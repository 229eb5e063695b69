"""Several questions of one file."""

from section import Section, seconds_text

LETTER, TITLE = "u", "All metrics at once"


def run(bench):
    tokens = 64 if bench.quick else 256
    stack = bench.attention(1, 12, tokens)
    section = Section(LETTER, TITLE, (
        f"`centrality --metric all` of 12 dense heads of {tokens} x {tokens}, which reads and checks "
        "the file once, beside each of its metrics asked for alone. Whole process less the time of "
        "`--version`."))

    def ask(metric):
        return [bench.attngraph, "centrality", stack, "--metric", metric, "-o",
                bench.out(f"{metric}.csv")]

    start = bench.start()
    bench.watch.once(ask("all"))
    with open(bench.out("all.csv"), encoding="utf-8") as file:
        metrics = file.readline().strip().split(",")[4:]
    measured = bench.watch.whole({metric: ask(metric) for metric in ["all", *metrics]}, runs=3)
    for name, result in measured.items():
        section.explain(name, result)
    known = {name: result.median - start for name, result in measured.items() if result.median}
    together, alone = known.get("all"), sum(known[name] for name in metrics if name in known)
    rows = [[name, seconds_text(seconds)] for name, seconds in known.items()]
    section.table(["metric", "time"], [*rows, ["each alone, together", seconds_text(alone)]])
    ratio = together and together / alone
    section.at_most("all at once, each alone", ratio, 1.2)
    return section
