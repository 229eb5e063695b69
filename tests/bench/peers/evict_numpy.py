"""evict_numpy.py whole FILE OUT

What h2o, mean, tova, recent, random and oracle keep, as `attngraph evict` says, by NumPy: the prompt
is the first half, a quarter of it is kept.
"""

import sys

import numpy as np

how, path, out = sys.argv[1:]
assert how == "whole"
stack = np.load(path, mmap_mode="r")
tokens = stack.shape[-1]
prompt = tokens // 2
budget = prompt // 4
answers = []
for head in stack.reshape(-1, tokens, tokens):
    a = head.astype(np.float64)
    received, rows = a[:prompt, :prompt].sum(axis=0), a[prompt:]
    scores = [received, received / (prompt - np.arange(prompt)), a[prompt - 1, :prompt],
              np.arange(prompt), None, rows[:, :prompt].sum(axis=0)]
    after = rows[:, prompt:].sum(axis=1).mean()
    mean = rows[:, :prompt].mean(axis=0)
    for score in scores:
        best = None if score is None else np.argsort(-score, kind="stable")[:budget]
        answers.append(after + (mean.sum() * budget / prompt if best is None else mean[best].sum()))
np.save(out, np.array(answers)[:, None])
