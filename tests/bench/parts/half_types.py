"""The commonest dumps are of half precision."""

from section import Section, bytes_text, ratio_text, seconds_text

LETTER, TITLE = "s", "Half precision"
COMMANDS = {"heads": ["--normalize", "none", "-o", "half.csv"], "inspect": ["--json"],
            "rollout": ["--normalize", "none", "-o", "half.npy"]}


def run(bench):
    tokens = 128 if bench.quick else 512
    stack = bench.attention(12, 12, tokens)
    files = {"float32": stack, "float16": bench.input("float16", stack, ".npy"),
             "bfloat16": bench.input("bfloat16", stack, ".safetensors")}
    section = Section(LETTER, TITLE, (
        f"The same 12 x 12 heads of {tokens} x {tokens} in three types: whole process less the time "
        "of `--version`. A half type has half the bytes to read, and every number to convert."))
    start = bench.start()
    rows = []
    for command, options in COMMANDS.items():
        options = [bench.out(word) if word.startswith("half.") else word for word in options]
        measured = bench.watch.whole({name: [bench.attngraph, command, path, *options]
                                      for name, path in files.items()})
        single = measured["float32"]
        for name, result in measured.items():
            section.explain(f"{command}, {name}", result)
            if result.median is None or single.median is None:
                rows.append([command, name, "not available", "", ""])
                continue
            bench.say_profile(section, [bench.attngraph, command, files[name], *options],
                              f" ({command}, {name})")
            ratio = (result.median - start) / (single.median - start)
            rows.append([command, name, seconds_text(result.median - start), ratio_text(ratio),
                         bytes_text(result.peak)])
            if name != "float32":
                section.goal(f"{command}, {name}: no slower than float32 (10 %)", ratio,
                             ratio <= 1.1)
    section.table(["command", "type", "time", "to float32's", "peak memory"], rows)
    return section
