"""Answers from queries and keys alone, where a matrix of all pairs would not fit."""

from section import Section, bytes_text, ratio_text, seconds_text, times

LETTER, TITLE = "t", "Long contexts from queries and keys"


def queries_and_keys(bench, tokens):
    return ["--query", bench.scores(0, tokens, 64, 4), "--key", bench.scores(0, tokens, 64, 5),
            "--causal", "yes"]


def beside_the_largest_weights(bench, section, tokens):
    source = queries_and_keys(bench, tokens)
    half = f"prompt:0-{tokens // 2 - 1},answer:{tokens // 2}-{tokens - 1}"
    commands = {
        "attend --top-k 16": (["attend", *source, "--top-k", "16"], None),
        "segments": (["segments", *source, "--segments", half], 3),
        "pairs": (["pairs", *source], 3),
        "evict": (["evict", *source, "--budget", "1024", "--policy", "h2o,tova,recent"], 3),
        "topology": (["topology", *source], 20),
    }
    measured = bench.watch.whole({
        name: [bench.attngraph, *words, "-o", bench.out(name.split()[0] + ".csv")]
        for name, (words, _) in commands.items()}, runs=3)
    rows = []
    for name, result in measured.items():
        section.explain(name, result)
        ratio = times(result, measured["attend --top-k 16"])
        rows.append([name, seconds_text(result.median), ratio_text(ratio), bytes_text(result.peak)])
        if limit := commands[name][1]:
            section.at_most(f"{name}, {tokens:,} tokens, attend --top-k 16", ratio, limit)
    section.blocks.append(f"**{tokens:,} tokens**")
    section.table(["", "whole process", "to attend's", "peak memory"], rows)


def very_long(bench, section, tokens):
    source = queries_and_keys(bench, tokens)
    response = ["--split", str(tokens - 1024)]
    commands = {"heads": ["heads", *source], "pairs": ["pairs", *source],
                "topology, MTop-Div of the last 1,024": ["topology", *source, *response]}
    measured = bench.watch.whole({
        name: [bench.attngraph, *words, "-o", bench.out("long.csv")]
        for name, words in commands.items()}, runs=1, budget=1)
    rows = []
    for name, result in measured.items():
        section.explain(name, result)
        rows.append([name, seconds_text(result.median), bytes_text(result.peak)])
        section.goal(f"{name}, {tokens:,} tokens: under 3 minutes", result.median,
                     result.median is not None and result.median < 180,
                     seconds_text(result.median))
        section.goal(f"{name}, {tokens:,} tokens: under 500 MB", result.median and result.peak,
                     result.peak < 500e6, bytes_text(result.peak))
    section.blocks.append(f"**{tokens:,} tokens**")
    section.table(["", "whole process", "peak memory"], rows)


def run(bench):
    section = Section(LETTER, TITLE, (
        "One causal head of width 64, float32. No n x n matrix is made: each command goes through "
        "the scores a tile at a time."))
    beside_the_largest_weights(bench, section, 2048 if bench.quick else 32768)
    very_long(bench, section, 4096 if bench.quick else 131072)
    return section
