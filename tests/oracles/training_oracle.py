"""An independent reading of a trained run, with nothing but torch: what are its loss and accuracy?

usage: training_oracle.py RUN_FOLDER VARIANT CHECKPOINT [CHECKPOINT ...]

Prints JSON: for each checkpoint loss (mean cross-entropy, nats) and accuracy on the train and on the test pairs,
and on the test pairs whose mirror is a test pair too. The transformer is written from the model's definition:
one layer, no layer norm, a positional embedding in the variant `paper` alone, causal attention, logits at '='.
"""

import csv
import json
import pathlib
import sys

import torch

torch.set_default_dtype(torch.float64)


def forward(weights, pairs, variant):
    number_of_tokens = weights["embed.W_E"].shape[0]
    equals = torch.full((len(pairs), 1), number_of_tokens - 1)
    tokens = torch.cat([torch.tensor(pairs), equals], dim=1)
    embedded = weights["embed.W_E"][tokens]  # batch pos d_model
    if variant == "paper":
        embedded = embedded + weights["pos_embed.W_pos"]
    attended = torch.zeros_like(embedded[:, -1])
    heads = zip(*(weights["blocks.0.attn." + name] for name in ("W_Q", "W_K", "W_V", "W_O")))
    for w_q, w_k, w_v, w_o in heads:
        query = embedded[:, -1] @ w_q
        scores = torch.einsum("bd,bpd->bp", query, embedded @ w_k) / w_k.shape[1] ** 0.5
        pattern = scores.softmax(dim=1)
        if variant == "frozen":
            pattern = torch.tensor([0.5, 0.5, 0.0]).expand_as(scores)
        attended += torch.einsum("bp,bpd->bd", pattern, embedded @ w_v) @ w_o
    resid_mid = embedded[:, -1] + attended
    hidden = resid_mid @ weights["blocks.0.mlp.W_in"] + weights["blocks.0.mlp.b_in"]
    if variant in ("relu", "paper"):
        hidden = hidden.relu()
    resid_post = resid_mid + hidden @ weights["blocks.0.mlp.W_out"] + weights["blocks.0.mlp.b_out"]
    return resid_post @ weights["unembed.W_U"]


def judge(weights, pairs, variant):
    p = weights["embed.W_E"].shape[0] - 1
    answers = torch.tensor([(a + b) % p for a, b in pairs])
    logits = forward(weights, pairs, variant)
    loss = torch.nn.functional.cross_entropy(logits, answers)
    return {"loss": loss.item(), "accuracy": (logits.argmax(dim=1) == answers).double().mean().item()}


def main():
    folder, variant, *checkpoints = sys.argv[1:]
    sets = {"train": [], "test": []}
    with open(pathlib.Path(folder) / "pairs.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            sets[row["set"]].append((int(row["a"]), int(row["b"])))
    test = set(sets["test"])
    sets["unseen"] = [(a, b) for a, b in sets["test"] if (b, a) in test]

    result = {}
    for checkpoint in checkpoints:
        weights = torch.load(pathlib.Path(folder) / checkpoint, weights_only=True)
        weights = {name: tensor.double() for name, tensor in weights.items()}
        result[checkpoint] = {name: judge(weights, pairs, variant) for name, pairs in sets.items()}
    print(json.dumps(result))


main()
