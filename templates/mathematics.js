// Typesets formulas with KaTeX, all in one call:
//     node mathematics.js KATEX_FOLDER  <  [{"tex": "...", "display": true}, ...]
// writes [{"html": "..."} or {"error": "..."}, ...] in the same order. It reads no file other than KaTeX.
"use strict";

const fs = require("fs");
const path = require("path");
const katex = require(path.join(path.resolve(process.argv[2]), "katex.js"));

function typeset({ tex, display }) {
    try {
        const options = { displayMode: display, output: "htmlAndMathml", strict: "error", throwOnError: true, trust: false };
        return { html: katex.renderToString(tex, options) };
    } catch (problem) {
        return { error: problem.message };
    }
}

process.stdout.write(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(typeset)));
