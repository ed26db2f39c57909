// The model of the run, computed in the page: one pair of numbers with what happens to it on the way, or all pairs
// with what the model answers. `data` is what src/sections/readout/explorer.h describes. The function needs nothing
// of the page, so that a worker can run it too. Functions with a star yield the share that is done.
//
// A setting is {activation, held, removed, decoder, path}:
//     activation  relu, even (|x|/2), half (x/2), identity (x), square (s x^2, s by least squares)
//     held        heads whose attention is their mean over all pairs
//     removed     frequencies taken out of W_E; the attention stays what it is
//     decoder     trained, or written: s sum over k of r_i cos(w_k c + 2 phi_i), from W_E, attention and W_in
//     path        both, mlp (without the direct path from o to the logits), or direct (without the MLP)
function explorerModel(data) {
    "use strict";
    const { p, n_heads, d_model, d_head, d_mlp, frequencies } = data;

    // Matrices, row after row
    const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
    const read = ({ rows, columns, steps, values }) => {
        const step = new Float32Array(bytesOf(steps)), inSteps = new Int16Array(bytesOf(values));
        const matrix = Float64Array.from(inSteps, (value, i) => value * step[Math.floor(i / columns)]);
        return Object.assign(matrix, { rows, columns });
    };
    const zeros = (rows, columns) => Object.assign(new Float64Array(rows * columns), { rows, columns });
    const optional = (name, rows, columns) => (data[name] ? read(data[name]) : zeros(rows, columns));
    const ofHeads = (name, rows, columns) => Array.from({ length: n_heads }, (_, head) =>
        (data[name] ? read(data[name][head]) : zeros(rows, columns)));
    const product = (left, right) => {
        const result = zeros(left.rows, right.columns), n = right.columns;
        for (let i = 0; i < left.rows; ++i)
            for (let j = 0; j < left.columns; ++j) {
                const factor = left[i * left.columns + j];
                if (factor !== 0) for (let k = 0; k < n; ++k) result[i * n + k] += factor * right[j * n + k];
            }
        return result;
    };
    const sum = (...terms) => {
        const result = zeros(terms[0].rows, terms[0].columns);
        for (const term of terms) for (let i = 0; i < result.length; ++i) result[i] += term[i];
        return result;
    };
    const rowOf = (matrix, row) => Object.assign(matrix.slice(row * matrix.columns, (row + 1) * matrix.columns),
                                                 { rows: 1, columns: matrix.columns });
    const dot = (one, other) => { let total = 0; for (let i = 0; i < one.length; ++i) total += one[i] * other[i]; return total; };

    // cos and sin of w_k t for t = 0..p-1
    const waves = new Map();
    const wave = (k) => {
        if (!waves.has(k)) {
            const angle = (t) => 2 * Math.PI * ((k * t) % p) / p;
            waves.set(k, { cos: Float64Array.from({ length: p }, (_, t) => Math.cos(angle(t))),
                           sin: Float64Array.from({ length: p }, (_, t) => Math.sin(angle(t))) });
        }
        return waves.get(k);
    };
    // Sums over the rows 0..p-1 of X cos w_k t and of X sin w_k t
    const coefficients = (X, k) => {
        const cos = new Float64Array(X.columns), sin = new Float64Array(X.columns), { columns } = X, of = wave(k);
        for (let t = 0; t < p; ++t)
            for (let i = 0; i < columns; ++i) {
                cos[i] += of.cos[t] * X[t * columns + i];
                sin[i] += of.sin[t] * X[t * columns + i];
            }
        return { cos, sin };
    };
    // The first p rows without some frequencies
    const without = (X, removed) => {
        const changed = Object.assign(X.slice(), { rows: X.rows, columns: X.columns });
        for (const k of removed) {
            const { cos, sin } = coefficients(X, k), of = wave(k);
            for (let t = 0; t < p; ++t)
                for (let i = 0; i < X.columns; ++i)
                    changed[t * X.columns + i] -= 2 / p * (of.cos[t] * cos[i] + of.sin[t] * sin[i]);
        }
        return changed;
    };

    // The weights
    const W_E = read(data.W_E), hasPositions = "W_pos" in data;
    const W_pos = optional("W_pos", 3, d_model);
    const W_Q = ofHeads("W_Q"), W_K = ofHeads("W_K"), W_V = ofHeads("W_V"), W_O = ofHeads("W_O");
    const b_Q = ofHeads("b_Q", 1, d_head), b_K = ofHeads("b_K", 1, d_head), b_V = ofHeads("b_V", 1, d_head);
    const b_O = optional("b_O", 1, d_model), b_U = optional("b_U", 1, p);
    const W_in = read(data.W_in), b_in = optional("b_in", 1, d_mlp);
    const W_out = read(data.W_out), b_out = optional("b_out", 1, d_model), W_U = read(data.W_U);

    // Tokens at their positions; the heads' scores, and what they bring of each token to o, to the
    // pre-activations and to the direct path. Without positions a and b share their tables.
    const embedded = (position) => {
        const tokens = zeros(p + 1, d_model);
        for (let i = 0; i < tokens.length; ++i) tokens[i] = W_E[i] + W_pos[position * d_model + i % d_model];
        return tokens;
    };
    const equals = rowOf(embedded(2), p);
    const tokensAt = hasPositions ? [embedded(0), embedded(1)] : [embedded(0)];
    const last = tokensAt.length - 1;
    const heads = W_Q.map((_, head) => {
        const query = sum(product(equals, W_Q[head]), b_Q[head]), scale = 1 / Math.sqrt(d_head);
        const scores = (tokens) => product(tokens, product(W_K[head], Object.assign(query.slice(), { rows: d_head, columns: 1 })))
            .map((score) => scale * (score + dot(b_K[head], query)));
        const brings = (tokens) => product(product(tokens, W_V[head]), W_O[head]);
        return { scores: tokensAt.map(scores), ofEquals: scores(equals)[0], o: tokensAt.map(brings), oOfEquals: brings(equals) };
    });
    const oConstant = sum(b_O, ...heads.map((_, head) => product(b_V[head], W_O[head])));
    const residual = sum(equals, oConstant);
    const W_L = product(W_out, W_U); // d_mlp x p
    const constants = { o: oConstant, pre: sum(product(residual, W_in), b_in), direct: product(residual, W_U), mlp: product(b_out, W_U) };
    const through = (map) => heads.map(({ o, oOfEquals }) => ({ numbers: o.map((table) => product(table, map)), equals: product(oOfEquals, map) }));
    const tables = { o: heads.map(({ o, oOfEquals }) => ({ numbers: o, equals: oOfEquals })), pre: through(W_in), direct: through(W_U) };

    let removedLast = "", tablesLast = tables;
    const tablesWithout = (removed) => {
        if (removed.join() !== removedLast) {
            const change = (one) => one.map((head) => ({ ...head, numbers: head.numbers.map((table) => without(table, removed)) }));
            tablesLast = removed.length === 0 ? tables : { o: change(tables.o), pre: change(tables.pre), direct: change(tables.direct) };
            removedLast = removed.join();
        }
        return tablesLast;
    };

    let prepared = null; // what needs all pairs: see prepare()

    // To a, to b and to '=', one head after the other
    const attentionOf = (a, b, held) => {
        const attention = new Float64Array(3 * n_heads);
        heads.forEach(({ scores, ofEquals }, head) => {
            if (held.includes(head)) return attention.set(prepared.attention.subarray(3 * head, 3 * head + 3), 3 * head);
            const of = [scores[0][a], scores[last][b], ofEquals], most = Math.max(...of);
            const exps = of.map((score) => Math.exp(score - most)), total = exps[0] + exps[1] + exps[2];
            attention.set(exps.map((one) => one / total), 3 * head);
        });
        return attention;
    };
    // result = constant + what the heads bring
    const mix = (of, constant, attention, a, b, result) => {
        const n = constant.length;
        result.set(constant);
        for (let head = 0; head < n_heads; ++head) {
            const { numbers, equals: atEquals } = of[head];
            const ofA = numbers[0], ofB = numbers[last], atA = a * n, atB = b * n;
            const toA = attention[3 * head], toB = attention[3 * head + 1], toEquals = attention[3 * head + 2];
            for (let i = 0; i < n; ++i) result[i] += toA * ofA[atA + i] + toB * ofB[atB + i] + toEquals * atEquals[i];
        }
    };
    const activate = (pre, activation) => {
        const n = pre.length;
        if (activation === "relu") for (let i = 0; i < n; ++i) { if (pre[i] < 0) pre[i] = 0; }
        else if (activation === "even") for (let i = 0; i < n; ++i) pre[i] = Math.abs(pre[i]) / 2;
        else if (activation === "half") for (let i = 0; i < n; ++i) pre[i] /= 2;
        else if (activation === "square") for (let i = 0; i < n; ++i) pre[i] *= prepared.squareScale * pre[i];
    };
    // logits += post W_L^T, four neurons at once; neurons that are off cost nothing
    const on = new Int32Array(d_mlp + 3);
    const decode = (post, decoder, logits) => {
        let count = 0;
        for (let i = 0; i < d_mlp; ++i) if (post[i] !== 0) on[count++] = i;
        let i = 0;
        for (; i + 3 < count; i += 4) {
            const at0 = on[i] * p, at1 = on[i + 1] * p, at2 = on[i + 2] * p, at3 = on[i + 3] * p;
            const x0 = post[on[i]], x1 = post[on[i + 1]], x2 = post[on[i + 2]], x3 = post[on[i + 3]];
            for (let c = 0; c < p; ++c)
                logits[c] += x0 * decoder[at0 + c] + x1 * decoder[at1 + c] + x2 * decoder[at2 + c] + x3 * decoder[at3 + c];
        }
        for (; i < count; ++i) for (let c = 0; c < p; ++c) logits[c] += post[on[i]] * decoder[on[i] * p + c];
    };
    // The last steps of one pair, from its attention
    const answer = (of, setting, attention, a, b, post, logits) => {
        if (setting.path === "mlp") logits.set(b_U);
        else {
            mix(of.direct, constants.direct, attention, a, b, logits);
            for (let c = 0; c < p; ++c) logits[c] += b_U[c];
        }
        mix(of.pre, constants.pre, attention, a, b, post);
        activate(post, setting.activation);
        if (setting.path === "direct") return;
        decode(post, setting.decoder === "written" ? prepared.written : W_L, logits);
        for (let c = 0; c < p; ++c) logits[c] += constants.mlp[c];
    };
    // The largest logit, or the largest but one answer's; of equal ones the first
    const largest = (logits, butFor = -1) => {
        let at = butFor === 0 ? 1 : 0;
        for (let c = at + 1; c < p; ++c) if (c !== butFor && logits[c] > logits[at]) at = c;
        return at;
    };
    // A_k(a, b): the logits on cos w_k(a + b - c)
    const amplitude = (logits, k, a, b) => {
        const { cos } = wave(k);
        let total = 0;
        for (let c = 0, offset = (a + b) % p; c < p; ++c, offset = offset === 0 ? p - 1 : offset - 1) total += logits[c] * cos[offset];
        return 2 / p * total;
    };

    // An orthonormal basis of the plane in which y(t) ~ cos w_k t and sin w_k t turns from the first axis to the
    // second. length: of what turns along the first.
    const planeOf = ({ cos, sin }) => {
        const scaled = (vector, factor) => vector.map((one) => one * factor), length = Math.sqrt(dot(cos, cos));
        const first = length > 0 ? scaled(cos, 1 / length) : cos.slice();
        const along = dot(sin, first), rest = sin.map((one, i) => one - along * first[i]), height = Math.sqrt(dot(rest, rest));
        return { first, second: height > 0 ? scaled(rest, 1 / height) : rest, length: 2 / p * length };
    };
    const inPlane = (plane, vector, mean) => {
        let x = 0, y = 0;
        for (let i = 0; i < vector.length; ++i) {
            x += (vector[i] - mean[i]) * plane.first[i];
            y += (vector[i] - mean[i]) * plane.second[i];
        }
        return plane.length > 0 ? [x / plane.length, y / plane.length] : [0, 0];
    };
    const meanOfRows = (X, rows) => {
        const mean = new Float64Array(X.columns);
        for (let row = 0; row < rows; ++row) for (let i = 0; i < X.columns; ++i) mean[i] += X[row * X.columns + i] / rows;
        return mean;
    };
    const circlePlanes = frequencies.map((k) => planeOf(coefficients(W_E, k)));

    // r_i cos(w_k c + 2 phi_i), summed over K, times the one scale that brings it nearest to W_L (phases.h)
    const writtenDecoder = (byA, byB) => {
        const rows = zeros(d_mlp, p);
        for (const k of frequencies) {
            const ofA = coefficients(byA, k), ofB = coefficients(byB, k), { cos, sin } = wave(k);
            for (let i = 0; i < d_mlp; ++i) {
                const r = Math.hypot(ofA.cos[i], ofA.sin[i]) + Math.hypot(ofB.cos[i], ofB.sin[i]);
                const twice = Math.atan2(-ofA.sin[i], ofA.cos[i]) + Math.atan2(-ofB.sin[i], ofB.cos[i]);
                for (let c = 0; c < p; ++c) rows[i * p + c] += r * (Math.cos(twice) * cos[c] - Math.sin(twice) * sin[c]);
            }
        }
        const norm = dot(rows, rows), scale = norm > 0 ? dot(rows, W_L) / norm : 0;
        return rows.map((one) => scale * one);
    };

    // What needs all pairs: mean attention, the scale of the square, the written decoder, planes of o and of the
    // hidden layer.
    function* prepare() {
        const trained = { activation: "relu", held: [], removed: [], decoder: "trained", path: "both" };
        const attention = new Float64Array(3 * n_heads), o = new Float64Array(d_model), pre = new Float64Array(d_mlp);
        const by = { preA: zeros(p, d_mlp), preB: zeros(p, d_mlp), sum: zeros(p, d_mlp), oA: zeros(p, d_model), oB: zeros(p, d_model) };
        const add = (table, row, vector) => { const at = row * vector.length; for (let i = 0; i < vector.length; ++i) table[at + i] += vector[i] / p; };
        let squareOnRelu = 0, squareOnSquare = 0;
        for (let a = 0; a < p; ++a) {
            for (let b = 0; b < p; ++b) {
                const ofPair = attentionOf(a, b, trained.held);
                for (let i = 0; i < attention.length; ++i) attention[i] += ofPair[i] / (p * p);
                mix(tables.o, constants.o, ofPair, a, b, o);
                add(by.oA, a, o);
                add(by.oB, b, o);
                mix(tables.pre, constants.pre, ofPair, a, b, pre);
                add(by.preA, a, pre);
                add(by.preB, b, pre);
                for (let i = 0; i < d_mlp; ++i) {
                    const square = pre[i] * pre[i];
                    squareOnSquare += square * square;
                    if (pre[i] > 0) squareOnRelu += square * pre[i];
                }
                activate(pre, "relu");
                add(by.sum, (a + b) % p, pre);
            }
            yield (a + 1) / p;
        }
        const both = Object.assign(by.oA.map((one, i) => one + by.oB[i]), { rows: p, columns: d_model });
        prepared = {
            attention,
            squareScale: squareOnSquare > 0 ? squareOnRelu / squareOnSquare : 0,
            written: writtenDecoder(by.preA, by.preB),
            oMean: meanOfRows(by.oA, p), hiddenMean: meanOfRows(by.sum, p),
            oPlanes: frequencies.map((k) => planeOf(coefficients(both, k))),
            hiddenPlanes: frequencies.map((k) => planeOf(coefficients(by.sum, k))),
        };
        return prepared;
    }

    // One pair on its way through the model. Logits are less their mean.
    function pair(a, b, setting) {
        const of = tablesWithout(setting.removed), attention = attentionOf(a, b, setting.held);
        const o = new Float64Array(d_model), post = new Float64Array(d_mlp), logits = new Float64Array(p);
        mix(of.o, constants.o, attention, a, b, o);
        answer(of, setting, attention, a, b, post, logits);
        const mean = logits.reduce((total, one) => total + one, 0) / p;
        for (let c = 0; c < p; ++c) logits[c] -= mean;
        const right = (a + b) % p, given = largest(logits), next = largest(logits, given);
        const amplitudes = frequencies.map((k) => amplitude(logits, k, a, b));
        const cosines = Float64Array.from({ length: p }, (_, c) =>
            frequencies.reduce((total, k, i) => total + amplitudes[i] * wave(k).cos[(a + b + p - c) % p], 0));
        return { a, b, attention, logits, cosines, amplitudes, right, given, next, margin: logits[given] - logits[next],
                 o: prepared.oPlanes.map((plane) => inPlane(plane, o, prepared.oMean)),
                 hidden: prepared.hiddenPlanes.map((plane) => inPlane(plane, post, prepared.hiddenMean)) };
    }

    // The numbers on the circle of each key frequency, one list of p places each
    function circles(removed) {
        const numbers = without(W_E, removed), mean = meanOfRows(numbers, p);
        return circlePlanes.map((plane) => Array.from({ length: p }, (_, n) => inPlane(plane, rowOf(numbers, n), mean)));
    }

    // What the model answers to every pair, a p + b, how many are right, and the amplitude of each key frequency
    // over a - b.
    function* all(setting) {
        const of = tablesWithout(setting.removed);
        const post = new Float64Array(d_mlp), logits = new Float64Array(p), answers = new Uint16Array(p * p);
        const profiles = frequencies.map(() => new Float64Array(p));
        let right = 0;
        for (let a = 0; a < p; ++a) {
            for (let b = 0; b < p; ++b) {
                answer(of, setting, attentionOf(a, b, setting.held), a, b, post, logits);
                answers[a * p + b] = largest(logits);
                if (answers[a * p + b] === (a + b) % p) ++right;
                frequencies.forEach((k, i) => { profiles[i][(a - b + p) % p] += amplitude(logits, k, a, b) / p; });
            }
            yield (a + 1) / p;
        }
        return { right, answers, profiles };
    }

    return { prepare, pair, circles, all, wave, use: (found) => { prepared = found; } };
}
