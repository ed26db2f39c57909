"""A second opinion on the claims, from a run folder alone, for tests/sections/claims_oracle_test.cpp.

usage: claims_oracle.py RUN_FOLDER [LAST_EPOCH]

Reads the checkpoints of a model with ReLU and pairs.csv, and recomputes what the claims of sections 3 to 8 measure.
Written from the definitions in the report's methods section with numpy and scipy; it shares no code with the C++ side
and reads no number of it. Prints JSON: {claim: {"values": [one a check], "control": [the first of the
control's, where no random numbers are behind it], ...}}. A check that compares with a null of
random permutations is null here: its value depends on the random numbers, not on the definition. A claim that needs a
snapshot which the run does not have is left out. LAST_EPOCH is the snapshot of sections 5 to 8 (default 20,000).

Conventions: numbers and frequencies are rows (p x d); '=' is the last token; everything in 64 bits.
"""

import csv
import itertools
import json
import pathlib
import sys

import numpy as np
import scipy.linalg
import torch


# Fourier analysis over the p numbers

def basis_over(p):
    """p x p, orthonormal columns: constant, then cos and sin of every frequency 1 .. (p - 1) / 2."""
    t = np.arange(p)
    columns = [np.ones(p)]
    for k in range(1, (p - 1) // 2 + 1):
        columns += [np.cos(2 * np.pi * k * t / p), np.sin(2 * np.pi * k * t / p)]
    return np.stack([column / np.linalg.norm(column) for column in columns], axis=1)


def energies(X):
    """The energy at each frequency 1 .. (p - 1) / 2 of a p x d matrix (or a vector of p)."""
    X = X.reshape(len(X), -1)
    squares = ((basis_over(len(X)).T @ X) ** 2).sum(axis=1)
    return squares[1::2] + squares[2::2]


def shares(X):
    energy = energies(X)
    return energy / energy.sum()


def active(X):
    return [int(k) for k in np.flatnonzero(shares(X) > 0.02) + 1]


def folded(k, p):
    """Frequency k and p - k are the same wave."""
    k %= p
    return min(k, p - k)


def plane(X, k):
    """d x 2, an orthonormal basis of the two coefficient vectors of X at k."""
    F = basis_over(len(X))
    return np.linalg.qr(X.T @ F[:, [2 * k - 1, 2 * k]])[0]


def purity(Y, k):
    return shares(Y)[k - 1]


def singular_value_ratio(Y):
    values = np.linalg.svd(Y - Y.mean(axis=0), compute_uv=False)
    return values[1] / values[0]


def radii(Y):
    return np.linalg.norm(Y - Y.mean(axis=0), axis=1)


def radius_cv(Y):
    return radii(Y).std() / radii(Y).mean()


def gini(x):
    """Half of the mean absolute difference over the mean."""
    return np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean())


def jaccard(A, B):
    return len(set(A) & set(B)) / len(set(A) | set(B))


def not_in(K, p):
    return [k for k in range(1, (p - 1) // 2 + 1) if k not in K]


def key_or_idle(model):
    """Frequencies that are active in W_E; the key ones are among them."""
    return sorted(set(model.key) | set(active(model.numbers)))


def purest(X, frequencies):
    """The largest purity over some frequencies, each in its own plane of X."""
    return max((purity(X @ plane(X, k), k) for k in frequencies), default=np.nan)


# The model

class Model:
    """One checkpoint and its forward pass at '=' over a list of pairs."""

    def __init__(self, file):
        tensors = {name: tensor.double().numpy() for name, tensor in torch.load(file, weights_only=True).items()}
        attention, mlp = "blocks.0.attn.", "blocks.0.mlp."
        self.W_E, self.W_U = tensors["embed.W_E"], tensors["unembed.W_U"]
        self.W_Q, self.W_K, self.W_V, self.W_O = (tensors[attention + name] for name in ("W_Q", "W_K", "W_V", "W_O"))
        self.W_in, self.b_in = tensors[mlp + "W_in"], tensors[mlp + "b_in"]
        self.W_out, self.b_out = tensors[mlp + "W_out"], tensors[mlp + "b_out"]
        self.p = len(self.W_E) - 1
        self.numbers = self.W_E[:-1]                    # p x d_model
        self.W_L = (self.W_out @ self.W_U).T[:-1]       # p x d_mlp
        self.key = sorted(set(active(self.numbers)) & set(active(self.W_L)))

    def heads(self):
        return range(len(self.W_Q))

    def run(self, pairs):
        return Pass(self, np.asarray(pairs))

    def decode(self, resid_mid, hidden):
        return (resid_mid + hidden @ self.W_out + self.b_out) @ self.W_U


class Pass:
    def __init__(self, model, pairs):
        tokens = np.concatenate([pairs, np.full((len(pairs), 1), model.p)], axis=1)
        embedded = model.W_E[tokens]                    # pairs x 3 x d_model
        self.attention, self.z, self.o_by_head = [], [], []
        for W_Q, W_K, W_V, W_O in zip(model.W_Q, model.W_K, model.W_V, model.W_O):
            query, keys = embedded[:, 2] @ W_Q, embedded @ W_K
            scores = np.einsum("nd,ntd->nt", query, keys) / np.sqrt(W_Q.shape[1])
            weight = np.exp(scores - scores.max(axis=1, keepdims=True))
            weight /= weight.sum(axis=1, keepdims=True)
            self.attention.append(weight)
            self.z.append(np.einsum("nt,ntd->nd", weight, embedded @ W_V))
            self.o_by_head.append(self.z[-1] @ W_O)
        self.o = sum(self.o_by_head)
        self.resid_mid = embedded[:, 2] + self.o
        self.pre = self.resid_mid @ model.W_in + model.b_in
        self.post = np.maximum(self.pre, 0)
        self.logits = model.decode(self.resid_mid, self.post)


def all_pairs(p):
    return [(a, b) for a in range(p) for b in range(p)]


def with_fixed_a(p):
    return [(70 % p, b) for b in range(p)]


def accuracy(logits, pairs, p):
    return (logits.argmax(axis=1) == np.asarray(pairs).sum(axis=1) % p).mean()


# Sections 3 and 4

def cross_entropy(logits, pairs, p):
    right = logits[np.arange(len(pairs)), np.asarray(pairs).sum(axis=1) % p]
    return (scipy.special.logsumexp(logits, axis=1) - right).mean()


def grokking_claims(model, untrained, memorised, split):
    p, test = model.p, split["test"]
    logits, before = model.run(test).logits, untrained.run(test).logits
    claims = {"grok.accuracy": {"values": [accuracy(logits, test, p)], "control": [accuracy(before, test, p)]},
              "grok.loss": {"values": [cross_entropy(logits, test, p)], "control": [cross_entropy(before, test, p)]}}
    if memorised and split["unseen"]:
        of = lambda which: accuracy(which.run(split["unseen"]).logits, split["unseen"], p)
        claims["grok.accuracy-unseen"] = {"values": [of(model)], "control": [of(memorised)]}
    return claims


# Section 5

def embedding_claims(models, last):
    model = models[last]
    X, K = model.numbers, model.key
    sparse = lambda M: [gini(np.sqrt(energies(M))), shares(M)[[k - 1 for k in active(M)]].sum()]
    claims = {"embed.sparse": {"values": sparse(X), "control": sparse(models[0].numbers)}}
    if 5000 in models and 10000 in models:
        counts = [len(active(models[epoch].numbers)) for epoch in (5000, 10000, last)]
        held = [sparse(models[epoch].numbers)[1] for epoch in (5000, last)]
        claims["embed.pruned"] = {"values": [counts[0] - counts[1], counts[1] - counts[2], held[1] - held[0]],
                                  "counts": counts, "shares": held}
    if model.p == 113:
        claims["embed.other-frequencies"] = {"values": [jaccard(active(X), [14, 35, 41, 42, 52])]}

    curves = {k: X @ plane(X, k) for k in range(1, (model.p - 1) // 2 + 1)}
    unused = not_in(active(X), model.p)
    ring = lambda k: (purity(curves[k], k), singular_value_ratio(curves[k]), radius_cv(curves[k]))
    if K:
        rings = np.array([ring(k) for k in K])
        claims["embed.circles"] = {"values": [rings[:, 0].min(), None, rings[:, 1].min(), rings[:, 2].max()],
                                   "control": [purest(X, unused)]}
    if K and unused:
        size = lambda frequencies: np.mean([radii(curves[k]).mean() for k in frequencies])
        claims["embed.no-circles-elsewhere"] = {"values": [purest(X, unused), size(unused) / size(K)],
                                                "control": [purest(X, K)]}
    return claims


def decoder_frequency_claims(model):
    W_L, K = model.W_L, model.key
    claims = {"decoder.same-frequencies": {"values": [shares(W_L)[[k - 1 for k in K]].sum(),
                                                     jaccard(active(model.numbers), active(W_L))]},
              "decoder.no-one-hertz": {"values": [shares(W_L)[0]]}}
    if K:
        claims["decoder.circles"] = {"values": [min(purity(W_L @ plane(W_L, k), k) for k in K), None],
                                     "control": [purest(W_L, not_in(active(W_L), model.p))]}
    return claims


# Section 6

def combinations_of(K, p):
    """Key frequencies, their pairwise sums and differences, and doubles: what a softmax makes of them."""
    made = set(K)
    for k, l in itertools.product(K, K):
        made |= {folded(k + l, p), folded(k - l, p)}
    return sorted(made - {0})


def attention_claims(model, untrained, everything, at_fixed_a):
    p, K = model.p, model.key
    before, before_at_fixed_a = untrained.run(all_pairs(p)), untrained.run(with_fixed_a(p))
    not_uniform = lambda attention: min(weight[:, 0].std() for weight in attention)
    to_equals = lambda attention: max(weight[:, 2].mean() for weight in attention)
    tuned = lambda attention: np.mean([shares(weight[:, 0]).max() >= 0.5 for weight in attention])
    to_a = [attention[:, 0] for attention in everything.attention]
    curves = [attention[:, 0] for attention in at_fixed_a.attention]
    claims = {
        "attention.not-uniform": {"values": [not_uniform(everything.attention)],
                                  "control": [not_uniform(before.attention)]},
        "attention.equals-ignored": {"values": [to_equals(everything.attention)],
                                     "control": [to_equals(before.attention)]},
        "attention.heads-tuned": {"values": [tuned(at_fixed_a.attention)],
                                  "control": [tuned(before_at_fixed_a.attention)],
                                  "top": [int(shares(curve).argmax()) + 1 for curve in curves],
                                  "share": [shares(curve).max() for curve in curves]}}
    if not K:
        return claims
    S = combinations_of(K, p)
    share = min(shares(curve)[[k - 1 for k in S]].sum() for curve in curves)
    claims["attention.periodic-b"] = {"values": [share, share - len(S) / ((p - 1) // 2)], "set": S}

    # Two dimensions: both indices in the set, or one in the set and the other constant
    frequency = np.array([(column + 1) // 2 for column in range(p)])
    inside = np.isin(frequency, S) | (frequency == 0)
    kept = np.outer(inside, inside)
    kept[0, 0] = False
    B, shares_2d = basis_over(p), []
    for weight in to_a:
        energy = (B.T @ weight.reshape(p, p) @ B) ** 2
        energy[0, 0] = 0
        shares_2d.append(energy[kept].sum() / energy.sum())
    covered = kept.sum() / (p * p - 1)
    claims["attention.periodic-a-and-b"] = {"values": [min(shares_2d), min(shares_2d) - covered]}
    return claims


# Sections 6.1, 6.2 and 7

def petal_pairs(curves):
    """(head, its attention frequency f, frequency k of the circle), three times."""
    tuned = [(shares(curve).max(), head, int(shares(curve).argmax()) + 1) for head, curve in enumerate(curves)]
    tuned.sort(key=lambda entry: -entry[0])
    _, first, f = tuned[0]
    for _, second, g in tuned[1:]:
        if g != f:
            return [(first, f, f), (second, g, f), (first, f, g)]
    return []


def pooled_r2(Y, X):
    """How much of Y (p x 2) an affine map of X (p x 2) explains."""
    design = np.column_stack([np.ones(len(X)), X])
    rest = Y - design @ np.linalg.lstsq(design, Y, rcond=None)[0]
    return 1 - (rest ** 2).sum() / ((Y - Y.mean(axis=0)) ** 2).sum()


def crosses_itself(mean, wave, f, k, a, p):
    """Whether alpha x_a + (1 - alpha) x_b, b real and x_b on a circle of frequency k, meets itself away from x_a.

    wave(b): alpha less its mean, of frequency f. An ellipse would be an affine image, which crosses where this does.
    The curve is cut into short segments over one period, p / gcd(f, k), and every two of them are tried.
    """
    n = 60 * max(f, k) // np.gcd(f, k) + 301
    b = np.arange(n + 1) * p / np.gcd(f, k) / n + 0.1234
    angle = 2 * np.pi * k / p
    points = (1 - mean - wave(b)) * (np.exp(1j * angle * b) - np.exp(1j * angle * a))  # about x_a
    start, end = points[:-1], points[1:]
    turn = lambda o, q, r: ((q - o).conjugate() * (r - o)).imag
    for i in range(n):
        j = np.arange(i + 2, n if i else n - 1)          # neighbours share a point
        meets = ((turn(start[i], end[i], start[j]) * turn(start[i], end[i], end[j]) < 0)
                 & (turn(start[j], end[j], start[i]) * turn(start[j], end[j], end[i]) < 0))
        if (meets & (np.abs(start[j]) > 0.02 * np.abs(points).max())).any():
            return True
    return False


def petal_claims(model, at_fixed_a):
    p, a = model.p, 70 % model.p
    curves = [attention[:, 0] for attention in at_fixed_a.attention]
    B = basis_over(p)
    fits, constants, held, as_told = [], [], [], 0
    pairs = petal_pairs(curves)
    for head, f, k in pairs:
        P = plane(model.numbers, k)
        drawn = at_fixed_a.z[head] @ np.linalg.pinv(model.W_V[head]) @ P
        x = model.numbers @ P
        waves = B[:, [2 * f - 1, 2 * f]]
        mean = curves[head].mean()
        alpha = mean + waves @ (waves.T @ curves[head])
        cosine, sine = np.sqrt(2 / p) * waves.T @ curves[head]
        wave = lambda b: cosine * np.cos(2 * np.pi * f * b / p) + sine * np.sin(2 * np.pi * f * b / p)
        as_told += crosses_itself(mean, wave, f, k, a, p) == (f < k)
        mix = lambda weight: weight[:, None] * x[a] + (1 - weight)[:, None] * x
        fits.append(pooled_r2(drawn, mix(alpha)))
        constants.append(pooled_r2(drawn, mix(np.full(p, mean))))
        lobes = {folded(f, p), folded(k, p), folded(k + f, p), folded(k - f, p)} - {0}
        held.append(shares(drawn)[[m - 1 for m in lobes]].sum())
    if not pairs:
        return {}
    return {"petals.predicted": {"values": [min(fits), min(np.subtract(fits, constants))],
                                 "r2": fits, "constant": constants, "pairs": pairs},
            "petals.energy": {"values": [min(held)], "shares": held},
            "petals.overlap": {"values": [as_told]}}


def recombination_claims(model, at_fixed_a):
    K, o = model.key, at_fixed_a.o
    if not K:
        return {}
    through_heads = sum(W_V @ W_O for W_V, W_O in zip(model.W_V, model.W_O))
    summed, margin = [], []
    for k in K:
        P = np.linalg.qr(through_heads.T @ plane(model.numbers, k))[0]
        summed.append(purity(o @ P, k))
        margin.append(summed[-1] - max(purity(part @ P, k) for part in at_fixed_a.o_by_head))
    own = {k: o @ plane(o, k) for k in K}
    angles = {(k, l): np.degrees(scipy.linalg.subspace_angles(plane(model.numbers, k), plane(o, l)).min())
              for k in K for l in K}
    return {"petals.recombine": {"values": [min(summed), min(margin)], "purity": summed, "margin": margin},
            "o.circles": {"values": [min(purity(own[k], k) for k in K), None],
                          "control": [purest(o, not_in(key_or_idle(model), model.p))]},
            "o.stretched": {"values": [min(singular_value_ratio(own[k]) for k in K)]},
            "subspace.dihedral": {"values": [min(angles.values())]}}


# Section 8

def test_accuracies_without_relu(model, split):
    train, test = model.run(split["train"]), model.run(split["test"])

    def affine_in(X, Y, X_new):
        design = np.column_stack([np.ones(len(X)), X])
        return np.column_stack([np.ones(len(X_new)), X_new]) @ np.linalg.lstsq(design, Y, rcond=None)[0]

    centred = train.pre - train.pre.mean(axis=0)
    slope = (centred * train.post).sum(axis=0) / (centred ** 2).sum(axis=0)
    hidden = {"intact": test.post,
              "identity": test.pre,
              "per_neuron": train.post.mean(axis=0) + slope * (test.pre - train.pre.mean(axis=0)),
              "least_squares": affine_in(train.resid_mid, train.post, test.resid_mid),
              "mean": np.broadcast_to(train.post.mean(axis=0), test.post.shape)}
    return {name: accuracy(model.decode(test.resid_mid, h), split["test"], model.p) for name, h in hidden.items()}


def elhage_dimensionality(rows):
    """|W_i|^2 over the sum over j of (W_i/|W_i| . W_j)^2, for every row."""
    gram = rows @ rows.T
    squares = np.diag(gram)
    return squares ** 2 / (gram ** 2).sum(axis=1)


def mlp_claims(model, untrained, everything, at_fixed_a, split):
    p, K, pre = model.p, model.key, everything.pre
    replaced = test_accuracies_without_relu(model, split)
    always_positive = lambda values: ((values > 0).mean(axis=0) >= 0.95).mean()
    claims = {
        "mlp.few-negative-biases": {"values": [int((model.b_in < -0.25 * pre.std(axis=0)).sum())]},
        "mlp.positive-orthant": {"values": [always_positive(pre)],
                                 "control": [always_positive(untrained.run(all_pairs(p)).pre)]},
        "mlp.affine": {"values": [max(replaced[name] for name in ("identity", "per_neuron", "least_squares"))],
                       "control": [replaced["mean"]], "accuracies": replaced},
        "superposition.none": {"values": [elhage_dimensionality(model.W_L - model.W_L.mean(axis=0)).mean()]}}
    if K:
        o, post = at_fixed_a.o, at_fixed_a.post
        claims["mlp.columns-unaligned"] = {"values": [min(radius_cv(model.W_in.T @ plane(o, k)) for k in K)]}
        claims["mlp.circles-preserved"] = {"values": [min(purity(post @ plane(post, k), k) for k in K), None],
                                           "control": [purest(post, not_in(key_or_idle(model), p))]}
    return claims


# Section 8, the decoder

def restricted_logits(logits, p, frequencies):
    """The part of logits (p^2 x p) made of cos, sin of k a times cos, sin of k b, k in frequencies."""
    B = basis_over(p)
    cube = logits.reshape(p, p, -1)
    kept = np.zeros_like(cube)
    for k in frequencies:
        waves = B[:, [2 * k - 1, 2 * k]]
        projector = waves @ waves.T
        kept += np.einsum("xa,yb,abc->xyc", projector, projector, cube, optimize=True)
    return kept.reshape(p * p, -1)


def decoder_claims(model, everything, at_fixed_a):
    p, K, pairs = model.p, model.key, all_pairs(model.p)
    if not K:
        return {}
    a = 70 % p
    post = at_fixed_a.post - at_fixed_a.post.mean(axis=0)
    embedding = post[(np.arange(p) - a) % p]            # row c: the activation of (a, c - a)
    rows = model.W_L - model.W_L.mean(axis=0)
    unit = {}
    for k in K:
        P = plane(at_fixed_a.post, k)
        unit[k] = [X / np.linalg.norm(X, axis=1, keepdims=True) for X in (rows @ P, embedding @ P)]
    cosines = {k: (u * v).sum(axis=1).mean() for k, (u, v) in unit.items()}

    # The control with random numbers of our own, and more of them: between which quantiles must 99 % of 200 lie?
    random = np.random.default_rng(0)
    orders = [random.permutation(p) for _ in range(2000)]
    permuted = [min((u[order] * v).sum(axis=1).mean() for u, v in unit.values()) for order in orders]
    within = [np.quantile(permuted, 0.95), max(permuted) + np.std(permuted)]

    numbers = everything.logits[:, :p]
    answers = np.asarray(pairs).sum(axis=1) % p
    accuracies, ahead = [], []
    for k in K:
        alone = restricted_logits(numbers, p, [k])
        accuracies.append(accuracy(alone, pairs, p))
        ahead.append((alone > alone[np.arange(p * p), answers][:, None]).sum(axis=1).mean())
    together = accuracy(restricted_logits(numbers, p, K), pairs, p)
    return {"decoder.aligned": {"values": [min(cosines[k] for k in K)], "control_within": within,
                                "cosines": {k: cosines[k] for k in K}},
            "decoder.one-circle-is-not-enough": {"values": [max(accuracies), min(ahead), together],
                                                 "control": [together],
                                                 "accuracies": accuracies, "ahead": ahead}}


def symmetry_claim(everything, p):
    logits = everything.logits.reshape(p, p, -1)
    return {"model.symmetric": {"values": [np.abs(logits - logits.transpose(1, 0, 2)).max() / logits.std()]}}


def read_split(folder):
    split = {"train": [], "test": []}
    with open(folder / "pairs.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            split[row["set"]].append((int(row["a"]), int(row["b"])))
    test = set(split["test"])
    split["unseen"] = [(a, b) for a, b in split["test"] if (b, a) in test]
    return split


def plain(value):
    """numpy numbers as JSON ones; what is not finite as null."""
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, (bool, np.bool_, type(None))):
        return value if value is None else bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    return float(value) if np.isfinite(value) else None


def main():
    folder = pathlib.Path(sys.argv[1])
    last = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
    models = {int(file.stem[6:]): Model(file) for file in sorted(folder.glob("epoch-*.pt"))}
    memorised = folder / "memorised.pt"
    split, claims = read_split(folder), {}
    if 10000 in models:
        claims |= grokking_claims(models[10000], models[0], Model(memorised) if memorised.exists() else None, split)
    if last in models:
        model = models[last]
        everything, at_fixed_a = model.run(all_pairs(model.p)), model.run(with_fixed_a(model.p))
        claims |= symmetry_claim(everything, model.p)
        claims |= embedding_claims(models, last) | decoder_frequency_claims(model)
        claims |= attention_claims(model, models[0], everything, at_fixed_a)
        claims |= petal_claims(model, at_fixed_a) | recombination_claims(model, at_fixed_a)
        claims |= mlp_claims(model, models[0], everything, at_fixed_a, split) | decoder_claims(model, everything, at_fixed_a)
        claims["key_frequencies"] = model.key
    print(json.dumps(plain(claims)))


main()
