"""Every statement of docs/deck.md: what a slide's own code gives, where that is wrong, and what the program gives."""

import io
import json
import subprocess
import warnings
import xml.etree.ElementTree

import networkx
import numpy as np
import torch

from against import DATA, Oracle, numbers

oracle = Oracle("deck statements")
random = np.random.default_rng(20240613)
warnings.simplefilter("ignore")  # the slides divide by 0
DECK = DATA / "deck"
W = np.array([[0.7, 0.2, 0.1], [0.3, 0.6, 0.1], [0.1, 0.2, 0.7]])
W_FILE = DECK / "05-10-deck-graph" / "attention.npy"


def run(*arguments, piped=b""):
    return subprocess.run([oracle.program, *map(str, arguments)], input=piped, capture_output=True)


def array(*arguments, piped=b""):
    return np.load(io.BytesIO(run(*arguments, "-q", "--format", "npy", piped=piped).stdout))


def files(slide, names):
    """Options `--name FILE` for arrays of a slide's folder."""
    return [word for name in names.split() for word in ("--" + name, DECK / slide / f"{name}.npy")]


def loaded(slide, names):
    return [np.load(DECK / slide / f"{name}.npy") for name in names.split()]


def features(*arguments):
    """Weights and output features of a module."""
    path = oracle.file(np.zeros(1), "features.npy")
    return array(*arguments, "--features-out", path), np.load(path)


def slide_softmax(scores):
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def softmax(scores):
    return slide_softmax(scores - scores.max(axis=-1, keepdims=True))


def slides_1_and_2():
    slide = networkx.from_numpy_array(W, create_using=networkx.DiGraph)
    edges = [(int(row["source"]), int(row["target"]), float(row["weight"])) for row in oracle.rows("graph", W_FILE)]
    oracle.check("1: the slide's edges", edges == list(slide.edges(data="weight")))
    drawing = run("graph", W_FILE, "--format", "svg", "-q").stdout
    oracle.check("2: a drawing is well-formed", xml.etree.ElementTree.fromstring(drawing).tag.endswith("svg"))
    dot = run("graph", W_FILE, "--format", "dot", "-q").stdout.decode()
    oracle.check("2: a drawing says the direction", "attends" in dot and dot.count("->") == 9)


def slide_3():
    query, key, value = np.eye(2), np.array([[1.0, 1], [0, 1]]), np.array([[1.0, 0], [1, 1]])
    paths = [oracle.file(x, f"{name}.npy") for name, x in zip(("q", "k", "v"), (query, key, value))]
    options = ["--query", paths[0], "--key", paths[1], "--value", paths[2]]
    weights, output = features("attend", *options, "--scale", "none")
    e = np.e
    oracle.near("3: unscaled", weights, [[e / (1 + e), 1 / (1 + e)], [0.5, 0.5]])
    oracle.near("3: output", output, [[1, 1 / (1 + e)], [1, 0.5]])
    s = np.exp(2 ** -0.5)
    oracle.near("3: scaled", array("attend", *options), [[s / (1 + s), 1 / (1 + s)], [0.5, 0.5]])
    for dtype, last in ((np.float32, 88), (np.float64, 709)):
        for score, overflows in ((last, False), (last + 1, True)):
            scores = np.array([[score, 0]], dtype)
            oracle.check(f"3: the slide's softmax at {score}", np.isnan(slide_softmax(scores)).any() == overflows)
            got = array("attend", "--query", oracle.file(scores, "q.npy"), "--key",
                        oracle.file(np.eye(2, dtype=dtype), "k.npy"), "--scale", "none")
            oracle.near(f"3: the program at {score}", got, [[1, 0]])


def slide_4():
    query, key, value = loaded("04-multi-head", "query key value")
    options = files("04-multi-head", "query key value")
    for heads in (2, 4):
        parts = [np.split(x, heads, axis=1) for x in (query, key, value)]
        slide = np.concatenate([slide_softmax(q @ k.T) @ v for q, k, v in zip(*parts)], axis=1)
        got = features("attend", *options, "--heads", heads, "--scale", "none")[1]
        oracle.near(f"4: {heads} heads", got.reshape(slide.shape), slide)
    oracle.check("4: width 8 is no multiple of 3", run("attend", *options, "--heads", 3).returncode == 3)


def slide_5():
    dense = DECK / "05-10-graph" / "attention.npy"
    graph = networkx.from_numpy_array(np.load(dense), create_using=networkx.DiGraph)
    rows = oracle.rows("centrality", dense, "--metric", "in_degree,out_degree,in_strength")
    for column, slide in (("in_degree", graph.in_degree()), ("out_degree", graph.out_degree())):
        got = numbers(rows, column)
        oracle.near(f"5: {column}", got, [degree for _, degree in slide])
        oracle.check(f"5: {column} is the same for all", set(got) == {14})
    strength = numbers(rows, "in_strength")
    oracle.near("5: strength", strength, [s for _, s in graph.in_degree(weight="weight")])
    oracle.check("5: strength tells tokens apart", strength.max() > 4 * strength.min())
    small = networkx.from_numpy_array(W, create_using=networkx.DiGraph)
    orders = []
    for direction, slide in (("attends", small), ("informs", small.reverse())):
        rows = oracle.rows("centrality", W_FILE, "--metric", "pagerank", "--direction", direction)
        expected = networkx.pagerank(slide, weight="weight", tol=1e-13, max_iter=1000)
        oracle.near(f"5: PageRank, {direction}", numbers(rows, "pagerank"), list(expected.values()))
        orders.append(list(np.argsort(-numbers(rows, "pagerank"))))
    oracle.check("5: the other direction turns the order", orders == [[0, 1, 2], [2, 1, 0]])


def slides_6_and_11_heatmap():
    svg = run("heatmap", W_FILE, "-q", "--format", "svg").stdout
    oracle.check("6: a well-formed heat map", xml.etree.ElementTree.fromstring(svg).tag.endswith("svg"))
    png = run("heatmap", W_FILE, "-q", "--format", "png").stdout
    oracle.check("6: a PNG", png.startswith(b"\x89PNG"))


def slide_7():
    names = "wq wk wv wo bo"
    x, wq, wk, wv, wo, bo = (a.astype(float) for a in loaded("07-self-attention-module", "x " + names))
    heads, embed = 4, x.shape[-1]
    parts = x.reshape(*x.shape[:2], heads, -1)
    q, k, v = (parts @ w.T for w in (wq, wk, wv))
    energy = np.einsum("nqhd,nkhd->nhqk", q, k)
    options = ["attend", "--input", DECK / "07-self-attention-module" / "x.npy", "--heads", heads, "--shared-projection",
               *files("07-self-attention-module", names)]
    made = []
    for scale in (embed ** -0.5, (embed // heads) ** -0.5):
        weights = softmax(energy * scale)
        output = np.einsum("nhqk,nkhd->nqhd", weights, v).reshape(x.shape) @ wo.T + bo
        default = scale == (embed // heads) ** -0.5
        got = features(*options, *([] if default else ["--scale", repr(scale)]))
        oracle.near(f"7: weights, scale {scale:.3f}", got[0], weights, 1e-5)
        oracle.near(f"7: output, scale {scale:.3f}", got[1], output, 1e-4, 1e-2)
        made.append(got[0])
    oracle.check("7: the slide's scale is smaller by sqrt(heads)",
                 np.isclose((embed // heads) ** -0.5 / embed ** -0.5, heads ** 0.5))
    oracle.check("7: so its rows are flatter", made[0].max(axis=-1).mean() < made[1].max(axis=-1).mean())


def slide_8():
    names = "wq bq wk bk wv bv"
    options = ["spatial", "--input", DECK / "08-spatial" / "x.npy", *files("08-spatial", names)]
    x, wq, bq, wk, bk, wv, bv = (torch.tensor(a) for a in loaded("08-spatial", "x " + names))
    flat = [torch.nn.functional.conv2d(x, w, b).flatten(2) for w, b in ((wq, bq), (wk, bk), (wv, bv))]
    slide = torch.softmax(flat[0].transpose(1, 2) @ flat[1], dim=-1)
    for gamma in (0.0, 0.75):
        output = gamma * (flat[2] @ slide.transpose(1, 2)).view(x.shape) + x
        weights, got = features(*options, "--gamma", gamma)
        oracle.near("8: weights", weights, slide.numpy(), 1e-5)
        oracle.near(f"8: output, gamma {gamma}", got, output.numpy(), 1e-4, 1e-2)
        oracle.check(f"8: gamma {gamma}: output equals input", (got == x.numpy()).all() == (gamma == 0))


def slide_gat(h, adjacency, w, a):
    """The layer of slides 9 and 13 over all N x N pairs."""
    wh = h @ w
    n = len(wh)
    pairs = np.concatenate([np.repeat(wh, n, axis=0), np.tile(wh, (n, 1))], axis=1)
    e = (pairs @ a.ravel()).reshape(n, n)
    e = np.where(e > 0, e, 0.2 * e)
    return softmax(np.where(adjacency > 0, e, -9e15)), wh


def slides_9_and_13():
    for slide in ("09-gat", "13-gat"):
        h, adjacency, w, a = (x.astype(float) for x in loaded(slide, "h adjacency w a"))
        alone = adjacency.copy()
        alone[3] = 0  # a node without neighbours
        options = ["gat", *("--features", DECK / slide / "h.npy"), *("--weight", DECK / slide / "w.npy"),
                   *("--attention", DECK / slide / "a.npy")]
        for links in (adjacency, alone):
            weights = slide_gat(h, links, w, a)[0]
            path = oracle.file(links, "links.npy")
            uniform = array(*options, "--adjacency", path, "--isolated", "uniform").reshape(weights.shape)
            oracle.near(f"{slide}: uniform gives the slide's weights", uniform, weights, 1e-5)
            zero = array(*options, "--adjacency", path).reshape(weights.shape)
            linked = links.any(axis=1)
            oracle.near(f"{slide}: nodes with neighbours", zero[linked], weights[linked], 1e-5)
            oracle.check(f"{slide}: no neighbours, no attention", (zero[~linked] == 0).all())
        oracle.near(f"{slide}: the slide attends to all nodes alike", slide_gat(h, alone, w, a)[0][3], np.full(9, 1 / 9))
        said = run(*options, "--adjacency", oracle.file(alone, "links.npy")).stderr.decode()
        oracle.check(f"{slide}: isolated nodes are counted", "1 node" in said)


def slide_10():
    graph = networkx.from_numpy_array(W, create_using=networkx.DiGraph)
    try:
        networkx.maximum_flow(graph, 0, 2)
        oracle.check("10: infinite capacity", False)
    except networkx.NetworkXUnbounded:
        oracle.check("10: infinite capacity", True)
    value = networkx.maximum_flow_value(graph, 0, 2, capacity="weight")
    got = numbers(oracle.rows("maxflow", W_FILE, "--source", 0, "--sink", 2), "flow")
    oracle.near("10: 0.2", [value, *got], [0.2, 0.2])
    cut = numbers(oracle.rows("maxflow", W_FILE, "--source", 0, "--sink", 2, "--cut"), "capacity")
    oracle.near("10: the cut holds the flow", [cut.sum()], [0.2])
    crowned = {}
    for distance in ("weight", "neglog"):
        rows = oracle.rows("centrality", W_FILE, "--metric", "in_strength,betweenness,closeness", "--distance", distance)
        crowned[distance] = int(np.argmax(numbers(rows, "closeness")))
        least = int(np.argmin(numbers(rows, "in_strength")))
        if distance == "weight":
            for metric, slide in (("betweenness", networkx.betweenness_centrality(graph, weight="weight")),
                                  ("closeness", networkx.closeness_centrality(graph, distance="weight"))):
                oracle.near(f"10: {metric} by weight", numbers(rows, metric), list(slide.values()))
            oracle.check("10: weight as distance: paths lead through the least attended",
                         int(np.argmax(numbers(rows, "betweenness"))) == least)
        oracle.check(f"10: {distance} crowns", (crowned[distance] == least) == (distance == "weight"))


def slide_rollout(layers):
    product = np.eye(len(layers[0]))
    for layer in layers:
        product = layer @ product
        product = product / product.sum(axis=-1, keepdims=True)
    return product


def slide_11():
    path = DECK / "11-rollout" / "attention.npy"
    axes = ["--axes", "layer,query,key"]
    layers = np.load(path)
    oracle.near("11: residual none", array("rollout", path, *axes, "--residual", "none"), slide_rollout(layers))
    half = np.linalg.multi_dot([(layer + np.eye(6)) / 2 for layer in layers[::-1]])
    oracle.near("11: residual 0.5", array("rollout", path, *axes), half)
    masked = layers.copy()
    masked[1, 2] = 0
    oracle.check("11: a masked row makes the slide's rollout NaN", np.isnan(slide_rollout(masked)).all())
    masked_file = oracle.file(masked, "masked.npy")
    got = array("rollout", masked_file, *axes)
    oracle.near("11: with a residual the row stays the token itself", got.sum(axis=-1), np.ones(6))
    got = array("rollout", masked_file, *axes, "--residual", "none")
    oracle.near("11: without one it is lost, and only it", got, np.linalg.multi_dot(masked[::-1]))


def slide_sparse(weights, threshold):
    kept = weights * (weights > threshold)
    return kept / kept.sum(axis=-1, keepdims=True)


def slide_12():
    options = files("12-sparse", "query key")
    query, key, value = (a.astype(float) for a in loaded("12-sparse", "query key value"))
    slide = slide_sparse(softmax(query @ key.T), 0.1)
    made = run("attend", *options, "--scale", "none", "--format", "npy").stdout
    report = json.loads(run("sparsify", "--threshold", "0.1", "--json", "-q", "--value", DECK / "12-sparse" / "value.npy",
                            piped=made).stdout)["results"][0]
    oracle.near("12: sparsity", [report["sparsity"]], [(slide == 0).mean()], 1e-6)
    path = oracle.file(np.zeros(1), "sparse.npy")
    got = array("sparsify", "--threshold", "0.1", "--value", DECK / "12-sparse" / "value.npy", "--features-out", path, piped=made)
    oracle.near("12: weights", got.reshape(slide.shape), slide, 1e-5)
    oracle.near("12: output", np.load(path).reshape(value.shape), slide @ value, 1e-4, 1e-2)
    empty, printed, true = [], [], []
    for number in range(20):
        query, key = random.standard_normal((2, 64, 64))
        weights = softmax(query @ key.T / 8)
        slide = slide_sparse(weights, 0.1)
        nan = np.isnan(slide).any(axis=-1)
        empty.append(nan.mean())
        file = oracle.file(weights, "weights.npy")
        keep_max = array("sparsify", file, "--threshold", "0.1").reshape(64, 64)
        oracle.near(f"12: {number}: rows that keep something", keep_max[~nan], slide[~nan])
        largest = np.eye(64)[weights.argmax(axis=-1)]
        oracle.near(f"12: {number}: others keep their largest", keep_max[nan], largest[nan])
        zero = array("sparsify", file, "--threshold", "0.1", "--empty-row", "zero").reshape(64, 64)
        oracle.check(f"12: {number}: or nothing", (zero[nan] == 0).all())
        report = oracle.rows("sparsify", file, "--threshold", "0.1", "--empty-row", "zero")
        printed.append((slide == 0).mean())
        true.append(1 - (weights > 0.1).mean())
        oracle.near(f"12: {number}: sparsity", numbers(report, "sparsity"), true[-1:])
    for what, share, said in (("rows that are NaN", empty, 0.55), ("sparsity, NaN counted as not 0", printed, 0.44),
                              ("zeros in truth", true, 0.99)):
        oracle.check(f"12: {what}: {np.mean(share):.3f}, said {said}", abs(np.mean(share) - said) < 0.02)


def slide_14():
    x, w1, b1, w2, mask = (a.astype(float) for a in loaded("14-pooling", "x w1 b1 w2 mask"))
    scores = (np.tanh(x @ w1.T + b1) @ w2.T)[..., 0]
    nobody = mask.copy()
    nobody[1] = 0
    for hidden in (mask, nobody):
        slide = softmax(np.where(hidden == 0, -1e9, scores))
        path = oracle.file(hidden, "mask.npy")
        weights, pooled = features("pool", "--input", DECK / "14-pooling" / "x.npy", *files("14-pooling", "w1 b1 w2"), "--mask", path)
        some = hidden.any(axis=1)
        oracle.near("14: weights", weights[some], slide[some], 1e-5)
        oracle.near("14: pooled", pooled[some], np.einsum("bn,bnw->bw", slide, x)[some], 1e-4, 1e-2)
        oracle.check("14: all masked: zeros", (weights[~some] == 0).all() and (pooled[~some] == 0).all())
    oracle.near("14: the slide pools all masked nodes alike", slide[1], np.full(8, 1 / 8))


def slide_15():
    gpt = DATA / "small" / "gpt"
    made = run("attend", "--query", gpt / "query.npy", "--key", gpt / "key.npy", "--causal", "--format", "npy").stdout
    sparse = run("sparsify", "--top-k", 4, "--format", "npy", "-q", piped=made).stdout
    rows = run("centrality", "--layer", 0, "--head", 0, "--metric", "pagerank", "--csv", "-q", piped=sparse).stdout.decode()
    attention = np.load(gpt / "attention.npy")[0, 0].astype(float)
    order = np.argsort(-attention, axis=-1, kind="stable")[:, :4]
    kept = np.zeros_like(attention)
    np.put_along_axis(kept, order, np.take_along_axis(attention, order, axis=-1), axis=-1)
    graph = networkx.from_numpy_array(kept / kept.sum(axis=-1, keepdims=True), create_using=networkx.DiGraph)
    expected = networkx.pagerank(graph, weight="weight", tol=1e-13, max_iter=10000)
    got = [float(line.split(",")[-1]) for line in rows.strip().split("\n")[1:]]
    oracle.near("15: the pipe", got, list(expected.values()), 1e-4)


for slide in (slides_1_and_2, slide_3, slide_4, slide_5, slides_6_and_11_heatmap, slide_7, slide_8, slides_9_and_13,
              slide_10, slide_11, slide_12, slide_14, slide_15):
    slide()
oracle.finish()
