"""Compares `attngraph spectrum` with NumPy and SciPy, and the directed Laplacian with networkx.

usage: spectrum_oracle.py PROGRAM
"""

import warnings

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import connected_components

from against import DATA, Oracle, asked_of_queries, numbers, random_stack, safetensors

SUMMARY = ("fiedler", "largest", "ratio", "entropy", "high", "sigma", "effective_rank",
           "stable_rank", "gap", "mixing", "kemeny", "entropy_rate", "log_self")
SIGNAL = ("energy", "smoothness", "signal_entropy", "signal_high")
MOST = 10 ** 6


def entropy(shares):
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())


def laplacian(head, kind, loops):
    s = (head + head.T) / 2
    if loops == "drop":
        np.fill_diagonal(s, 0)
    degrees = s.sum(axis=1)
    if kind == "combinatorial":
        return np.diag(degrees) - s
    scale = np.divide(1, np.sqrt(degrees), out=np.zeros_like(degrees), where=degrees > 0)
    return np.diag((degrees > 0).astype(float)) - scale[:, None] * s * scale


def spectrum(matrix):
    return np.maximum(np.linalg.eigvalsh(matrix), 0)


def laplacian_numbers(values):
    n, total = len(values), values.sum()
    if n == 1 or total <= 1e-12:
        return [0] * 5
    return [values[1], values[-1], values[1] / values[-1], entropy(values / total) / np.log(n),
            values[n // 2:].sum() / total]


def singular_numbers(head):
    values = np.linalg.svd(head, compute_uv=False)
    if not values.any():
        return [0] * 3
    return [values[0], np.exp(entropy(values / values.sum())), (head ** 2).sum() / values[0] ** 2]


def log_self(head):
    own = np.diag(head)[head.any(axis=1)]
    return np.log(own).mean() if len(own) and own.all() else np.nan


def steps(head, direction, causal):
    p = head.T.copy() if direction == "informs" else head.copy()
    n = len(p)
    for i in range(n):
        if not p[i].any():
            seen = slice(0, n)
            if causal:
                seen = slice(i, n) if direction == "informs" else slice(0, i + 1)
            p[i, seen] = 1
    return p / p.sum(axis=1, keepdims=True)


def ends(p):
    """How many closed classes, and one of them."""
    count, label = connected_components(p > 0, connection="strong")
    closed = [c for c in range(count) if not p[label == c][:, label != c].any()]
    return len(closed), label == closed[0]


def period(p, end):
    graph = nx.from_numpy_array(p[np.ix_(end, end)], create_using=nx.DiGraph)
    return 1 if nx.is_aperiodic(graph) else 2


def stationary(p):
    n = len(p)
    system = np.vstack([p.T - np.eye(n), np.ones(n)])
    return np.linalg.lstsq(system, np.append(np.zeros(n), 1), rcond=None)[0]


def distance(p, pi, t):
    return np.abs(np.linalg.matrix_power(p, t) - pi).sum(axis=1).max() / 2


def mixing(p, pi):
    low, high = 0, 1
    while distance(p, pi, high) > .25 * (1 + 1e-12):
        low, high = high, high * 2
        if low > MOST:
            return np.nan
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if distance(p, pi, middle) > .25 * (1 + 1e-12) else (low, middle)
    return high if high <= MOST else np.nan


def walk_numbers(followed, damping):
    """@param followed the steps without damping"""
    n, p = len(followed), damped(followed, damping)
    if n == 1:
        return [0] * 4
    count, end = ends(p)
    if count > 1:
        return [0, np.nan, np.nan, np.nan]
    if not np.triu(followed, 1).any() or not np.tril(followed, -1).any():
        # A triangular matrix is often so far from normal that a solver loses half of the digits.
        values = np.diag(followed).astype(complex)
        values = damping * np.delete(values, np.argmax(values.real))
    else:
        values = np.linalg.eigvals(p)
        values = np.delete(values, np.argmin(np.abs(values - 1)))
    pi = np.zeros(n)
    pi[end] = stationary(p[np.ix_(end, end)])
    rate = sum(pi[i] * entropy(p[i]) for i in range(n) if end[i])
    periodic = period(p, end) > 1
    gap = 0 if periodic else 1 - np.abs(values).max()
    return [gap, np.nan if periodic else mixing(p, pi), (1 / (1 - values)).sum().real, rate]


def damped(p, damping):
    return damping * p + (1 - damping) / len(p)


def signal_numbers(matrix, signal, cutoff):
    energy, squares = np.trace(signal.T @ matrix @ signal), (signal ** 2).sum()
    values, vectors = np.linalg.eigh(matrix)
    e = ((vectors.T @ signal) ** 2).sum(axis=1)
    groups = np.append(0, np.cumsum(np.diff(values) > 1e-9))
    e = np.array([e[groups == g].mean() for g in groups])
    e /= e.sum()
    first = int(np.floor((1 - cutoff) * len(e) + 1e-9))
    return [energy, energy / squares, entropy(e), e[first:].sum()]


def same(oracle, what, row, columns, expected, tolerance=1e-9):
    got = np.array([float(row[c]) if row[c] else np.nan for c in columns])
    expected = np.array(expected, float)
    oracle.check(f"{what}: empty fields {row}, expected {expected}",
                 np.array_equal(np.isnan(got), np.isnan(expected)))
    known = ~np.isnan(got) & ~np.isnan(expected)
    # Rounding of eigenvalues is relative to the largest.
    oracle.near(what, got[known], expected[known], tolerance, floor=1e-4)


def summary(head, kind, loops, direction, damping, causal):
    followed = steps(head, direction, causal)
    p = damped(followed, damping)
    if kind == "directed":
        pi = stationary(p)
        root = np.sqrt(pi)
        flow = root[:, None] * p / root
        values = spectrum(np.eye(len(p)) - (flow + flow.T) / 2)
    else:
        values = spectrum(laplacian(head, kind, loops))
    return [*laplacian_numbers(values), *singular_numbers(head),
            *walk_numbers(followed, damping), log_self(head)]


def check(oracle, what, heads, source, causal, random):
    n = heads.shape[-1]
    kind, loops = random.choice(["normalized", "combinatorial"]), random.choice(["keep", "drop"])
    direction, damping = random.choice(["attends", "informs"]), float(random.choice([1, .99, .5]))
    options = [*source, "--laplacian", kind, "--self-loops", loops]
    rows = oracle.rows("spectrum", *options, "--direction", direction, "--damping", damping)
    values = oracle.rows("spectrum", *options, "--eigenvalues")
    signal = random.normal(size=(len(heads), n, 3))
    waves = oracle.rows("spectrum", *options, "--cutoff", .3, "--signal",
                        oracle.file(signal, "signal.npy"))
    for i, (l, h) in enumerate(np.ndindex(heads.shape[:2])):
        head, name = heads[l, h], f"{what} {kind} {loops} {direction} {damping} {l},{h}"
        same(oracle, name, rows[i], SUMMARY,
             summary(head, kind, loops, direction, damping, causal))
        matrix = laplacian(head, kind, loops)
        oracle.near(f"{name}: eigenvalues", numbers(values[i * n:(i + 1) * n], "value"),
                    spectrum(matrix), floor=1e-3)
        same(oracle, f"{name}: signal", waves[i], SIGNAL, signal_numbers(matrix, signal[l], .3))


def random_cases(oracle):
    random = np.random.default_rng(31)
    for case in range(24):
        n, causal = int(random.integers(1, 20)), case % 2 == 0
        heads = random_stack(random, 2, 2, n, causal=causal, zeros=.4 if case % 3 == 0 else 0,
                             masked_rows=.2 if case % 4 == 1 else 0)
        check(oracle, f"random {case}", heads,
              [oracle.file(heads), "--causal", "yes" if causal else "no"], causal, random)
    # Where LAPACK solves what is not symmetric.
    heads = random_stack(random, 1, 1, 230)
    check(oracle, "230 tokens", heads, [oracle.file(heads)], False, random)


def directed_cases(oracle):
    random = np.random.default_rng(32)
    for case in range(12):
        n, damping = int(random.integers(4, 20)), float(random.choice([1, .99]))
        head = random_stack(random, 1, 1, n)[0, 0]
        rows = oracle.rows("spectrum", oracle.file(head), "--laplacian", "directed", "--damping",
                           damping, "--eigenvalues")
        graph = nx.from_numpy_array(head, create_using=nx.DiGraph)
        kind = {} if damping == 1 else {"walk_type": "pagerank", "alpha": damping}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matrix = nx.directed_laplacian_matrix(graph, **kind)
        oracle.near(f"directed {case}", numbers(rows, "value"), spectrum(matrix), floor=1e-2)
        row = oracle.rows("spectrum", oracle.file(head), "--laplacian", "directed", "--damping",
                          damping)[0]
        same(oracle, f"directed {case}: summary", row, SUMMARY,
             summary(head, "directed", "keep", "attends", damping, False))


def queries_and_keys(oracle):
    random = np.random.default_rng(33)
    for case in range(4):
        causal = case % 2 == 0
        weights, asked = asked_of_queries(oracle, random, int(random.integers(2, 30)), causal)
        check(oracle, f"queries {case}", weights, asked, causal, random)


def across_layers(heads, l):
    """LapEigvals of layer l [head, token] by its definition."""
    n, last = heads.shape[-1], len(heads) - 1
    own = np.einsum("lhii->lhi", heads)
    received, seen = heads[l].sum(axis=1), n - np.arange(n)
    if l == last:
        found = (received - own[l]) / np.maximum(seen - 1, 1)
        found[:, -1] = 0
        return found
    if l == 0:
        return (received + own[1]) / (seen + 1) - own[0]
    return (received - own[l] + own[l + 1]) / seen


def layers_cases(oracle):
    random = np.random.default_rng(34)
    stacks = [random_stack(random, int(random.integers(2, 5)), 2, int(random.integers(1, 12)),
                           causal=True) for _ in range(8)]
    stacks.append(np.load(DATA / "small/gpt/attention.npy").astype(float))
    for case, heads in enumerate(stacks):
        for l in range(len(heads)):
            rows = oracle.rows("spectrum", oracle.file(heads), "--causal", "yes", "--laplacian",
                               "layers", "--layer", l)
            oracle.near(f"layers {case}: {l}", numbers(rows, "value"),
                        across_layers(heads, l).ravel())


def few_modes(oracle):
    random = np.random.default_rng(35)
    for case in range(4):
        n, causal = int(random.integers(8, 40)), case % 2 == 0
        query, key = random.normal(size=(2, 1, 1, n, 6))
        source = ["--query", oracle.file(query, "q.npy"), "--key", oracle.file(key, "k.npy"),
                  "--axes", "layer,head,token,width", "--precision", "double", "--causal",
                  "yes" if causal else "no", "--laplacian",
                  random.choice(["normalized", "combinatorial"])]
        whole, few = (numbers(oracle.rows("spectrum", *source, "--eigenvalues", *modes), "value")
                      for modes in ([], ["--modes", 3]))
        oracle.near(f"modes {case}", few, [*whole[:3], *whole[-3:]], floor=1e-2)
        whole, few = (oracle.rows("spectrum", *source, *modes)[0] for modes in ([], ["--modes", 2]))
        for column in ("fiedler", "largest", "ratio", "sigma", "stable_rank", "log_self",
                       *(("gap", "kemeny", "entropy_rate") if causal else ())):
            oracle.near(f"modes {case}: {column}", float(few[column]), float(whole[column]))


def stationary_cases(oracle):
    """π as a metric of centrality, of matrices and of edges."""
    random = np.random.default_rng(36)
    for case in range(12):
        n, causal = int(random.integers(1, 16)), case % 3 == 0
        head = random_stack(random, 1, 1, n, causal=causal, zeros=.3, masked_rows=.1)[0, 0]
        direction = str(random.choice(["attends", "informs"]))
        p = steps(head, direction, causal)
        count, end = ends(p)
        expected = np.zeros(n)
        expected[end] = stationary(p[np.ix_(end, end)])
        rows = oracle.rows("centrality", oracle.file(head), "--causal", "yes" if causal else "no",
                           "--metric", "stationary", "--direction", direction)
        got = np.array([float(r["stationary"]) if r["stationary"] else np.nan for r in rows])
        if count > 1:
            oracle.check(f"stationary {case}: several ends", np.isnan(got).all())
        else:
            oracle.near(f"stationary {case}", got, expected)


# columns and options: W, cats 2,5, gpt 1,0; None where it is refused or not told.
GOLDEN = [
    ("fiedler largest ratio entropy high", [],
     [.375095359718, .621395868352, .603633494882, .60283537545, 1],
     [.779197192159, 1.35669359803, .574335423479, .975216731771, .611848251305],
     [.027139144202, 1.44957261838, .0187221694574, .970476092875, .654936462052]),
    ("fiedler largest", ["--self-loops", "drop"], [1.3110177635, 1.6889822365],
     [.814837628686, 1.51117721167], [.034663134022, 1.68514635716]),
    ("fiedler largest", ["--laplacian", "combinatorial"], [.367712434447, .632287565553],
     [.506748084526, 4.46589940777], [.0270510108808, 1.92672747399]),
    ("fiedler largest", ["--laplacian", "directed"], [.390455488499, .609544511501],
     [.573857201689, 1.14702477762], None),
    ("fiedler largest", ["--laplacian", "directed", "--damping", .99],
     [.396431693263, .613568306737], [.584957084323, 1.13806398069],
     [.0747238155452, 1.44049053778]),
    ("fiedler largest", ["--laplacian", "directed", "--direction", "informs"],
     [.363042489446, .622816096412], [.702957034356, 1.3301527111], None),
    ("sigma effective_rank stable_rank", [], [1.0052929528, 2.79101929252, 1.52382622888],
     [2.49526809894, 3.88932160997, 1.07848784146], [1.35893868676, 29.8053496495, 7.88572706998]),
    ("gap mixing kemeny entropy_rate", [], [.4, 3, 4.16666666667, .833860943314],
     [.672750637576, 3, 16.6520306928, .146393764921], [.504687279742, 21, 56.6008041961, 0]),
    ("gap mixing kemeny entropy_rate", ["--damping", .99],
     [.406, 3, 4.11868332626, .839433666191], [.676023131200, 3, 16.6430631446, .232038117927],
     [.509640407097, 20, 56.4696823919, .240002178092]),
    ("gap mixing kemeny entropy_rate", ["--direction", "informs"],
     [.371700337869, 2, 4.3185840708, .817757875314],
     [.692147668191, 2, 16.7196013655, 2.37319053095], None),
    ("log_self", [], [-.408058503881], [-3.55948231957], [-2.05819802202]),
]


def golden(oracle):
    w = oracle.file(np.array([[.7, .2, .1], [.3, .6, .1], [.1, .2, .7]]), "w.npy")
    heads = ([w], [DATA / "minilm/cats/attention.npy", "--layer", 2, "--head", 5],
             [DATA / "small/gpt/attention.npy", "--layer", 1, "--head", 0])
    for columns, options, *expected in GOLDEN:
        for head, numbers_ in zip(heads, expected):
            if numbers_ is not None:
                row, = oracle.rows("spectrum", *head, *options)
                same(oracle, f"golden {head} {options}", row, columns.split(), numbers_)
    for head, numbers_ in zip(heads, ([5 / 12, 1 / 3, 1 / 4],
                                      [.97502229972, .001184142177, .003488380875], [1, 0, 0])):
        rows = oracle.rows("centrality", *head, "--metric", "stationary")
        oracle.near(f"golden stationary {head}", numbers(rows[:3], "stationary"), numbers_)
    for layer, largest in ((0, [.061963559687, .047120146167, .036355610532]),
                           (1, [.98842561245, .470992743969, .369742307812]),
                           (3, [.365390260172, .157038230531, .155713371409])):
        rows = oracle.rows("spectrum", DATA / "small/gpt/attention.npy", "--laplacian", "layers",
                           "--layer", layer, "--head", 0, "--sort", "value", "--top", 3)
        oracle.near(f"golden layers {layer}", numbers(rows, "value"), largest)


def known_cases(oracle):
    cats = DATA / "minilm/cats"
    head = np.load(cats / "attention.npy")[2, 5].astype(float)
    value = safetensors(cats / "qkv.safetensors")["value"][2, 5]
    row, = oracle.rows("spectrum", cats / "attention.npy", "--layer", 2, "--head", 5, "--signal",
                       f"{cats / 'qkv.safetensors'}:value")
    same(oracle, "cats signal", row, SIGNAL,
         signal_numbers(laplacian(head, "normalized", "keep"), value, .1), 1e-8)
    same(oracle, "golden signal", row, SIGNAL,
         [222.312488013, .899810062804, 2.73306176014, .197171436455], 1e-9)
    stack = np.load(DATA / "small/gpt/attention.npy").astype(float)
    rows = oracle.rows("spectrum", DATA / "small/gpt/attention.npy")
    for i, (l, h) in enumerate(np.ndindex(stack.shape[:2])):
        same(oracle, f"gpt {l},{h}", rows[i], SUMMARY,
             summary(stack[l, h], "normalized", "keep", "attends", 1, True))


if __name__ == "__main__":
    oracle = Oracle("spectrum")
    random_cases(oracle)
    directed_cases(oracle)
    queries_and_keys(oracle)
    layers_cases(oracle)
    few_modes(oracle)
    stationary_cases(oracle)
    golden(oracle)
    known_cases(oracle)
    oracle.finish()
