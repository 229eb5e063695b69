"""Compares the program with the results of independent programs that stand beside the bundled data.

Usage: expected_oracle.py PROGRAM [DATA_FOLDER]
"""

import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

program = sys.argv[1]
data = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parents[2] / "data")
passed = failed = 0


def run(*arguments):
    done = subprocess.run([program, *map(str, arguments), "-q"], capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stderr.decode()}")
    return done.stdout


def rows(*arguments):
    return list(csv.DictReader(io.StringIO(run(*arguments, "--csv").decode())))


def array(*arguments):
    return np.load(io.BytesIO(run(*arguments, "--format", "npy")))


def check(name, actual, expected, tolerance):
    global passed, failed
    actual, expected = np.asarray(actual, float), np.asarray(expected, float)
    good = actual.shape == expected.shape and np.allclose(
        actual, expected, rtol=tolerance, atol=tolerance * max(1e-12, np.abs(expected).max(initial=0)))
    passed += good
    failed += not good
    if not good:
        worst = np.abs(actual - expected).max() if actual.shape == expected.shape else actual.shape
        print(f"  {name}: differs by {worst} from {expected.ravel()[:4]}", file=sys.stderr)


def attention_folder(folder, tolerance=1e-5):
    expected = json.loads((folder / "expected.json").read_text())
    attention = folder / "attention.npy"
    tokens = ["--tokens", folder / "tokens.json"]
    name = folder.name
    plain = ["--normalize", "check"]

    rollouts = {"rollout": [], "rollout_none": ["--residual", "none"], "rollout_max": ["--fuse", "max"],
                "rollout_discard_0.9": ["--discard", "0.9"], "rollout_causal_null": ["--causal-null"]}
    for key, options in rollouts.items():
        if key not in expected:
            continue
        whole = array("rollout", attention, *options, *plain)
        for output, values in expected[key].items():
            check(f"{name} {key} {output}", whole[int(output)], values, tolerance)
            target = rows("rollout", attention, *options, "--target", output)
            check(f"{name} {key} --target {output}", [row["rollout"] for row in target], values, tolerance)
    if "gradient_rollout" in expected:
        whole = array("rollout", attention, "--gradient", folder / "gradient.npy", "--residual", "add")
        for output, values in expected["gradient_rollout"].items():
            check(f"{name} gradient {output}", whole[int(output)], values, tolerance)

    heads = {(row["layer"], row["head"]): row for row in rows("heads", attention, *tokens)}
    for key, statistics in expected["heads"].items():
        row = heads[tuple(key.split(","))]
        for column, value in statistics.items():
            check(f"{name} heads {key} {column}", float(row[column]), value, tolerance)

    pairs = {(row["layer_a"], row["head_a"], row["layer_b"], row["head_b"]): float(row["js"])
             for row in rows("compare", attention)}
    for key, value in expected["js"].items():
        a, b = (part.split(",") for part in key.split("|"))
        check(f"{name} js {key}", pairs[(*a, *b)], value, tolerance)

    for key, values in expected["sparsify"].items():
        option, amount = key.split()
        layer, head = values["pick"]
        options = ["--layer", layer, "--head", head, "--" + option, amount]
        report = rows("sparsify", attention, *options)[0]
        for column in ("kept", "mass_mean", "mass_min", "frobenius_loss"):
            check(f"{name} sparsify {key} {column}", float(report[column]), values[column], tolerance)
        sparse = array("sparsify", attention, *options).reshape(expected["n"], expected["n"])
        check(f"{name} sparsify {key} row", sparse[values["row"]], values["row_values"], tolerance)

    for key, options in {"flow": [], "flow_2_layers": ["--end-layer", "1"]}.items():
        if key not in expected:
            continue
        for engine in ("own", "igraph"):
            for i, output in enumerate(expected[key]["outputs"]):
                flows = rows("flow", attention, *options, "--target", output, "--engine", engine)
                inputs = expected[key]["inputs"]
                check(f"{name} {key} {output} {engine}", [flows[j]["flow"] for j in inputs],
                      expected[key]["value"][i], tolerance)
                check(f"{name} {key} {output} bound", [flows[j]["bound"] for j in inputs],
                      expected[key]["bound"][i], tolerance)

    def centrality(key, metrics, *options):
        layer, head = key.split(",")
        got = rows("centrality", attention, "--layer", layer, "--head", head, "--metric",
                   ",".join(metrics), *options)
        for metric, values in metrics.items():
            check(f"{name} centrality {key} {metric} {options}", [row[metric] for row in got], values, tolerance)

    for key, distances in expected.get("centrality", {}).items():
        for distance, metrics in distances.items():
            centrality(key, metrics, "--distance", distance)
    for key, metrics in expected.get("centrality_informs", {}).items():
        centrality(key, metrics, "--direction", "informs")

    for key, flows in expected.get("max_flow", {}).items():
        layer, head = key.split(",")
        for source, sink, value in flows:
            got = rows("maxflow", attention, "--layer", layer, "--head", head, "--source", source, "--sink", sink)
            check(f"{name} maxflow {key} {source} {sink}", [row["flow"] for row in got], [value], tolerance)

    if "norms_layer_2_row_mid" in expected:
        wo = folder / "wo_layer2.npy"
        if wo.exists():
            norms = rows("norms", attention, "--layer", "2", "--value", f"{folder}/qkv.safetensors:value", "--wo", wo)
            middle = [row["norm"] for row in norms if int(row["query"]) == expected["n"] // 2]
            check(f"{name} norms", middle, expected["norms_layer_2_row_mid"], tolerance)


def same_from_every_format(folder):
    """Float32 and its copies give the same rows; narrower types are close."""
    reference = array("rollout", folder / "attention.npy")
    for file in ("per_layer.npz", "per_layer_compressed.npz"):
        if (folder / file).exists():
            check(f"{folder.name} {file}", array("rollout", folder / file), reference, 0)
    for file, tolerance in (("attention_f16.npy", 2e-3), ("attention_bf16.safetensors", 2e-2)):
        if (folder / file).exists():
            check(f"{folder.name} {file}", array("rollout", folder / file), reference, tolerance)


def module(name, tolerance, arguments, output, weights=None):
    folder = data / "deck" / name if (data / "deck" / name).exists() else data / "small" / name
    words = [f"{folder}/{word[1:]}.npy" if word.startswith("@") else word for word in arguments.split()]
    with tempfile.TemporaryDirectory() as scratch:
        features = pathlib.Path(scratch) / "features.npy"
        made = array(*words, *(["--features-out", features] if output else []))
        if output:
            expected = np.load(folder / f"{output}.npy")
            check(f"{name} {arguments} features", np.load(features).reshape(expected.shape), expected, tolerance)
        if weights:
            expected = np.load(folder / f"{weights}.npy")
            check(f"{name} {arguments} weights", made.reshape(expected.shape), expected, tolerance)


def deck():
    qkv = "attend --query @query --key @key --value @value"
    module("03-attention", 1e-9, f"{qkv} --scale none", "output_unscaled", "weights_unscaled")
    module("03-attention", 1e-9, qkv, "output_scaled", "weights_scaled")
    module("04-multi-head", 1e-9, f"{qkv} --scale none --heads 2", "output_2_heads_unscaled")
    module("04-multi-head", 1e-9, f"{qkv} --scale none --heads 4", "output_4_heads_unscaled")
    module("07-self-attention-module", 1e-5,
           "attend --input @x --wq @wq --wk @wk --wv @wv --wo @wo --bo @bo --heads 4 --shared-projection "
           f"--scale {32 ** -0.5!r}", "output")
    spatial = "spatial --input @x --wq @wq --bq @bq --wk @wk --bk @bk --wv @wv --bv @bv --gamma @gamma"
    module("08-spatial", 1e-5, spatial, "output")
    module("digits-spatial", 1e-5, spatial, "output", "weights")
    for name in ("09-gat", "09-gat-no-elu", "13-gat"):
        folder = data / "deck" / name
        slope = float(np.load(folder / "negative_slope.npy")[0])
        activation = "none" if "no-elu" in name else "elu"
        weights = f"gat --features @h --adjacency @adjacency --weight @w --attention @a --negative-slope {slope} "
        module_gat(name, folder, weights, activation)
    karate = data / "small" / "karate"
    arguments = "gat --features @features --adjacency @adjacency --weight @weight --attention @attention_vector "
    module_gat("karate", karate, arguments, "elu", "attention")
    module("12-sparse", 1e-5, f"{qkv} --scale none", None)
    module("14-pooling", 1e-5, "pool --input @x --w1 @w1 --b1 @b1 --w2 @w2 --mask @mask", "output", "weights")


def module_gat(name, folder, arguments, activation, weights=None):
    words = [f"{folder}/{word[1:]}.npy" if word.startswith("@") else word for word in arguments.split()]
    expected = np.load(folder / "output.npy")
    for isolated in ("uniform", "zero"):
        with tempfile.TemporaryDirectory() as scratch:
            features = pathlib.Path(scratch) / "features.npy"
            edges = rows(*words, "--activation", activation, "--isolated", isolated, "--features-out", features)
            got = np.load(features).reshape(expected.shape)
        adjacency = np.load(folder / "adjacency.npy")
        connected = adjacency.sum(axis=1) > 0
        if isolated == "uniform" or connected.all():
            check(f"{name} features", got, expected, 1e-5)
        else:
            check(f"{name} features of connected nodes", got[connected], expected[connected], 1e-5)
        if weights:
            dense = np.zeros_like(np.load(folder / f"{weights}.npy"))
            for row in edges:
                dense[int(row["head"]), int(row["source"]), int(row["target"])] = float(row["weight"])
            check(f"{name} weights", dense, np.load(folder / f"{weights}.npy"), 1e-5)


def deck_graphs():
    for name in ("05-10-deck-graph", "05-10-graph", "05-10-causal-graph"):
        folder = data / "deck" / name
        expected = json.loads((folder / "expected.json").read_text())
        attention = folder / "attention.npy"
        for key, values in expected.items():
            metric, _, kind = key.partition("_") if key.startswith(("betweenness", "closeness")) else (key, "", "")
            options = ["--distance", kind] if kind else []
            if key == "pagerank_key_to_query":
                metric, options = "pagerank", ["--direction", "informs"]
            if key == "max_flow_last_to":
                last = len(np.load(attention)) - 1
                got = [float(row["flow"]) for row in rows("maxflow", attention, "--all-pairs")
                       if int(row["source"]) == last]
                check(f"{name} {key}", got, [value for value in values if value is not None][:last], 1e-9)
                continue
            if key == "max_flow":
                flows = np.zeros_like(np.array(values, float))
                for row in rows("maxflow", attention, "--all-pairs"):
                    flows[int(row["source"]), int(row["sink"])] = float(row["flow"])
                check(f"{name} max_flow", flows, values, 1e-9)
                continue
            got = [row[metric] for row in rows("centrality", attention, "--metric", metric, *options)]
            check(f"{name} {key}", got, values, 1e-9)
    axes = ["--axes", "layer,query,key"]
    folder = data / "deck" / "11-rollout"
    check("11-rollout", array("rollout", folder / "attention.npy", *axes, "--residual", "none"),
          np.load(folder / "rollout.npy"), 1e-9)
    folder = data / "deck" / "10-11-layered-flow"
    attention = folder / "attention.npy"
    check("10-11 rollout", array("rollout", attention, *axes), np.load(folder / "rollout_residual_half.npy"), 1e-9)
    for engine in ("own", "igraph"):
        got = rows("flow", attention, *axes, "--engine", engine)
        shape = np.load(folder / "flow.npy").shape
        check(f"10-11 flow {engine}", np.reshape([float(row["flow"]) for row in got], shape), np.load(folder / "flow.npy"), 1e-9)
        check("10-11 bound", np.reshape([float(row["bound"]) for row in got], shape), np.load(folder / "bound.npy"), 1e-9)
    routes = json.loads((folder / "expected.json").read_text())["paths from,to"]
    for key, expected in routes.items():
        source, target = key.split(",")
        got = rows("paths", attention, *axes, "--from", source, "--to", target, "--count", len(expected))
        check(f"paths {key}", [row["probability"] for row in got], [value for value, _ in expected], 1e-9)
        names = [[int(part) for part in row["route"].replace(">", " ").split()] for row in got]
        check(f"routes {key}", names, [route for _, route in expected], 0)


def generated():
    folder = data / "small" / "gpt"
    whole = array("attend", "--query", folder / "query.npy", "--key", folder / "key.npy", "--causal", "yes")
    check("gpt attend", whole, np.load(folder / "attention.npy"), 1e-5)
    steps, full = folder / "generate_steps.npz", folder / "generate_full.npy"
    check("gpt generate", array("rollout", steps), array("rollout", full), 0)


for expected in sorted((data / "minilm").glob("*/expected.json")) + sorted((data / "small").glob("*/expected.json")):
    attention_folder(expected.parent)
for folder in sorted((data / "minilm").iterdir()):
    if (folder / "attention.npy").exists():
        same_from_every_format(folder)
deck()
deck_graphs()
generated()
print(f"expected: {passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
