"""A small model with positions in the layout of Nanda et al.'s published runs, and what plain PyTorch says of it.
Shares no code with the C++ side.

    imported_oracle.py FILE P SEED    writes the model and prints JSON: accuracy and loss (float64) on the training
                                      pairs of Python's random.seed(SEED) shuffle, on the others and on all; the
                                      attention from '=' of every head at pair (1, 2); the logits there; the
                                      accuracy on the others with attention held at its mean
"""

import collections
import json
import random
import sys

import torch

file, p, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
d_model, heads, d_head, d_mlp = 16, 3, 5, 24
torch.manual_seed(seed)
shapes = {"embed.W_E": (d_model, p + 1), "pos_embed.W_pos": (3, d_model),
          "blocks.0.attn.W_K": (heads, d_head, d_model), "blocks.0.attn.W_Q": (heads, d_head, d_model),
          "blocks.0.attn.W_V": (heads, d_head, d_model), "blocks.0.attn.W_O": (d_model, d_head * heads),
          "blocks.0.mlp.W_in": (d_mlp, d_model), "blocks.0.mlp.b_in": (d_mlp,),
          "blocks.0.mlp.W_out": (d_model, d_mlp), "blocks.0.mlp.b_out": (d_model,),
          "unembed.W_U": (d_model, p + 1)}
weights = collections.OrderedDict((name, torch.randn(shape) * 0.4) for name, shape in shapes.items())
saved = collections.OrderedDict(weights)
saved["blocks.0.attn.mask"] = torch.tril(torch.ones(3, 3))
torch.save({"train_losses": [0.1] * 10, "model": saved, "config": {"p": p}}, file)

W = {name.split(".")[-1]: tensor.double() for name, tensor in weights.items()}
pairs = [(i, j, p) for i in range(p) for j in range(p)]
tokens = torch.tensor(pairs)
answers = (tokens[:, 0] + tokens[:, 1]) % p


def forward(pattern=None):
    x = W["W_E"].T[tokens] + W["W_pos"]
    q, k, v = (torch.einsum("hdm,bpm->bhpd", W[name], x) for name in ("W_Q", "W_K", "W_V"))
    scores = torch.einsum("bhqd,bhkd->bhqk", q, k) / d_head ** 0.5
    scores = scores.masked_fill(torch.triu(torch.ones(3, 3), diagonal=1).bool(), float("-inf"))
    attention = torch.softmax(scores, dim=-1)[:, :, 2] if pattern is None else pattern  # from '=': b h k
    z = torch.einsum("bhk,bhkd->bhd", attention, v)
    x = x[:, 2] + torch.einsum("mf,bf->bm", W["W_O"], z.reshape(len(pairs), heads * d_head))
    hidden = torch.relu(torch.einsum("fm,bm->bf", W["W_in"], x) + W["b_in"])
    x = x + torch.einsum("mf,bf->bm", W["W_out"], hidden) + W["b_out"]
    return torch.einsum("mv,bm->bv", W["W_U"], x), attention


logits, attention = forward()
shuffled = list(pairs)
random.seed(seed)
random.shuffle(shuffled)
n_train = int(0.3 * len(pairs))


def scores(logits, chosen):
    rows = torch.tensor([a * p + b for a, b, _ in chosen])
    return {"accuracy": (logits[rows].argmax(dim=1) == answers[rows]).double().mean().item(),
            "loss": torch.nn.functional.cross_entropy(logits[rows], answers[rows]).item()}


held, _ = forward(attention.mean(dim=0).expand(len(pairs), -1, -1))
print(json.dumps({"train": scores(logits, shuffled[:n_train]), "test": scores(logits, shuffled[n_train:]),
                  "all": scores(logits, pairs), "attention": attention[p + 2].tolist(),
                  "logits": logits[p + 2].tolist(),
                  "mean_attention": scores(held, shuffled[n_train:])["accuracy"]}))
