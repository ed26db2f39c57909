"""What the page's model explorer must find: the textbook forward pass in numpy over all pairs.

Usage: explorer_oracle.py CHECKPOINT. Prints JSON: `pairs`, some 200 of them; `logits` of the p numbers for each, less
their mean; `answers` to all p^2 pairs, in the order a p + b. Reads what torch.save writes, TransformerLens names.
"""

import json
import sys

import numpy as np
import torch


def main(checkpoint):
    tensors = {name: tensor.double().numpy() for name, tensor in torch.load(checkpoint, map_location="cpu").items()}
    attn = "blocks.0.attn."
    mlp = "blocks.0.mlp."
    numbers = tensors["embed.W_E"].shape[0] - 1  # the last token is '='
    a, b = np.divmod(np.arange(numbers * numbers), numbers)
    tokens = np.stack([a, b, np.full_like(a, numbers)], axis=1)
    x = tensors["embed.W_E"][tokens]  # pairs, 3, d_model
    if "pos_embed.W_pos" in tensors:
        x = x + tensors["pos_embed.W_pos"]
    resid = x[:, 2].copy()
    for W_Q, W_K, W_V, W_O in zip(*(tensors[attn + name] for name in ("W_Q", "W_K", "W_V", "W_O"))):
        scores = np.einsum("nd,ntd->nt", x[:, 2] @ W_Q, x @ W_K) / np.sqrt(W_Q.shape[1])
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        resid += np.einsum("nt,ntd->nd", weights, x @ W_V) @ W_O
    post = np.maximum(resid @ tensors[mlp + "W_in"] + tensors[mlp + "b_in"], 0)
    logits = (resid + post @ tensors[mlp + "W_out"] + tensors[mlp + "b_out"]) @ tensors["unembed.W_U"]
    logits = logits[:, :numbers]
    shown = np.linspace(0, len(logits) - 1, 211).astype(int)
    centred = logits[shown] - logits[shown].mean(axis=1, keepdims=True)
    print(json.dumps({
        "pairs": [[int(a[i]), int(b[i])] for i in shown],
        "logits": centred.tolist(),
        "answers": logits.argmax(axis=1).tolist(),
    }))


main(sys.argv[1])
