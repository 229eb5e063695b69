"""compare.py KIND OURS THEIRS: prints the largest relative difference of two answers.

arrays                two .npy files of as many numbers
signed                the same, numbers of any sign: relative to the largest
columns:NAME,NAME...  columns of a CSV file, and a .npy file [row, column]
top                   column weight of a CSV file, and an .npz with weight [query, top]
"""

import csv
import sys

import numpy as np

kind, ours, theirs = sys.argv[1:]


def columns(names):
    with open(ours, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return np.array([[float(row[name]) for name in names] for row in rows])


if kind in ("arrays", "signed"):
    a, b = np.load(ours).ravel(), np.load(theirs).ravel()
elif kind == "top":
    b = np.load(theirs)["weight"]
    a = columns(["weight"]).reshape(b.shape)
else:
    names = kind.split(":")[1].split(",")
    b = np.load(theirs).reshape(-1, len(names))
    a = columns(names).reshape(b.shape)
a, b = a.astype(np.float64).ravel(), b.astype(np.float64).ravel()
scale = np.maximum(np.abs(b), (1 if kind == "signed" else 1e-6) * np.abs(b).max())
print(float((np.abs(a - b) / scale).max()))
