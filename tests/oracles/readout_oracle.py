"""A second opinion on the claims of section 9, "How the answer is read out", from one checkpoint.

usage: readout_oracle.py CHECKPOINT.pt [--claims] [--before UNTRAINED.pt] [--layout nanda]

The definitions are those of templates/methods.md, section 9. The script shares no code with the C++ side and reads no number of
it. torch loads the file, numpy computes, everything in 64 bits. It prints JSON, for every claim
    {id: {"values": [one a check], "control": [one a control], "details": {...}}}
A control with random permutations in it is null: it depends on the draws, not on the definition. What does
not apply (no idle frequency, no tuned head) is null too. --claims leaves the details out. --before names the
model before training, the control of readout.cosines; without it that control is null.

Conventions. The pair (a, b) is row a p + b of every matrix with p^2 rows. F[j, l] is the sum over (a, b) of
X(a, b) exp(-2 pi i (j a + l b) / p), so a wave cos(w_k a + phi) has the angle phi at (k, 0). Logits are those
of the answers 0 .. p - 1, without the logit of '='. They are the sum of two paths:
    direct: (W_E['='] + o) W_U        MLP: (hidden W_out + b_out) W_U = hidden W_L + b_out W_U
A bias of the unembedding, b_U, is added once to their sum, and to either path where it is read by itself.
The written-down decoder and the orders of pre are judged by the MLP's path alone, all else by the whole
logits.
"""

import argparse
import json
import math
from types import SimpleNamespace

import numpy as np
import torch


# Frequencies

def folded(k, p):
    """Frequency k and p - k are the same wave."""
    return min(k % p, -k % p)


def energy_shares(X):
    """X: p x d, or p. The share of each frequency 1 .. (p - 1) / 2 in the energy over the p numbers."""
    X = X.reshape(len(X), -1)
    energy = (np.abs(np.fft.rfft(X, axis=0)[1:]) ** 2).sum(axis=1)
    return energy / energy.sum()


def active(X):
    return [int(k) for k in np.flatnonzero(energy_shares(X) > 0.02) + 1]


def without(X, frequencies):
    """X: p x d, without these frequencies."""
    F = np.fft.fft(X, axis=0)
    for f in frequencies:
        F[[f, -f]] = 0
    return np.fft.ifft(F, axis=0).real


def over_pairs(X, p):
    """X: p^2 x n. Its transform over (a, b), p x p x n, with the constant left out."""
    F = np.fft.fft2(X.reshape(p, p, -1), axes=(0, 1))
    F[0, 0] = 0
    return F


def places(terms, p):
    """p x p, true at these terms (j, l) and at their conjugates (-j, -l)."""
    chosen = np.zeros((p, p), bool)
    for j, l in terms:
        chosen[j % p, l % p] = chosen[-j % p, -l % p] = True
    return chosen


def both_numbers(K, sign):
    """The sum terms (sign 1) or the difference terms (sign -1)."""
    return [(k, sign * k) for k in K]


def one_number(K):
    return [(k, 0) for k in K] + [(0, k) for k in K]


def doubles(K, p):
    """The folded doubles that are no key frequencies: {double: key frequency}."""
    return {folded(2 * k, p): k for k in K if folded(2 * k, p) not in K}


def ledger(X, p, K):
    """X: p^2 x n. The share of each kind of term in the variance over (a, b)."""
    energy = (np.abs(over_pairs(X, p)) ** 2).sum(axis=2)
    kinds = {"sum": both_numbers(K, 1), "difference": both_numbers(K, -1),
             "one number": one_number(K), "doubles": one_number(doubles(K, p))}
    shares = {kind: energy[places(terms, p)].sum() / energy.sum() for kind, terms in kinds.items()}
    return shares | {"rest": 1 - sum(shares.values())}


def reduced(X, p, terms):
    """X: p^2 x n. Its mean over all pairs and these terms, nothing else."""
    F = over_pairs(X, p) * places(terms, p)[:, :, None]
    return X.mean(axis=0) + np.fft.ifft2(F, axes=(0, 1)).real.reshape(X.shape)


# The model

class Model:
    def __init__(self, file, layout="transformerlens"):
        # Published files hold losses too, which torch 1.13 reads only in full: give it files that you trust.
        loaded = torch.load(file, map_location="cpu", weights_only=layout != "nanda")
        loaded = loaded.get("model", loaded)
        tensors = {name: tensor.double().numpy() for name, tensor in loaded.items()}
        swap = (lambda X: np.swapaxes(X, -1, -2)) if layout == "nanda" else (lambda X: X)
        attention, mlp = "blocks.0.attn.", "blocks.0.mlp."
        self.W_E = swap(tensors["embed.W_E"])                             # (p + 1) x d_model
        self.p, d_model = len(self.W_E) - 1, self.W_E.shape[1]
        self.W_pos = tensors.get("pos_embed.W_pos", np.zeros((3, d_model)))[:3]
        self.W_Q, self.W_K, self.W_V = (swap(tensors[attention + name]) for name in ("W_Q", "W_K", "W_V"))
        heads, _, d_head = self.W_Q.shape                                 # heads x d_model x d_head
        self.W_O = swap(tensors[attention + "W_O"]).reshape(heads, d_head, d_model)
        self.W_in, self.b_in = swap(tensors[mlp + "W_in"]), tensors[mlp + "b_in"]      # d_model x d_mlp
        self.W_out, self.b_out = swap(tensors[mlp + "W_out"]), tensors[mlp + "b_out"]  # d_mlp x d_model
        self.W_U = tensors["unembed.W_U"][:, :self.p]                     # d_model x p
        zero = lambda name, *shape: tensors.get(name, np.zeros(shape))
        self.b_Q, self.b_K, self.b_V = (zero(attention + name, heads, d_head) for name in ("b_Q", "b_K", "b_V"))
        self.b_O, self.b_U = zero(attention + "b_O", d_model), zero("unembed.b_U", self.p)[:self.p]
        self.W_L = self.W_out @ self.W_U                                  # d_mlp x p, a row a neuron
        numbers, in_decoder = active(self.W_E[:-1]), active(self.W_L.T)
        self.key = [k for k in numbers if k in in_decoder]
        self.idle = [k for k in numbers if k not in in_decoder]
        self.a, self.b = pairs(self.p)

    def scores(self):
        """heads x (p + 1) x 3: the score of each token at each position, asked by '='."""
        query = np.einsum("m,hmd->hd", self.W_E[-1] + self.W_pos[2], self.W_Q) + self.b_Q
        keys = np.einsum("tpm,hmd->htpd", self.W_E[:, None] + self.W_pos, self.W_K) + self.b_K[:, None, None]
        return np.einsum("hd,htpd->htp", query, keys) / np.sqrt(self.W_Q.shape[2])

    def attention(self):
        """heads x p^2 x 3: the weights on a, b and '='."""
        s = self.scores()
        score = np.stack([s[:, self.a, 0], s[:, self.b, 1], np.repeat(s[:, -1:, 2], self.p ** 2, 1)], axis=2)
        weights = np.exp(score - score.max(axis=2, keepdims=True))
        return weights / weights.sum(axis=2, keepdims=True)

    def run(self, weights, removed=()):
        """All pairs with these attention weights, these frequencies taken out of W_E's number rows."""
        x = np.concatenate([without(self.W_E[:-1], removed), self.W_E[-1:]])[:, None] + self.W_pos
        values = np.einsum("tpm,hmd->hptd", x, self.W_V) + self.b_V[:, None, None]
        written = np.einsum("hptd,hdn->hptn", values, self.W_O)
        run = SimpleNamespace()
        run.o = sum(w[:, :1] * y[0, self.a] + w[:, 1:2] * y[1, self.b] + w[:, 2:] * y[2, -1]
                    for w, y in zip(weights, written)) + self.b_O         # p^2 x d_model
        run.resid_mid = x[-1, 2] + run.o                                  # p^2 x d_model
        run.pre = run.resid_mid @ self.W_in + self.b_in                   # p^2 x d_mlp
        run.post = np.maximum(run.pre, 0)                                 # p^2 x d_mlp
        run.logits = self.logits(run.resid_mid, run.post)                 # p^2 x p
        return run

    def mlp_path(self, hidden):
        return hidden @ self.W_L + self.b_out @ self.W_U + self.b_U

    def logits(self, resid_mid, hidden):
        return resid_mid @ self.W_U + self.mlp_path(hidden)


def held(weights, heads):
    """The same attention with the weights of these heads at their means over all pairs."""
    changed = weights.copy()
    for head in heads:
        changed[head] = weights[head].mean(axis=0)
    return changed


# What the claims measure

def pairs(p):
    """a and b, p^2 each."""
    return np.divmod(np.arange(p * p), p)


def accuracy(logits):
    p = logits.shape[1]
    return (logits.argmax(axis=1) == sum(pairs(p)) % p).mean()


def answer_wave(p, k):
    """p^2 x p: cos(w_k (a + b - c))."""
    return np.cos(2 * np.pi * k * (sum(pairs(p))[:, None] - np.arange(p)) / p)


def amplitude(logits, k):
    """p^2: how much of cos(w_k (a + b - c)) is in the logits of each pair."""
    p = logits.shape[1]
    centred = logits - logits.mean(axis=1, keepdims=True)
    return (centred * answer_wave(p, k)).sum(axis=1) / (p / 2)            # sum over c of cos^2 = p / 2


def profile(logits, k):
    """p: the mean amplitude over the pairs with a - b = q mod p, for each q."""
    p = logits.shape[1]
    return np.bincount(np.subtract(*pairs(p)) % p, amplitude(logits, k)) / p


def flatness(logits, k):
    along_q = profile(logits, k)
    return along_q.min() / along_q.max()


def like_half_cosine(logits, k):
    """The correlation of the profile with |cos(w_k q / 2)|."""
    p = logits.shape[1]
    return np.corrcoef(profile(logits, k), np.abs(np.cos(np.pi * k * np.arange(p) / p)))[0, 1]


def phases(model, pre):
    """z, u: what a neuron reads at each k, of a and of b, 2 x d_mlp x |K|, and what it answers with, d_mlp x |K|."""
    F = over_pairs(pre, model.p)
    z = np.stack([np.stack([F[k, 0] for k in model.key], axis=1), np.stack([F[0, k] for k in model.key], axis=1)])
    return z, np.fft.fft(model.W_L, axis=1)[:, model.key]


def strength_of(z):
    return np.abs(z).sum(axis=0)


def predicted(z, factor):
    """The phase of the answer: that of a plus that of b, or half of it, on the side of the sum of both waves."""
    twice = np.angle(z).sum(axis=0)
    if factor == 2:
        return twice
    return twice / 2 + np.pi * (np.cos(twice / 2 - np.angle(z.sum(axis=0))) < 0)


def resultant(z, u, factor):
    """|sum of |z||u| exp(i (arg u - the predicted phase))| / sum of |z||u|, |z| = |z_a| + |z_b|."""
    weight = strength_of(z) * np.abs(u)
    return np.abs((weight * np.exp(1j * (np.angle(u) - predicted(z, factor)))).sum()) / weight.sum()


def written_decoder(model, z, factor):
    """d_mlp x p: the sum over K of |z| cos(w_k c + the predicted phase), in the scale that fits W_L best."""
    angle = 2 * np.pi * np.outer(model.key, np.arange(model.p)) / model.p           # |K| x p
    wave = np.cos(angle[None] + predicted(z, factor)[:, :, None])                   # d_mlp x |K| x p
    rows = (strength_of(z)[:, :, None] * wave).sum(axis=1)
    return rows * (rows * model.W_L).sum() / (rows ** 2).sum()


def rotation_share(X, p, k):
    """X: p^2 x n. How much of its variance in its sum plane of k is a turn by w_k (a + b) of one vector.

    The plane is that of the real and the imaginary part of F[k, k]. In orthonormal coordinates x, y of the plane
    the turn is the wave (k, k) or (-k, -k), one sense each, of x + i y.
    """
    v = over_pairs(X, p)[k, k]
    in_plane = X @ np.linalg.qr(np.stack([v.real, v.imag], axis=1))[0]    # p^2 x 2
    energy = np.abs(over_pairs(in_plane @ np.array([[1], [1j]]), p)[:, :, 0]) ** 2
    return max(energy[k, k], energy[-k, -k]) / energy.sum()


# The claims

def claim(values, control, **details):
    return {"values": values, "control": control, "details": details}


def relu_claims(model, trained):
    p, K, pre = model.p, model.key, trained.pre
    stages = {"o": trained.o, "pre": pre, "hidden": trained.post, "mlp": trained.post @ model.W_L,
              "logits": trained.logits, "mlp, identity": pre @ model.W_L}
    shares = {name: ledger(X, p, K) for name, X in stages.items()}
    instead = lambda hidden: accuracy(model.logits(trained.resid_mid, hidden))
    even, square = np.abs(pre) / 2, pre ** 2
    scale = (even * square).sum() / (square ** 2).sum()                   # one for all neurons and pairs
    return {"readout.multiplies-in-relu": claim([shares["mlp"]["sum"], shares["o"]["sum"]],
                                                [shares["mlp, identity"]["sum"]], ledger=shares),
            "readout.even-part": claim([instead(even), instead(pre / 2)], [instead(pre / 2)], relu=accuracy(trained.logits),
                                       identity=instead(pre), square=instead(scale * square))}


def decoder_claims(model, trained):
    z, u = phases(model, trained.pre)
    cosine = lambda X, Y: (X * Y).sum() / (np.linalg.norm(X) * np.linalg.norm(Y))
    decoders = {factor: written_decoder(model, z, factor) for factor in (2, 1)}
    similar = {factor: cosine(rows, model.W_L) for factor, rows in decoders.items()}
    path = {factor: trained.post @ rows + model.b_out @ model.W_U + model.b_U for factor, rows in decoders.items()}
    alone = {factor: accuracy(X) for factor, X in path.items()}
    direct, o = trained.resid_mid @ model.W_U, trained.o @ model.W_U
    by_k = {k: resultant(z[:, :, [i]], u[:, [i]], 2) for i, k in enumerate(model.key)}
    return {"readout.phase-doubled": claim([resultant(z, u, 2)], [None], not_doubled=resultant(z, u, 1), by_k=by_k),
            "readout.decoder-written-down": claim(
                [similar[2], alone[2]], [None, None], not_doubled=[similar[1], alone[1]],
                accuracy_without_b_out={factor: accuracy(trained.post @ W) for factor, W in decoders.items()},
                accuracy_with_direct_path={factor: accuracy(direct + X) for factor, X in path.items()}),
            "readout.mlp-alone": claim([accuracy(model.mlp_path(trained.post))], [accuracy(direct + model.b_U)],
                                       without_b_out=accuracy(trained.post @ model.W_L), only_o=accuracy(o))}


def cosines_claim(model, trained, before):
    p, K = model.p, model.key
    waves = {k: answer_wave(p, k) for k in K}

    def measure(logits, amplitudes):
        """The share of the variance over pairs that the cosines explain, and the cosines' own accuracy."""
        cosines = sum(amplitudes[k] * waves[k] for k in K)
        centred, rest = (X - X.mean(axis=0) for X in (logits, logits - cosines))
        return [1 - (rest ** 2).sum() / (centred ** 2).sum(), accuracy(cosines)]

    means = lambda logits: {k: amplitude(logits, k).mean() for k in K}
    amplitudes, control = means(trained.logits), [None, None]
    if before:
        untrained = before.run(before.attention()).logits
        control = measure(untrained, means(untrained))
    of_pairs = {k: amplitude(trained.logits, k)[:, None] for k in K}
    return {"readout.cosines": claim(measure(trained.logits, amplitudes), control, amplitudes=amplitudes,
                                     amplitudes_of_each_pair=measure(trained.logits, of_pairs))}


def evenness_claims(model, trained, weights):
    p, K, heads = model.p, model.key, range(len(weights))
    double_of = doubles(K, p)                                             # {2k: k}, no key frequency among the 2k
    at_mean = held(weights, heads)
    passes = {"trained": trained, "attention at its mean": model.run(at_mean),
              "doubles removed": model.run(weights, double_of), "both": model.run(at_mean, double_of)}
    flat = {name: {k: flatness(run.logits, k) for k in K} for name, run in passes.items()}
    even = flat["trained"]
    claims = {"readout.even": claim(
        [min(even.values())], [max((flat["both"][k] for k in double_of.values()), default=None)], flatness=flat,
        correlation_with_half_cosine=
        {name: {k: like_half_cosine(run.logits, k) for k in K} for name, run in passes.items()},
        accuracy={name: accuracy(run.logits) for name, run in passes.items()})}

    # Heads tuned to k: at least a tenth of the energy of the score of a number
    score_shares = [energy_shares(score[:-1, 0]) for score in model.scores()]
    tuned = {k: [head for head in heads if score_shares[head][k - 1] >= 0.1] for k in K}
    # Of a flatness that is not positive there is no ratio
    ratio = lambda chosen, k: flatness(model.run(held(weights, chosen)).logits, k) / even[k] if even[k] > 0 else None
    of_known = lambda extreme, ratios: None if None in ratios or not ratios else extreme(ratios)
    own = {k: ratio(tuned[k], k) for k in K if tuned[k]}
    others = {k: ratio([head for head in heads if head not in tuned[k]], k) for k in K if tuned[k]}
    claims["readout.attention-evens"] = claim(
        [of_known(max, [*own.values()]), of_known(min, [*others.values()])], [of_known(min, [*others.values()])],
        tuned=tuned, own=own,
        others=others, score_shares={k: [share[k - 1] for share in score_shares] for k in K})

    # Idle frequencies
    idle_doubles = [f for f in model.idle if f in double_of]
    n, outside = len(model.idle), (p - 1) // 2 - len(K)
    chance = math.comb(len(double_of), n) / math.comb(outside, n) if n else None
    claims["readout.idle-are-doubles"] = claim(
        [len(idle_doubles) / n if n else None, chance], [len(double_of) / outside if n else None], key=K,
        idle=model.idle, doubles=double_of)
    strength = energy_shares(model.W_E[:-1])
    spared = set(K) | set(model.idle) | set(double_of)
    inactive = sorted(set(range(1, (p - 1) // 2 + 1)) - spared, key=lambda k: -strength[k - 1])
    strongest = inactive[:len(idle_doubles)]                              # as many, and the hardest to do without
    after = lambda removed, k: flatness(model.run(weights, removed).logits, k) / even[k] if even[k] > 0 else None
    ratios = {f: after([f], k) for f, k in double_of.items()}
    instead = {f: after(strongest, double_of[f]) for f in idle_doubles}
    claims["readout.idle-evens"] = claim(
        [of_known(max, [ratios[f] for f in idle_doubles])], [of_known(min, [*instead.values()])],
        ratio_of_each_double=ratios, ratio_without_others=instead, others=strongest)
    return claims


def second_order_claim(model, trained):
    p, K, double_of = model.p, model.key, doubles(model.key, model.p)
    first = one_number(K)
    kept = {"first order": first,
            "second order": first + one_number(double_of) + both_numbers(K, 1) + both_numbers(K, -1)}
    hidden = {name: np.maximum(reduced(trained.pre, p, terms), 0) for name, terms in kept.items()}
    mlp = {name: model.mlp_path(X) for name, X in hidden.items()}
    accuracies = {name: accuracy(X) for name, X in mlp.items()}
    flat = {name: {k: flatness(X, k) for k in K} for name, X in mlp.items()}
    with_direct = {name: model.logits(trained.resid_mid, X) for name, X in hidden.items()}
    energy = (np.abs(over_pairs(trained.pre, p)) ** 2).sum(axis=2)
    flattest = max((flat["first order"][k] for k in double_of.values()), default=None)
    return {"readout.second-order": claim(
        [accuracies["second order"], accuracies["first order"], flattest], [accuracies["first order"]],
        accuracy=accuracies, flatness=flat,
        correlation_with_half_cosine={k: like_half_cosine(mlp["first order"], k) for k in K},
        accuracy_with_direct_path={name: accuracy(X) for name, X in with_direct.items()},
        share_of_variance={name: energy[places(terms, p)].sum() / energy.sum() for name, terms in kept.items()})}


def turns_claim(model, trained):
    stages = {"hidden": trained.post, "mlp": trained.post @ model.W_L, "pre": trained.pre, "o": trained.o}
    shares = {name: {k: rotation_share(X, model.p, k) for k in model.key} for name, X in stages.items()}
    least = {name: min(by_k.values()) for name, by_k in shares.items()}
    return {"readout.turns": claim([least["hidden"], least["mlp"], least["pre"]], [least["pre"]], shares=shares)}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("checkpoint")
    options.add_argument("--claims", action="store_true", help="leave the details out")
    options.add_argument("--before", help="the model before training")
    options.add_argument("--layout", choices=["transformerlens", "nanda"], default="transformerlens")
    asked = options.parse_args()
    model = Model(asked.checkpoint, asked.layout)
    if not model.key:
        raise SystemExit("no key frequency: no frequency is active in both W_E and W_L")
    before = Model(asked.before, asked.layout) if asked.before else None
    weights = model.attention()
    trained = model.run(weights)
    claims = (relu_claims(model, trained) | decoder_claims(model, trained) | cosines_claim(model, trained, before)
              | evenness_claims(model, trained, weights) | second_order_claim(model, trained)
              | turns_claim(model, trained))
    if asked.claims:
        claims = {name: {part: entry[part] for part in ("values", "control")} for name, entry in claims.items()}
    print(json.dumps(claims))


main()
