"""heads_transformer_lens.py PROGRAM

How much of a head's attention TransformerLens finds on a pattern, by its measure "mul": the sum there
over the sum of all. Its share on previous tokens counts the first row, which has none; ours does not.
"""

import json
import sys
import types

import numpy as np
import torch

from peer import ROOT, Peer, bare_package

bare_package("transformer_lens")
for name, parts in {"ActivationCache": {"ActivationCache": None},
                    "model_protocol": {"TransformerLensModel": None},
                    "utilities": {"is_lower_triangular": lambda x: torch.equal(x, x.tril()),
                                  "is_square": lambda x: x.shape[0] == x.shape[1]}}.items():
    module = sys.modules[f"transformer_lens.{name}"] = types.ModuleType(name)
    vars(module).update(parts)
from transformer_lens import head_detector  # noqa: E402

GPT = "data/small/gpt"
HEADS = f"heads {GPT}/attention.npy --tokens {GPT}/tokens.json"


def main():
    peer = Peer()
    stack = torch.from_numpy(np.load(ROOT / GPT / "attention.npy")).double()
    tokens = json.loads((ROOT / GPT / "tokens.json").read_text())
    numbers = torch.tensor([[tokens.index(token) for token in tokens]])
    patterns = {"previous": head_detector.get_previous_token_head_detection_pattern,
                "duplicate": head_detector.get_duplicate_token_head_detection_pattern,
                "induction": head_detector.get_induction_head_detection_pattern}
    rows = len(tokens)
    for column, pattern in patterns.items():
        for layer, head in np.ndindex(*stack.shape[:2]):
            theirs = head_detector.compute_head_attention_similarity_score(
                stack[layer, head], pattern(numbers), exclude_bos=False, exclude_current_token=False,
                error_measure="mul")
            counted = rows / (rows - 1) if column == "previous" else 1
            peer.number(HEADS, f"layer={layer} head={head}", column, theirs * counted, 1e-6)
    peer.finish()


if __name__ == "__main__":
    main()
