"""What published code gives where attngraph gives another number, by the rules of both in NumPy. Each
function stands behind one line of "Where published numbers differ" in docs/methods.md, and demands
both: that ours is what the definition says, and that theirs is the number told there.

usage: published_oracle.py PROGRAM
"""

import json

import numpy as np
from scipy import stats
from scipy.sparse import csgraph

from against import DATA, Oracle, numbers, rownorm

DIGITS, CATS, SHORT, GPT = (DATA / name / "attention.npy" for name in
                            ("small/digits", "minilm/cats", "minilm/short", "small/gpt"))


def stack(path):
    return np.load(path).astype(float)


def product(layers):
    found = np.eye(layers.shape[-1])
    for layer in layers:
        found = layer @ found
    return found


def vit_explain_layer(fused, discard=0.0, keep_first=True):
    """Its layer: the smallest of all entries go, the row sums divide the columns."""
    flat = fused.ravel().copy()
    smallest = np.argsort(flat, kind="stable")[:int(flat.size * discard)]
    flat[smallest[smallest != 0] if keep_first else smallest] = 0
    layer = (flat.reshape(fused.shape) + np.eye(len(fused))) / 2
    return layer / layer.sum(axis=-1)


def rollout_axis(oracle):
    """vit-explain: a.sum(dim=-1) without keepdim divides column k by the sum of row k, which shows
    where sums differ: after max, min, discarding or gradients."""
    for path, sums in AXIS_SUMS.items():
        fused = stack(path).max(axis=1)
        theirs = product(np.array([vit_explain_layer(layer) for layer in fused]))
        oracle.near("row sums of vit-explain", [theirs.sum(1).min(), theirs.sum(1).max()], sums, 5e-3)
        rows = oracle.rows("rollout", path, "--fuse", "max", "--residual", "raw")
        ours = numbers(rows, "rollout").reshape(fused.shape[1:])
        oracle.near("row sums of rollout", ours.sum(1), np.ones(len(ours)), 1e-6)
        if path == DIGITS:
            order = [list(np.argsort(-of[0, 1:])[:3]) for of in (theirs, ours)]
            oracle.check("patches change places", order == [[9, 6, 11], [9, 11, 6]])


def rollout_discard(oracle):
    """vit-explain counts zeros among the entries to discard, and never drops entry [0, 0]."""
    layer = stack(GPT)[0].mean(axis=0)
    entries, share = np.count_nonzero(layer), .5
    dropped = entries - np.count_nonzero(layer.ravel()[np.argsort(layer.ravel(), kind="stable")
                                                       [int(layer.size * share):]])
    oracle.near("weights that vit-explain drops", dropped / entries, DISCARDED, 1e-3)
    rows = oracle.rows("rollout", GPT, "--end-layer", 0, "--discard", share, "--residual", "none")
    left = np.count_nonzero(numbers(rows, "rollout"))
    oracle.check("half of the weights go", left == entries - int(share * entries))


def rollout_gradient(oracle):
    """vit-explain clamps the mean over heads, not the heads, and hooks of a backward pass hand it the
    gradient of the last layer first, which it pairs with the attention of the first."""
    weights, gradient = stack(CATS), np.load(DATA / "minilm/cats/gradient.npy").astype(float)
    ours = numbers(oracle.rows("rollout", CATS, "--gradient", DATA / "minilm/cats/gradient.npy",
                               "--residual", "add", "--target", 0), "rollout")
    eye = np.eye(weights.shape[-1])
    heads_clamped = np.maximum(weights * gradient, 0).mean(axis=1)
    oracle.near("relevance of Chefer et al.", ours, product(eye + heads_clamped)[0], 1e-6)
    mean_clamped = np.maximum((weights * gradient).mean(axis=1), 0)
    paired = np.maximum((weights * gradient[::-1]).mean(axis=1), 0)
    oracle.near("what the mean loses", mean_clamped.sum() / heads_clamped.sum(), MEAN_LEFT, 1e-3)
    oracle.check("layers are paired with others' gradients",
                 abs(paired - mean_clamped).max() > .1 * mean_clamped.max())


def flow_saturates(oracle):
    """Abnar's code gives the flows of an output over their sum: nothing tells that most of them are a
    bound which the first layer sets, the same for every output."""
    rows = oracle.rows("flow", SHORT)
    n = stack(SHORT).shape[-1]
    flows = numbers(rows, "flow").reshape(n, n)
    saturated = numbers(rows, "saturated").reshape(n, n)
    oracle.near("how many", saturated.mean(), SATURATED)
    oracle.check("all that reach the first token", saturated[:, 0].all())
    oracle.near("which are one number", flows[:, 0], np.full(n, flows[0, 0]))


def compare_sums(oracle):
    """Clark et al. call the sum over rows, of one document or many, an average; it grows with n."""
    heads = stack(CATS)[2]
    n = heads.shape[-1]
    p, q = (.999 * heads[h] + .001 / n for h in (4, 5))
    middle = (p + q) / 2
    theirs = (p * np.log(p / middle) + q * np.log(q / middle)).sum() / 2
    rows = oracle.rows("compare", CATS, "--layer", 2, "--head", "4,5")
    ours, = numbers([r for r in rows if r["head_a"] != r["head_b"]][:1], "js")
    oracle.near("as many times as there are rows", theirs / n, ours, 1e-2)
    oracle.near("divergence of Clark et al.", [theirs, ours], CLARK, 1e-3)
    oracle.check("a divergence is at most ln 2", ours <= np.log(2) < theirs)


def previous_of_all_rows(oracle):
    """TransformerLens divides by all rows; the first has no token before it."""
    n = 4
    head = np.eye(n, k=-1)
    head[0, 0] = 1
    theirs = np.diagonal(head, -1).sum() / head.sum()
    rows = oracle.rows("heads", oracle.file(head[None, None]))
    oracle.near("a head that looks at the token before", [theirs, float(rows[0]["previous"])],
                [.75, 1])


def sink_of_key_zero(oracle):
    """attention-sink: the importance of key 0, over 0.3 or not; ours that of the best key."""
    means = stack(DIGITS).mean(axis=2)  # every query sees every key
    oracle.near("sink rate of key 0", (means[..., 0] > .3).mean(), 0)
    rows = oracle.rows("heads", DIGITS)
    ours = numbers(rows, "sink_mass")
    oracle.near("sinks at other keys", ours, means.max(axis=-1).ravel(), 1e-6)
    oracle.near("sink rate of the best key", (ours > .3).mean(), .5)
    oracle.near("the largest of them", max(ours), .994, 1e-3)


def needle_one_early(oracle):
    """Retrieval_Head looks for its needle as the first window that shares more than 90 % of its
    different tokens: 19 of 20, one token early, so that copying the last token is no hit."""
    length, before = 20, 5
    needle = [f"needle{i}" for i in range(length)]
    tokens = [f"before{i}" for i in range(before)] + needle + needle
    starts = [i for i in range(len(tokens))
              if len(set(tokens[i:i + length]) & set(needle)) / len(set(needle)) > .9]
    oracle.check("its window", starts[0] == before - 1)
    head = np.tril(np.full((len(tokens), len(tokens)), 1e-3))
    for i in range(length):
        head[before + length - 1 + i, before + i] = 1
    names = oracle.folder.name + "/tokens.json"
    with open(names, "w") as file:
        json.dump(tokens, file)
    found = [float(oracle.rows("heads", oracle.file(rownorm(head)[None, None]), "--tokens", names,
                               "--from", "24-43", "--to", to)[0]["copy"]) for to in ("4-23", "5-24")]
    oracle.near("a head that copies all", found, [.95, 1])


def kurtosis_of_three(oracle):
    """Three numbers have an excess kurtosis of -1.5, two of -2, whatever they are."""
    for path, parts in ((GPT, "0-15,16-31,32-47"), (CATS, "0-5,6-11,12-16")):
        rows = oracle.rows("segments", path, "--segments", parts, "--receiver", 0, "--vertical")
        received = numbers(rows, "vertical").reshape(-1, 3)
        theirs = stats.kurtosis(received, axis=1, fisher=True, bias=True, nan_policy="omit")
        oracle.near("kurtosis of three parts", theirs, np.full(len(theirs), -1.5))
        shown = oracle.rows("segments", path, "--segments", parts, "--receiver", 0)
        oracle.check("says nothing", all(r["kurtosis"] == "" for r in shown))


def lookback_of_the_first(oracle):
    """Lookback Lens takes the mean over tokens behind the context; the row that predicts the first
    has none, so its ratio is 0/0. Ours is about the row of a token, which sees itself."""
    head, context = stack(GPT)[1, 0], 24
    theirs = head[context - 1, context:context]
    oracle.check("there is no new token", theirs.size == 0)
    rows = oracle.rows("segments", GPT, "--layer", 1, "--head", 0, "--lookback", context)
    oracle.check("every token has a ratio", all(r["lookback"] for r in rows) and
                 [int(r["token"]) for r in rows] == list(range(context, len(head))))


def correction_of_nothing(oracle):
    """ESM's apc divides by the sum of all, which is 0 for a head that attends to special tokens
    alone, and one such head makes every contact of its regression NaN."""
    head = np.zeros((5, 5))
    head[:, 0] = 1
    f = head[1:, 1:] + head[1:, 1:].T
    with np.errstate(invalid="ignore"):
        theirs = f - f.sum(1, keepdims=True) * f.sum(0, keepdims=True) / f.sum()
    oracle.check("NaN", np.isnan(theirs).all())
    tokens = oracle.folder.name + "/tokens.json"
    with open(tokens, "w") as file:
        json.dump(["[CLS]", "a", "b", "c", "d"], file)
    rows = oracle.rows("pairs", oracle.file(head[None, None]), "--tokens", tokens, "--drop-special")
    oracle.near("no attention, no score", numbers(rows, "score"), np.zeros(6))


def area_that_is_none(oracle):
    """What ESM's evaluation of contacts calls AUC is the mean of the precisions at L/10, 2L/10 … L."""
    cats = DATA / "minilm/cats"
    options = ["pairs", CATS, "--tokens", cats / "tokens.json", "--drop-special", "--layer", 2,
               "--head", 0, "--gold", cats / "dependencies.conllu"]
    known = numbers(oracle.rows(*options, "--top", "all"), "known")
    summary, = oracle.rows(*options, "--summary")
    length = stack(CATS).shape[-1] - 2
    counts = [int(length * tenths / 10) for tenths in range(1, 11)]
    theirs = np.mean([known[:count].mean() for count in counts])
    truth = stats.mannwhitneyu(-np.flatnonzero(known), -np.flatnonzero(known == 0)).statistic
    truth /= known.sum() * (1 - known).sum()
    oracle.near("area under the curve", float(summary["auc"]), truth)
    oracle.near("theirs and ours", [theirs, float(summary["auc"])], ESM_AUC, 2e-3)


def budget_of_a_share(oracle):
    """kvpress keeps int(n (1 - ratio)) keys; 40 (1 - 0.9) is a little less than 4."""
    oracle.check("3 of 40", int(40 * (1 - .9)) == 3)
    rows = oracle.rows("evict", GPT, "--prompt", 40, "--budget", "0.1", "--policy", "oracle")
    oracle.check("4 of 40", {r["budget"] for r in rows} == {"4"})


def age_of_keys(oracle):
    """Sums over the prompt (H2O) and means of them (kvpress) rank keys by age where all are alike."""
    n = 16
    uniform = rownorm(np.tri(n))[None, None]
    for policy in ("h2o", "mean"):
        rows = oracle.rows("evict", oracle.file(uniform), "--budget", 3, "--policy", policy, "--keys")
        kept = [int(r["token"]) for r in rows if r["kept"] == "1"]
        oracle.check(f"{policy} keeps the oldest", kept == [0, 1, 2])
    rows = oracle.rows("evict", oracle.file(uniform), "--budget", 3, "--policy",
                       "h2o,mean,oracle,random,recent")
    oracle.near("and no set is better than another", numbers(rows, "kept"),
                np.full(5, float(rows[0]["kept"])))


def snapkv_of_groups(oracle):
    """SnapKV repeats the keys first and chooses for each query head: a group keeps more than its
    budget."""
    random = np.random.default_rng(41)
    prompt, behind, budget, window = 24, 8, 8, 4
    query, key = random.normal(size=(1, 4, prompt + behind, 6)), random.normal(
        size=(1, 1, prompt + behind, 6))
    scores = 3 * query @ key.swapaxes(-1, -2) / np.sqrt(6)
    weights = rownorm(np.tril(np.exp(scores)))[0, :, prompt - window:prompt, :prompt - window]
    padded = np.pad(weights.mean(axis=1), ((0, 0), (2, 2)))
    smooth = np.array([padded[:, j:j + 5].mean(axis=1) for j in range(prompt - window)]).T
    best = np.argsort(-smooth, axis=1, kind="stable")[:, :budget - window]
    union = set(best.ravel()) | set(range(prompt - window, prompt))
    oracle.check("the four heads of a group hold more", len(union) > budget)
    rows = oracle.rows("evict", "--query", oracle.file(3 * query, "q.npy"), "--key",
                       oracle.file(key, "k.npy"), "--axes", "layer,head,token,width", "--causal",
                       "yes", "--prompt", prompt, "--budget", budget, "--observe", window,
                       "--policy", "snapkv", "--keys")
    oracle.check("one set for one head of keys", sum(r["kept"] == "1" for r in rows) == budget)
    together = np.argsort(-smooth.mean(axis=0), kind="stable")[:budget - window]
    kept = {int(r["token"]) for r in rows if r["kept"] == "1"}
    oracle.check("by the mean of the group",
                 kept == set(together) | set(range(prompt - window, prompt)))


def betti_numbers(joined):
    """Edges, parts and cycles of a symmetric matrix of truths, what stands on the diagonal too."""
    edges = np.triu(joined).sum()
    parts, _ = csgraph.connected_components(joined, directed=False)
    return edges, parts, edges - len(joined) + parts


def cycles_of_self_loops(oracle):
    """tda4atd joins from the threshold on, keeps self-loops, and stores what it counts as float16."""
    deck = np.array([[.7, .2, .1], [.3, .6, .1], [.1, .2, .7]])
    for name, head, threshold, (edges, theirs, ours) in (
            ("W", deck, .1, CYCLES_OF_W), ("cats 2,5", stack(CATS)[2, 5], .05, CYCLES_OF_CATS)):
        both = np.maximum(head, head.T)
        oracle.check(f"{name}: cycles of tda4atd", betti_numbers(both >= threshold)[2] == theirs)
        row, = oracle.rows("topology", oracle.file(head), "--betti", threshold)
        found = int(row["edges"]), int(row["b0"]), int(row["b1"])
        strict = betti_numbers((both > threshold) & ~np.eye(len(both), dtype=bool))
        oracle.check(f"{name}: cycles", found == strict and (found[0], found[2]) == (edges, ours))
    oracle.check("2,049 cycles are stored as 2,048", np.float16(2049) == 2048)


def entropy_of_bars(oracle):
    """tda4atd takes 0 ln 0 of a bar of length 0, which is NaN; two tokens at distance 0 have one."""
    head = np.array([[0, 1, 0], [.5, 0, .5], [.25, .25, .5]])
    lengths = np.array([0, .5])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = lengths / lengths.sum()
        oracle.check("entropy of tda4atd", np.isnan(-np.sum(share * np.log(share))))
    row, = oracle.rows("topology", oracle.file(head))
    oracle.check("entropy of one bar", float(row["h0_entropy"]) == 0 and row["h0_count"] == "1")


# The numbers in docs/methods.md.
CYCLES_OF_W = (2, 4, 0)
CYCLES_OF_CATS = (60, 48, 44)
AXIS_SUMS = {CATS: (1.07, 1.34), DIGITS: (.996, 1.036)}
DISCARDED = .02041
MEAN_LEFT = .686
SATURATED = .5625
ESM_AUC = (.261, .833)
CLARK = (1.958, .1159)

def laplacian_that_is_not_symmetric(oracle):
    """spectral_trust before 0.3: a solver for symmetric matrices on I - D^-1 S reads one triangle."""
    rows = oracle.rows("spectrum", GPT, "--fuse", "mean")
    theirs = []
    for head in stack(GPT).mean(axis=1):
        s = (head + head.T) / 2
        walk = np.eye(len(s)) - s / s.sum(axis=1)[:, None]
        theirs.append(np.maximum(np.linalg.eigvalsh(walk), 0)[1])
        ours = np.sort(np.linalg.eigvals(walk).real)[1]
        oracle.near("second eigenvalue", float(rows[len(theirs) - 1]["fiedler"]), ours, 1e-9)
    oracle.near("and of a triangle", theirs, [.008310, 0, 0, 0], 1e-4, floor=1e-2)


def masked_token_as_a_mode(oracle):
    """spectral_trust: I - D^-1/2 S D^-1/2 has a 1 on the diagonal where a degree is 0."""
    head = np.zeros((4, 4))
    head[:3, :3] = [[.7, .2, .1], [.3, .6, .1], [.1, .2, .7]]
    s = (head + head.T) / 2
    degrees = s.sum(axis=1)
    scale = np.divide(1, np.sqrt(degrees), out=np.zeros(4), where=degrees > 0)
    theirs = np.linalg.eigvalsh(np.eye(4) - scale[:, None] * s * scale)
    oracle.near("largest with a masked token", theirs[-1], 1)
    ours = oracle.rows("spectrum", oracle.file(head))[0]
    oracle.near("and without", [float(ours["fiedler"]), float(ours["largest"])],
                [0, .621395868352], 1e-9)


def determinant_of_a_head(oracle):
    """LU with pivots of a triangular matrix may end with a pivot of 0."""
    head = stack(GPT)[3, 3]
    oracle.check("log of a determinant", np.linalg.slogdet(head)[1] == -np.inf)
    row, = oracle.rows("spectrum", GPT, "--layer", 3, "--head", 3)
    oracle.near("log_self", float(row["log_self"]), -3.59867287298)
    oracle.near("of the diagonal", np.log(np.diag(head)).mean(), -3.59867287298)


if __name__ == "__main__":
    oracle = Oracle("published")
    for prove in (rollout_axis, rollout_discard, rollout_gradient, flow_saturates, compare_sums,
                  previous_of_all_rows, sink_of_key_zero, needle_one_early, kurtosis_of_three,
                  lookback_of_the_first, correction_of_nothing, area_that_is_none,
                  budget_of_a_share, age_of_keys, snapkv_of_groups, cycles_of_self_loops,
                  entropy_of_bars, laplacian_that_is_not_symmetric, masked_token_as_a_mode,
                  determinant_of_a_head):
        prove(oracle)
    oracle.finish()
