"""Answers from queries and keys alone, where a matrix of all pairs would not fit."""

from section import Section, bytes_text, ratio_text, seconds_text, times

LETTER, TITLE = "t", "Long contexts from queries and keys"


def queries_and_keys(bench, tokens, causal):
    return ["--query", bench.scores(0, tokens, 64, 4), "--key", bench.scores(0, tokens, 64, 5),
            "--causal", causal]


def beside_the_largest_weights(bench, section, tokens, causal, commands):
    """`commands` by name: (their words, at most so many times as long as attend)."""
    source = queries_and_keys(bench, tokens, causal)
    largest = "attend --top-k 16"
    commands = {largest: (["attend", "--top-k", "16"], None), **commands}
    asks = {name: [bench.attngraph, words[0], *source, *words[1:],
                   "-o", bench.out(words[0] + ".csv")] for name, (words, _) in commands.items()}
    measured = bench.watch.whole(asks, runs=3)
    rows = []
    kind = "" if causal == "yes" else ", not causal"
    for name, result in measured.items():
        section.explain(name, result)
        ratio = times(result, measured[largest])
        rows.append([name, seconds_text(result.median), ratio_text(ratio), bytes_text(result.peak)])
        bench.say_profile(section, asks[name], f" ({name}{kind})")
        if limit := commands[name][1]:
            section.at_most(f"{name}, {tokens:,} tokens{kind}, {largest}", ratio, limit)
    section.blocks.append(f"**{tokens:,} tokens{kind}**")
    section.table(["", "whole process", "to attend's", "peak memory"], rows)


def very_long(bench, section, tokens):
    source = queries_and_keys(bench, tokens, "yes")
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
        "One head of width 64, float32, causal unless it says otherwise. No n x n matrix is made: "
        "each command goes through the scores a tile at a time."))
    tokens = 2048 if bench.quick else 32768
    halves = f"prompt:0-{tokens // 2 - 1},answer:{tokens // 2}-{tokens - 1}"
    policies = ["evict", "--budget", "1024", "--policy", "h2o,tova,recent"]
    beside_the_largest_weights(bench, section, tokens, "yes", {
        "segments": (["segments", "--segments", halves], 3),
        "pairs": (["pairs"], 3),
        "evict": (policies, 3),
        "topology": (["topology"], 20),
    })
    beside_the_largest_weights(bench, section, tokens, "no", {
        "segments": (["segments", "--segments", halves], 3),
        "pairs": (["pairs"], 3),
        "topology": (["topology"], 20),
    })
    very_long(bench, section, 4096 if bench.quick else 131072)
    return section
