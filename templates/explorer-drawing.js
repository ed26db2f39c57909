// The drawings of the model explorer, as SVG with the colours of the figures. Each function returns the text of one
// drawing. `found` is what explorerModel().pair() returns.
const explorerDrawing = (() => {
    "use strict";
    const colour = (name) => `var(--figure-${name})`;
    const round = (value) => (Math.round(100 * value) / 100).toString();
    const pathOf = (places) => "M" + places.map(([x, y]) => `${round(x)} ${round(y)}`).join("L");
    const dot = ([x, y], radius, name) => `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${colour(name)}"/>`;
    const line = (places, name, width = 1, more = "") => `<path d="${pathOf(places)}" fill="none" stroke="${colour(name)}" stroke-width="${width}" ${more}/>`;
    const text = ([x, y], words, more = "") => `<text x="${round(x)}" y="${round(y)}" fill="${colour("ink")}" ${more}>${words}</text>`;
    const drawing = (width, height, label, parts) =>
        `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${parts.join("")}</svg>`;
    const number = (value, digits = 1) => value.toFixed(digits).replace("-", "−");

    // A square around the origin, in which the radius 1 is 38 pixels long
    const side = 124, unit = 38;
    const place = ([x, y], top) => {
        const most = 1.45, size = Math.hypot(x, y), keep = size > most ? most / size : 1;
        return [side / 2 + unit * keep * x, top + side / 2 - unit * keep * y];
    };
    const onRing = (turn, length = 1) => [length * Math.cos(2 * Math.PI * turn), length * Math.sin(2 * Math.PI * turn)];
    const ring = (top) => `<circle cx="${side / 2}" cy="${top + side / 2}" r="${unit}" fill="none" stroke="${colour("grid")}"/>` +
        line([[side / 2 - 3, top + side / 2], [side / 2 + 3, top + side / 2]], "muted") + line([[side / 2, top + side / 2 - 3], [side / 2, top + side / 2 + 3]], "muted");
    const name = (top, words) => text([side / 2, top + 10], words, `text-anchor="middle" class="name"`);

    // How strongly the frequency speaks for the answer, over k (a - b) / p in turns from -1/2 to 1/2
    function amplitudeOver(p, k, profile, asTrained, found, value, top) {
        const height = 72, bottom = top + height, left = 8, right = side - 8;
        const inTurns = (q) => { const turn = ((k * (q + p)) % p) / p; return turn > 0.5 ? turn - 1 : turn; };
        const shown = [profile, asTrained].filter(Boolean).flatMap((one) => [...one]);
        const high = Math.max(...shown, value, 1e-9), low = Math.min(0, ...shown, value);
        const at = (turn, height_) => [left + (turn + 0.5) * (right - left), bottom - (height_ - low) / (high - low) * (height - 16)];
        const curve = (of) => Array.from({ length: p }, (_, q) => [inTurns(q), of(q)]).sort((one, other) => one[0] - other[0]).map(([turn, y]) => at(turn, y));
        const half = (q) => Math.abs(Math.cos(Math.PI * inTurns(q)));
        const q = (found.a - found.b + p) % p, scale = Math.max(...(profile ?? [value]));
        return [line([at(-0.5, 0), at(0.5, 0)], "muted"),
                asTrained ? line(curve((one) => asTrained[one]), "green", 1, `stroke-dasharray="3 2"`) : "",
                profile ? line(curve((one) => scale * half(one)), "grey", 3) : "",
                profile ? line(curve((one) => profile[one]), "blue", 1.5) : "",
                line([at(inTurns(q), low), at(inTurns(q), high)], "muted", 1, `stroke-dasharray="2 2"`),
                dot(at(inTurns(q), value), 3.5, "ink"),
                text([side / 2, bottom + 13], `A = ${number(value)}`, `text-anchor="middle"`)].join("");
    }

    // One key frequency from the numbers to the logits
    function frequency({ p, k, i, found, numbers, profile, asTrained }) {
        const a = numbers[found.a], b = numbers[found.b], half = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
        const distance = Math.hypot(...half), sum = (k * (found.a + found.b)) % p / p, hidden = found.hidden[i], o = found.o[i];
        const tops = [14, 168, 306, 446];
        const turn = (k * (found.a - found.b + p)) % p / p, apart = Math.min(turn, 1 - turn);
        const label = `Frequency ${k}: a and b are ${number(apart, 2)} of a turn apart, half-way between them is at ${number(distance, 2)} of the radius; amplitude ${number(found.amplitudes[i])}`;
        return drawing(side, 536, label, [
            name(tops[0] - 14, "a, b, half-way"), ring(tops[0]),
            `<path d="${numbers.map((at) => pathOf([place(at, tops[0])]) + "h0").join("")}" stroke="${colour("grey")}" stroke-width="2.4" stroke-linecap="round"/>`,
            line([place(a, tops[0]), place(b, tops[0])], "muted"), line([place([0, 0], tops[0]), place(half, tops[0])], "ink", 1.5),
            dot(place(a, tops[0]), 5, "blue"), dot(place(b, tops[0]), 5, "orange"), dot(place(half, tops[0]), 4, "ink"),
            text([side / 2, tops[0] + side + 8], `${number(apart, 2)} turn apart`, `text-anchor="middle"`),
            name(tops[1] - 14, "attention’s o"), ring(tops[1]),
            line([place([0, 0], tops[1]), place(o, tops[1])], "ink", 1.5), dot(place(o, tops[1]), 4, "ink"),
            name(tops[2] - 14, "hidden layer"), ring(tops[2]),
            line([place([0, 0], tops[2]), place(onRing(sum, 1.4), tops[2])], "green", 1, `stroke-dasharray="3 2"`),
            line([place([0, 0], tops[2]), place(hidden, tops[2])], "ink", 1.5), dot(place(hidden, tops[2]), 4, "ink"),
            name(tops[3] - 14, "amplitude over a − b"),
            amplitudeOver(p, k, profile, asTrained, found, found.amplitudes[i], tops[3]),
        ]);
    }

    // What each head looks at
    function attention(found, held) {
        const n = found.attention.length / 3, width = 420, row = 20, left = 56;
        const parts = [];
        for (let head = 0; head < n; ++head) {
            let x = left;
            const top = 16 + head * row;
            parts.push(text([0, top + 12], `head ${head}${held.includes(head) ? "*" : ""}`));
            ["blue", "orange", "grey"].forEach((name_, i) => {
                const share = found.attention[3 * head + i], wide = share * (width - left);
                parts.push(`<rect x="${round(x)}" y="${top}" width="${round(wide)}" height="${row - 5}" fill="${colour(name_)}" fill-opacity="0.35" stroke="${colour(name_)}"/>`);
                if (share > 0.11) parts.push(text([x + wide / 2, top + 11.5], `${["a", "b", "="][i]} ${number(share, 2)}`, `text-anchor="middle"`));
                x += wide;
            });
        }
        parts.push(text([0, 10], `Attention at “=”${held.length > 0 ? " (*: at its mean)" : ""}`, `class="name"`));
        const label = "Attention of each head to a, b and =: " + Array.from({ length: n }, (_, head) =>
            `head ${head}: ${[0, 1, 2].map((i) => number(found.attention[3 * head + i], 2)).join(", ")}`).join("; ");
        return drawing(width, 18 + n * row, label, parts);
    }

    // A bar for each answer, and the sum of the cosines of this pair
    function logits(found) {
        const { logits: bars, cosines, right, given, next } = found, p = bars.length;
        const width = 800, height = 190, left = 4, bottom = 164, top = 22;
        const high = Math.max(...bars, ...cosines), low = Math.min(...bars, ...cosines), range = high > low ? high - low : 1;
        const x = (c) => left + (c + 0.5) * (width - 2 * left) / p, y = (value) => bottom - (value - low) / range * (bottom - top);
        const hue = (c) => (c === right ? "green" : c === given ? "red" : c === next ? "gold" : "grey");
        const parts = Array.from({ length: p }, (_, c) => line([[x(c), y(0)], [x(c), y(bars[c])]], hue(c), Math.max(1, 0.62 * width / p)));
        parts.push(line([[left, y(0)], [width - left, y(0)]], "muted"), line(Array.from({ length: p }, (_, c) => [x(c), y(cosines[c])]), "purple", 1.2));
        const mark = (c, words) => text([Math.min(Math.max(x(c), 40), width - 40), y(Math.max(bars[c], 0)) - 5], words, `text-anchor="middle" class="mark"`);
        parts.push(mark(given, given === right ? `${given}` : `${given}, wrong`));
        if (given !== right) parts.push(mark(right, `${right}`));
        for (let c = 0; c < p; c += 10) parts.push(text([x(c), height - 12], `${c}`, `text-anchor="middle"`));
        parts.push(text([left, 10], "Logit of each answer c, less their mean; line: sum of the cosines of this pair", `class="name"`));
        return drawing(width, height, `Logits: ${given} has the largest, ${next} the next; the right answer is ${right}`, parts);
    }

    // One pixel a pair: row a, column b
    function map(canvas, p, answers) {
        canvas.width = canvas.height = p;
        const context = canvas.getContext("2d"), style = getComputedStyle(canvas);
        const paint = (name_) => { context.fillStyle = style.getPropertyValue(`--figure-${name_}`); };
        paint("grid");
        context.fillRect(0, 0, p, p);
        paint("red");
        for (let a = 0; a < p; ++a) for (let b = 0; b < p; ++b) if (answers[a * p + b] !== (a + b) % p) context.fillRect(b, a, 1, 1);
    }
    function mark(canvas, p, { a, b }) {
        const context = canvas.getContext("2d");
        context.fillStyle = getComputedStyle(canvas).getPropertyValue("--figure-ink");
        for (const [x, y] of [[b - 2, a], [b + 2, a], [b, a - 2], [b, a + 2]]) context.fillRect(x, y, 1, 1);
    }

    return { frequency, attention, logits, map, mark, number };
})();
