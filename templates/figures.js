// What the figures of the page can do besides being looked at. The page is complete without this script; with
// it, files are made of what the page holds already, and a point tells its number.
(() => {
"use strict";

const overlay = "looking-closer"; // the class of what this script draws into a figure
const asDrawn = new Map();        // figures that a slider changes -> their drawing before

// The file that a figure was inlined from, to the byte: with its own ids, the colours of a light page and its
// metadata (src/render/svg.h tells what was changed).
function svgFile(figure) {
    const svg = (asDrawn.get(figure) ?? figure.querySelector(".drawing svg")).cloneNode(true);
    svg.querySelectorAll("." + overlay).forEach((drawn) => drawn.remove());
    for (const name of ["role", "aria-label", "style"]) svg.removeAttribute(name);
    const { width, height } = svg.viewBox.baseVal;
    const text = new XMLSerializer().serializeToString(svg)
        .replace("<svg ", `<svg width="${width}" height="${height}" `)
        .replace(/var\(--figure-[\w-]+, (#[0-9a-f]{6})\)/g, "$1")
        .replaceAll(figure.id + "-", "");
    const endOfTag = text.indexOf(">") + 1;
    return text.slice(0, endOfTag) + figure.dataset.metadata + text.slice(endOfTag) + "\n";
}

function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function inflated(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).blob();
}

function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The drawing in pixels, 300 to an inch, on white, as the file that stands beside the page.
async function pngOf(address) {
    const zoom = 300 / 96, image = new Image(), canvas = document.createElement("canvas");
    image.src = address;
    await image.decode();
    canvas.width = Math.round(zoom * image.naturalWidth);
    canvas.height = Math.round(zoom * image.naturalHeight);
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const drawingOf = (figure) => new Blob([svgFile(figure)], { type: "image/svg+xml" });

for (const link of document.querySelectorAll(".downloads a[data-from]")) {
    const figure = link.closest("figure"), film = figure.querySelector("video");
    link.hidden = false;
    if (link.dataset.from === "pixels") {
        link.addEventListener("click", async (event) => {
            event.preventDefault();
            const address = film ? film.poster : URL.createObjectURL(drawingOf(figure));
            save(await pngOf(address), link.download);
            if (!film) URL.revokeObjectURL(address);
        });
    } else if (film && link.dataset.from !== "gzip") {
        link.href = link.dataset.from === "film" ? film.src : film.poster;
    } else if (link.dataset.from === "drawing") {
        link.addEventListener("click", (event) => {
            event.preventDefault();
            save(drawingOf(figure), link.download);
        });
    } else if ("DecompressionStream" in window) {
        link.download = link.download.replace(/\.gz$/, "");
        link.addEventListener("click", async (event) => {
            event.preventDefault();
            save(await inflated(bytesOf(link.href.slice(link.href.indexOf(",") + 1))), link.download);
        });
    }
}

// The point nearest to the pointer is ringed and named, and so are those of the same name in the other panels.
function namePoints(svg) {
    if (!svg.querySelector("path > title")) return;
    let points = [];
    const reach = 14; // pixels of the drawing
    const make = (name, attributes, text = "") => {
        const element = document.createElementNS(svg.namespaceURI, name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.textContent = text;
        return element;
    };
    let shown = null;
    const show = (nearest) => {
        if (nearest === shown) return;
        shown = nearest;
        svg.querySelector("." + overlay)?.remove();
        if (!nearest) return;
        const group = make("g", { class: overlay });
        for (const { x, y } of points.filter((point) => point.name === nearest.name))
            group.append(make("circle", { cx: x, cy: y, r: 4.5, "stroke-width": 1.2 }));
        const isRight = nearest.x > svg.viewBox.baseVal.width - 50;
        group.append(make("text", { x: nearest.x + (isRight ? -7 : 7), y: nearest.y - 6, "text-anchor": isRight ? "end" : "start" },
                          nearest.name));
        svg.append(group);
    };
    svg.addEventListener("pointerenter", () => {
        points = [...svg.querySelectorAll("path > title")].map((title) => {
            const [x, y] = title.parentNode.getAttribute("d").match(/-?[\d.]+/g).map(Number);
            return { x, y, name: title.textContent };
        });
    });
    svg.addEventListener("pointermove", (event) => {
        const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
        const distance = (point) => Math.hypot(point.x - at.x, point.y - at.y);
        if (points.length === 0) return;
        const nearest = points.reduce((best, point) => distance(point) < distance(best) ? point : best);
        show(distance(nearest) < reach ? nearest : null);
    });
    svg.addEventListener("pointerleave", () => show(null));
}

// A slider over a for the petals of one head. What it draws is computed here from the attention and the places of
// the embeddings, as src/sections/petals/figures.h describes them; the drawing of the page stays what it was for its own a.
function varyPetals(figure) {
    const data = JSON.parse(figure.querySelector(".variations").textContent);
    const { p, f, k } = data, turn = 2 * Math.PI;
    const svg = figure.querySelector(".drawing svg"), slider = figure.querySelector(".vary input");
    const plots = [...svg.querySelectorAll("[class^='plot-']")];
    const note = [...svg.querySelectorAll("text")].find((text) => text.textContent.startsWith("R"))?.lastChild;
    const attention = bytesOf(data.attention);
    const pairs = (list) => Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i], list[2 * i + 1]]);
    const x = pairs(data.x), kept = pairs(data.kept), [centre, alongCos, alongSin] = pairs(data.ellipse);
    const mean = (...weighted) => [0, 1].map((axis) => weighted.reduce((sum, [weight, at]) => sum + weight * at[axis], 0));
    const gcd = (one, other) => (other === 0 ? one : gcd(other, one % other));

    const pathOf = (places) => "M" + places.map((at) => at.map((pixel) => pixel.toFixed(1)).join(" ")).join("L");
    const movePoints = (plot, places) => plot.querySelectorAll("path").forEach((path, b) => path.setAttribute("d", pathOf([places[b]]) + "h0"));
    const moveLine = (plot, places) => plot.querySelector("path").setAttribute("d", pathOf(places));
    const moveRing = (plot, at) => plot.querySelectorAll("[transform]").forEach((ring) =>
        ring.setAttribute("transform", ring.getAttribute("transform").replace(/translate\([^)]*\)/, `translate(${at})`)));

    function draw(a) {
        const [level, inCos, inSin] = data.waves.slice(3 * a, 3 * a + 3), fit = data.fits.slice(6 * a, 6 * a + 6);
        const alpha = (b) => level + inCos * Math.cos(turn * f * b / p) + inSin * Math.sin(turn * f * b / p);
        const ellipse = (b) => mean([1, centre], [Math.cos(turn * k * b / p), alongCos], [Math.sin(turn * k * b / p), alongSin]);
        const carried = (at) => [0, 1].map((axis) => at[0] * fit[axis] + at[1] * fit[2 + axis] + fit[4 + axis]);
        const predicted = x.map((at, b) => mean([alpha(b), x[a]], [1 - alpha(b), at]));
        const actual = x.map((_, b) => {
            const toA = attention[a * p + b] / 255, toB = attention[p * p + a * p + b] / 255;
            return mean([toA, kept[a]], [toB, kept[b]], [1 - toA - toB, kept[p]]);
        });
        const steps = 72 * Math.max(f, k) / gcd(f, k);
        const line = Array.from({ length: steps + 1 }, (_, i) => {
            const b = p / gcd(f, k) * i / steps;
            return mean([alpha(b), ellipse(a)], [1 - alpha(b), ellipse(b)]);
        });
        moveLine(plots[0], line);
        movePoints(plots[1], predicted);
        moveRing(plots[2], x[a]);
        moveLine(plots[3], line.map(carried));
        movePoints(plots[4], actual);
        moveRing(plots[5], carried(x[a]));
        if (note) note.textContent = " = " + data.r2[a];
    }

    asDrawn.set(figure, svg.cloneNode(true));
    figure.querySelector(".vary").hidden = false;
    slider.addEventListener("input", () => {
        figure.querySelector(".vary output").value = slider.value;
        draw(Number(slider.value));
    });
}

document.querySelectorAll(".drawing svg").forEach(namePoints);
document.querySelectorAll("figure:has(.variations)").forEach(varyPetals);
})();
