"""spectrum_spectral_trust.py PROGRAM

Laplacian and signal numbers by spectral_trust, in float32. For more than 50 tokens its default
solver stops at 50 modes and normalises over those.
"""

import numpy as np
import torch

from peer import ROOT, Peer, bare_package

bare_package("spectral_trust")
from spectral_trust.config import GSPConfig  # noqa: E402
from spectral_trust.graph import GraphConstructor  # noqa: E402
from spectral_trust.per_head import per_head_metrics  # noqa: E402
from spectral_trust.spectral import SpectralAnalyzer  # noqa: E402

COLUMNS = ["fiedler", "ratio", "entropy", "high", "largest"]
CATS, GPT = "data/minilm/cats/attention.npy", "data/small/gpt/attention.npy"
LONG = "data/small/digits-spatial/weights.npy"


def stack(path):
    return torch.from_numpy(np.load(ROOT / path).astype(np.float32))


def laplacian_numbers(peer):
    for path, option, config in ((CATS, "", {}), (GPT, "", {}),
                                 (GPT, " --self-loops drop", {"remove_self_loops": True}),
                                 (GPT, " --laplacian combinatorial", {"normalization": "none"})):
        for layer, heads in enumerate(stack(path)):
            found = per_head_metrics(heads, GSPConfig(**config)).values
            for head, numbers in enumerate(found):
                row = f"layer={layer} head={head}"
                for column, number in zip(COLUMNS, numbers):
                    peer.number(f"spectrum {path}{option}", row, column, number, 2e-5)


def laplacian(head):
    graph = GraphConstructor(GSPConfig())
    adjacency = graph.symmetrize_attention(head[None, None])[0]
    return graph.construct_laplacian(adjacency)[0]


def signal_numbers(peer):
    heads, values = stack(GPT), torch.from_numpy(np.load(ROOT / "data/small/gpt/value.npy"))
    analyzer = SpectralAnalyzer(GSPConfig())
    for layer, head in np.ndindex(*heads.shape[:2]):
        found = analyzer.analyze_layer(values[layer, head], laplacian(heads[layer, head]), layer)
        command = f"spectrum {GPT} --signal data/small/gpt/value.npy"
        row = f"layer={layer} head={head}"
        peer.number(command, row, "energy", found.energy, 2e-5)
        peer.number(command, row, "smoothness", found.smoothness_index, 2e-5)
        peer.number(command, row, "signal_entropy", found.spectral_entropy, 2e-5)
        peer.number(command, row, "signal_high", found.hfer, 2e-5)


def truncated_signal(peer):
    """The weights of a head are the signal on its tokens."""
    head = stack(LONG)
    command, row = f"spectrum {LONG} --signal {LONG}", "layer=0 head=0"
    for solver, why in (("dense", ""), ("sparse", "stops at 50 modes")):
        analyzer = SpectralAnalyzer(GSPConfig(eigen_solver=solver))
        found = analyzer.analyze_layer(head, laplacian(head), 0)
        peer.number(command, row, "signal_entropy", found.spectral_entropy, 1e-4, differs=why)
        peer.number(command, row, "signal_high", found.hfer, 1e-4, differs=why)


if __name__ == "__main__":
    peer = Peer()
    laplacian_numbers(peer)
    signal_numbers(peer)
    truncated_signal(peer)
    peer.finish()
