"""evict_kvpress.py PROGRAM

What kvpress's presses score and keep of a prompt, on tensors: the queries, keys and values of the
character model, in double.
"""

import types

import numpy as np
import torch

from peer import ROOT, Peer, bare_package

bare_package("kvpress")
from kvpress.presses.expected_attention_press import ExpectedAttentionPress  # noqa: E402
from kvpress.presses.keydiff_press import KeyDiffPress  # noqa: E402
from kvpress.presses.knorm_press import KnormPress  # noqa: E402
from kvpress.presses.observed_attention_press import ObservedAttentionPress  # noqa: E402
from kvpress.presses.snapkv_press import SnapKVPress  # noqa: E402
from kvpress.presses.streaming_llm_press import StreamingLLMPress  # noqa: E402
from kvpress.presses.tova_press import TOVAPress  # noqa: E402
from kvpress.utils import compute_n_kept  # noqa: E402
from transformers.models.llama.configuration_llama import LlamaConfig  # noqa: E402
from transformers.models.llama.modeling_llama import (  # noqa: E402
    LlamaRotaryEmbedding, apply_rotary_pos_emb)

GPT = "data/small/gpt"
PROMPT, BUDGET, OBSERVE, FIRST = 32, 8, 8, 4
EVICT = (f"evict --query {GPT}/query.npy --key {GPT}/key.npy --value {GPT}/value.npy --causal yes "
         f"--precision double --prompt {PROMPT} --budget {BUDGET}")
RATIO = 1 - BUDGET / PROMPT
PRESSES = {"mean": (ObservedAttentionPress(RATIO), ""),
           "snapkv": (SnapKVPress(RATIO, window_size=OBSERVE), f" --observe {OBSERVE}"),
           "knorm": (KnormPress(RATIO), ""),
           "keydiff": (KeyDiffPress(RATIO), ""),
           "streaming": (StreamingLLMPress(RATIO), ""),
           "expected": (ExpectedAttentionPress(RATIO), " --rope none")}
TOVA = "it takes the mean over the layer's heads, ours the head itself"
# Whose keys are compared one by one, and from which to which kvpress has a score.
SHOWN = [(1, 0), (2, 3)]
SCORED = {"mean": (0, PROMPT), "snapkv": (0, PROMPT - OBSERVE), "knorm": (0, PROMPT),
          "keydiff": (0, PROMPT), "expected": (FIRST, PROMPT)}


def attention(query, key):
    """Weights of causal attention, [head, query, key]."""
    scores = query @ key.transpose(-1, -2) / query.shape[-1] ** .5
    return scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf).softmax(-1)


def layer_module(query, rotary):
    """A layer of Llama as far as presses look at one, and the hidden states that give `query`."""
    heads, _, width = query.shape
    config = types.SimpleNamespace(num_attention_heads=heads, num_key_value_heads=heads)
    module = types.SimpleNamespace(config=config, head_dim=width, q_proj=torch.nn.Identity(),
                                   rotary_emb=rotary)
    return module, query.transpose(0, 1).flatten(1)[None]


def no_rotation(states, positions):
    shape = (1, positions.shape[1], states.shape[-1])
    return states.new_ones(shape), states.new_zeros(shape)


def rotation(base, width):
    rope = {"rope_type": "default", "rope_theta": base}
    return LlamaRotaryEmbedding(LlamaConfig(head_dim=width, rope_parameters=rope))


def turned_back(query, rotary):
    """Queries as they were before the rotary embedding."""
    cos, sin = rotary(query, torch.arange(query.shape[-2])[None])
    return apply_rotary_pos_emb(query[None], query[None], cos, -sin)[0][0]


def scores_and_kept(press, query, key, value, weights, rotary=no_rotation):
    """[head, key] scores, and whether the press keeps the key."""
    module, hidden = layer_module(query, rotary)
    asked = module, hidden, key[None], value[None], weights[None], {}
    left = press.compress(*asked)[0][0]
    kept = (key[:, :, None, :] == left[:, None, :, :]).all(-1).any(-1)
    return press.score(*asked)[0], kept


def tova(peer, query, key, value):
    """One head at a time kvpress scores as we do, but for the last key, which it always keeps."""
    command = f"{EVICT} --policy tova --keys"
    for layer, head in SHOWN:
        heads = query[layer, :, :PROMPT], key[layer, :, :PROMPT], value[layer, :, :PROMPT]
        weights = attention(*heads[:2])
        one = slice(head, head + 1)
        alone, _ = scores_and_kept(TOVAPress(RATIO), *(h[one] for h in heads), weights[one])
        together, _ = scores_and_kept(TOVAPress(RATIO), *heads, weights)
        for j in range(PROMPT - 1):
            peer.number(command, f"layer={layer} head={head} token={j}", "score", alone[0, j])
        peer.number(command, f"layer={layer} head={head} token=0", "score", together[head, 0],
                    differs=TOVA)


def main():
    peer = Peer()
    query, key, value = (torch.from_numpy(np.load(ROOT / GPT / f"{name}.npy")).double()
                         for name in ("query", "key", "value"))
    for layer in range(len(query)):
        weights = attention(query[layer], key[layer])
        prompt = (query[layer, :, :PROMPT], key[layer, :, :PROMPT], value[layer, :, :PROMPT],
                  weights[:, :PROMPT, :PROMPT])
        behind = weights[:, PROMPT:]
        for policy, (press, options) in PRESSES.items():
            command = f"{EVICT} --policy {policy}{options}"
            scores, kept = scores_and_kept(press, *prompt)
            for head in range(len(kept)):
                left = torch.cat([kept[head], torch.ones(behind.shape[2] - PROMPT).bool()])
                mass = (behind[head] * left).sum(1)
                row = f"layer={layer} head={head}"
                peer.number(command, row, "kept", mass.mean())
                peer.number(command, row, "kept_worst", mass.min())
                if (layer, head) in SHOWN and policy in SCORED:
                    for j in range(*SCORED[policy]):
                        peer.number(f"{command} --keys", f"{row} token={j}", "score", scores[head, j])
    tova(peer, query, key, value)
    rotary = rotation(10000.0, query.shape[-1])
    for layer, head in SHOWN:
        before = turned_back(query[layer, :, :PROMPT], rotary)
        scores, _ = scores_and_kept(PRESSES["expected"][0], before, key[layer, :, :PROMPT],
                                    value[layer, :, :PROMPT], key[layer, :, :PROMPT], rotary)
        for j in range(*SCORED["expected"]):
            peer.number(f"{EVICT} --policy expected --rope 10000 --keys",
                        f"layer={layer} head={head} token={j}", "score", scores[head, j], 1e-7)
    peer.number(f"evict {GPT}/attention.npy --prompt 40 --budget 0.1 --policy recent",
                "layer=0 head=0", "budget", compute_n_kept(40, .9),
                differs="40 (1 - 0.9) is a little less than 4 and cut to 3")
    peer.finish()


if __name__ == "__main__":
    main()
