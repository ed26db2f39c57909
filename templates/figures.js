// What the figures of the page can do besides being looked at. The page is complete without this script; with
// it, files are made of what the page holds already, and a point tells its number.
(() => {
"use strict";

const overlay = "looking-closer"; // the class of what this script draws into a figure

// The file that a figure was inlined from, to the byte: with its own ids, the colours of a light page and its
// metadata (src/render/svg.h tells what was changed).
function svgFile(figure) {
    const svg = figure.querySelector(".drawing svg").cloneNode(true);
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

function bytesOf(dataUri) {
    return Uint8Array.from(atob(dataUri.slice(dataUri.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
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

for (const link of document.querySelectorAll(".downloads a[data-from]")) {
    const figure = link.closest("figure"), film = figure.querySelector("video");
    link.hidden = false;
    if (film && link.dataset.from !== "gzip") {
        link.href = link.dataset.from === "film" ? film.src : film.poster;
    } else if (link.dataset.from === "drawing") {
        link.addEventListener("click", (event) => {
            event.preventDefault();
            save(new Blob([svgFile(figure)], { type: "image/svg+xml" }), link.download);
        });
    } else if ("DecompressionStream" in window) {
        link.download = link.download.replace(/\.gz$/, "");
        link.addEventListener("click", async (event) => {
            event.preventDefault();
            save(await inflated(bytesOf(link.href)), link.download);
        });
    }
}

// The point nearest to the pointer is ringed and named, and so are those of the same name in the other panels.
function namePoints(svg) {
    const points = [...svg.querySelectorAll("path > title")].map((title) => {
        const path = title.parentNode, [x, y] = path.getAttribute("d").match(/[\d.]+/g).map(Number);
        return { x, y, path, name: title.textContent, colour: path.getAttribute("stroke") };
    });
    if (points.length === 0) return;
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
    svg.addEventListener("pointermove", (event) => {
        const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
        const distance = (point) => Math.hypot(point.x - at.x, point.y - at.y);
        const nearest = points.reduce((best, point) => distance(point) < distance(best) ? point : best);
        show(distance(nearest) < reach ? nearest : null);
    });
    svg.addEventListener("pointerleave", () => show(null));
}

document.querySelectorAll(".drawing svg").forEach(namePoints);
})();
