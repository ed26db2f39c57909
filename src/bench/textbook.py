"""The textbook model in plain PyTorch, as one would write it who knows nothing of tables: seconds an epoch.

usage: textbook.py FOLDER VARIANT EPOCHS THREADS DEVICE

FOLDER holds initial.pt, the weights before the first epoch under their TransformerLens names, pairs.csv, the
split, and optimiser.json, the settings of AdamW. Prints JSON: `milliseconds`, one an epoch after a first that does
not count, `losses`, one an epoch from the very first, and `kernels`, what computed them. Where DEVICE is cuda and there is none, prints {}.
"""

import csv
import ctypes
import json
import pathlib
import sys
import time

import torch
from torch import nn


class Transformer(nn.Module):
    """One layer, causal attention, no layer norm; logits at the last token."""

    def __init__(self, weights, variant):
        super().__init__()
        self.variant = variant
        for name, tensor in weights.items():
            self.register_parameter(name.rsplit(".", 1)[-1], nn.Parameter(tensor.clone()))

    def forward(self, tokens):
        x = self.W_E[tokens]  # batch pos d_model
        if self.variant == "paper":
            x = x + self.W_pos
        q = torch.einsum("bpd,hde->bhpe", x, self.W_Q)
        k = torch.einsum("bpd,hde->bhpe", x, self.W_K)
        v = torch.einsum("bpd,hde->bhpe", x, self.W_V)
        if self.variant == "frozen":
            pattern = torch.zeros(*q.shape[:3], 3, device=x.device)
            pattern[..., :2] = 0.5
        else:
            scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
            future = torch.ones(3, 3, dtype=torch.bool, device=x.device).triu(1)
            pattern = scores.masked_fill(future, float("-inf")).softmax(dim=-1)
        x = x + torch.einsum("bhpe,hed->bpd", pattern @ v, self.W_O)
        hidden = x @ self.W_in + self.b_in
        if self.variant in ("relu", "paper"):
            hidden = hidden.relu()
        x = x + hidden @ self.W_out + self.b_out
        return (x @ self.W_U)[:, -1]


def read_pairs(file):
    with open(file, encoding="utf-8") as rows:
        return [(int(row["a"]), int(row["b"])) for row in csv.DictReader(rows) if row["set"] == "train"]


def kernels():
    """The version of PyTorch, and the kernels that its BLAS chose."""
    config = torch.__config__.show()
    capability = next((line.split()[-1] for line in config.splitlines() if "CPU capability" in line), "unknown")
    try:
        openblas = ctypes.CDLL("libopenblas.so.0")
        openblas.openblas_get_corename.restype = ctypes.c_char_p
        blas = f"OpenBLAS ({openblas.openblas_get_corename().decode()})"
    except OSError:
        blas = "a BLAS that is not OpenBLAS"
    return f"PyTorch {torch.__version__} (CPU capability {capability}), {blas}"


def main():
    folder, variant, epochs, threads, device = sys.argv[1:]
    folder = pathlib.Path(folder)
    if device == "cuda" and not torch.cuda.is_available():
        print(json.dumps({}))
        return
    torch.set_num_threads(int(threads))
    weights = torch.load(folder / "initial.pt", weights_only=True)
    p = weights["embed.W_E"].shape[0] - 1
    pairs = read_pairs(folder / "pairs.csv")
    tokens = torch.tensor([(a, b, p) for a, b in pairs], device=device)
    answers = torch.tensor([(a + b) % p for a, b in pairs], device=device)
    model = Transformer(weights, variant).to(device)
    settings = json.loads((folder / "optimiser.json").read_text(encoding="utf-8"))
    optimiser = torch.optim.AdamW(model.parameters(), **settings)

    milliseconds, losses = [], []
    for _ in range(int(epochs) + 1):
        start = time.perf_counter()
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(model(tokens).double(), answers)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())  # waits for the device
        milliseconds.append(1e3 * (time.perf_counter() - start))
    print(json.dumps({"milliseconds": milliseconds[1:], "losses": losses, "kernels": kernels()}))


main()
