"""What stands in for TransformerLens, which is not in Debian: a plain torch module with its names, shapes, buffers and
defaults (HookedTransformerConfig.py, components/abstract_attention.py, pos_embed.py, unembed.py) and its forward pass
without normalisation. Shares no code with the C++ side.
"""

import dataclasses

import torch
from torch import nn


@dataclasses.dataclass
class HookedTransformerConfig:
    n_layers: int
    d_model: int
    n_ctx: int
    d_head: int
    n_heads: int = -1
    d_mlp: int = None
    act_fn: str = None
    d_vocab: int = -1
    use_attn_scale: bool = True
    normalization_type: str = "LN"
    attention_dir: str = "causal"
    positional_embedding_type: str = "standard"


def weight(*shape):
    return nn.Parameter(torch.full(shape, float("nan")))  # whatever is not loaded spoils the logits


def bias(*shape):
    return nn.Parameter(torch.zeros(*shape))


class Attention(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.scale = cfg.d_head ** 0.5 if cfg.use_attn_scale else 1.0
        self.W_Q, self.W_K, self.W_V = (weight(cfg.n_heads, cfg.d_model, cfg.d_head) for _ in range(3))
        self.W_O = weight(cfg.n_heads, cfg.d_head, cfg.d_model)
        self.b_Q, self.b_K, self.b_V = (bias(cfg.n_heads, cfg.d_head) for _ in range(3))
        self.b_O = bias(cfg.d_model)
        self.register_buffer("mask", torch.ones(cfg.n_ctx, cfg.n_ctx).tril().bool())
        self.register_buffer("IGNORE", torch.tensor(float("-inf")))

    def forward(self, x):
        q, k, v = (torch.einsum("bpm,hmd->bhpd", x, w) + b[:, None]
                   for w, b in ((self.W_Q, self.b_Q), (self.W_K, self.b_K), (self.W_V, self.b_V)))
        seen = self.mask[: x.shape[1], : x.shape[1]]
        scores = torch.where(seen, q @ k.transpose(2, 3) / self.scale, self.IGNORE)
        return torch.einsum("bhpd,hdm->bpm", scores.softmax(dim=-1) @ v, self.W_O) + self.b_O


class MLP(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        assert cfg.act_fn == "relu"
        self.W_in, self.b_in = weight(cfg.d_model, cfg.d_mlp), bias(cfg.d_mlp)
        self.W_out, self.b_out = weight(cfg.d_mlp, cfg.d_model), bias(cfg.d_model)

    def forward(self, x):
        return (x @ self.W_in + self.b_in).relu() @ self.W_out + self.b_out


class Block(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.attn, self.mlp = Attention(cfg), MLP(cfg)

    def forward(self, x):
        resid_mid = x + self.attn(x)
        return resid_mid + self.mlp(resid_mid)


class Named(nn.Module):
    """A submodule that only gives its parameters a name."""

    def __init__(self, **parameters):
        super().__init__()
        for name, parameter in parameters.items():
            self.register_parameter(name, parameter)


class HookedTransformer(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        assert cfg.normalization_type is None and cfg.positional_embedding_type == "standard"
        self.embed = Named(W_E=weight(cfg.d_vocab, cfg.d_model))
        self.pos_embed = Named(W_pos=weight(cfg.n_ctx, cfg.d_model))
        self.blocks = nn.ModuleList(Block(cfg) for _ in range(cfg.n_layers))
        self.unembed = Named(W_U=weight(cfg.d_model, cfg.d_vocab), b_U=bias(cfg.d_vocab))

    def forward(self, tokens):
        x = self.embed.W_E[tokens] + self.pos_embed.W_pos[: tokens.shape[1]]
        for block in self.blocks:
            x = block(x)
        return x @ self.unembed.W_U + self.unembed.b_U
