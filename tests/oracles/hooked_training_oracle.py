"""A model as TransformerLens makes them by default, with every bias, trained on a task for a few hundred epochs.

usage: hooked_training_oracle.py FILE P SEED EPOCHS TASK [N_CTX] [D_HEAD] [PREFIX]

TASK is an expression of a and b, such as "a + b". Writes the state dict to FILE and prints JSON, all in float64:
accuracy over all pairs; of the pair (1, 2) the logits at '=', the attention map of each head, z of each head, the
output of attention, the activations before and after the ReLU; the norms of the biases; and the cosine of the gradients of the logit
of 4 with respect to the embeddings of a and b. Shares no code with the C++ side.
"""

import json
import sys

import torch

from hooked_transformer import HookedTransformer, HookedTransformerConfig

file, p, seed, epochs, task = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
n_ctx, d_head = (int(size) for size in (sys.argv[6:8] + ["3", "8"][len(sys.argv[6:8]):]))
prefix = sys.argv[8] if len(sys.argv) > 8 else ""
torch.manual_seed(seed)
torch.set_num_threads(1)
model = HookedTransformer(HookedTransformerConfig(
    n_layers=1, d_model=24, n_ctx=n_ctx, d_head=d_head, n_heads=3, d_mlp=64, act_fn="relu", d_vocab=p + 1,
    normalization_type=None))
with torch.no_grad():
    for parameter in model.parameters():
        parameter.copy_(torch.randn(parameter.shape) * (0.3 if parameter.isnan().any() else 0.2))  # biases too

pairs = torch.cartesian_prod(torch.arange(p), torch.arange(p))
tokens = torch.cat([pairs, torch.full((len(pairs), 1), p)], dim=1)
answers = eval(task, {"a": pairs[:, 0], "b": pairs[:, 1]}) % p
optimiser = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=0.3, betas=(0.9, 0.98))
for _ in range(epochs):
    optimiser.zero_grad()
    torch.nn.functional.cross_entropy(model(tokens)[:, -1], answers).backward()
    optimiser.step()
torch.save({prefix + name: tensor for name, tensor in model.state_dict().items()}, file)

model = model.double()
attention, mlp = model.blocks[0].attn, model.blocks[0].mlp
with torch.no_grad():
    right = (model(tokens)[:, -1].argmax(dim=1) == answers).double().mean().item()
embedded = (model.embed.W_E[tokens[p + 2]] + model.pos_embed.W_pos[:3])[None].detach().requires_grad_()
q, k, v = (torch.einsum("bpm,hmd->bhpd", embedded, w) + b[:, None] for w, b in
           ((attention.W_Q, attention.b_Q), (attention.W_K, attention.b_K), (attention.W_V, attention.b_V)))
scores = (q @ k.transpose(2, 3) / d_head ** 0.5).masked_fill(torch.triu(torch.ones(3, 3), 1).bool(), float("-inf"))
pattern = scores.softmax(dim=-1)
z = pattern @ v
o = torch.einsum("bhpd,hdm->bpm", z, attention.W_O) + attention.b_O
resid_mid = embedded + o
pre = resid_mid @ mlp.W_in + mlp.b_in
logits = (resid_mid + pre.relu() @ mlp.W_out + mlp.b_out) @ model.unembed.W_U + model.unembed.b_U
logits[0, -1, 4].backward()
of_a, of_b = embedded.grad[0, 0], embedded.grad[0, 1]
print(json.dumps({
    "accuracy": right, "logits": logits[0, -1].tolist(), "pattern": pattern[0].tolist(), "z": z[0, :, -1].tolist(),
    "o": o[0, -1].tolist(), "pre": pre[0, -1].tolist(),
    "symmetricity": torch.nn.functional.cosine_similarity(of_a, of_b, dim=0).item(),
    "biases": {name: tensor.norm().item() for name, tensor in model.named_parameters() if ".b_" in name}}))
