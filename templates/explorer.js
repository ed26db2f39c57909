// The model explorer: the panel "Try it". Nothing is computed before the reader starts it, by its button, by a link
// that sets its switches, or by an address that holds a setting (#try?a=3&b=8&activation=half).

// Takes the steps of a generator, for some milliseconds at a time.
function explorerSteps(steps, milliseconds, { isWanted, progress, done }) {
    const slice = () => {
        if (!isWanted()) return;
        const until = performance.now() + milliseconds;
        let step;
        do step = steps.next(); while (!step.done && performance.now() < until);
        if (step.done) return done(step.value);
        progress(step.value);
        setTimeout(slice);
    };
    slice();
}

// What computes over all pairs: a worker, or where there can be none the page itself in its spare time.
function explorerComputer(data, model, listen) {
    "use strict";
    const tasks = (of, take, milliseconds, answer) => {
        let wanted = 0;
        return ({ id, setting }) => {
            wanted = id;
            explorerSteps(setting ? of.all(setting) : of.prepare(), milliseconds, {
                isWanted: () => wanted === id,
                progress: (share) => answer({ id, share }),
                done: (found) => { if (!setting) take(found); answer({ id, found }); },
            });
        };
    };
    const inPage = () => {
        const ask = tasks(model, () => {}, 12, listen);
        return (question) => setTimeout(ask, 0, question);
    };
    const source = `${explorerModel};${explorerSteps};const tasks = ${tasks};let ask = null;` +
        "onmessage = ({ data }) => { if (ask) ask(data); else { const model = explorerModel(data); ask = tasks(model, model.use, 60, postMessage); } };";
    let pending = null, ask = null;
    try {
        const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" })), worker = new Worker(address);
        URL.revokeObjectURL(address);
        worker.onmessage = (message) => listen(message.data);
        worker.onerror = () => { ask = inPage(); if (pending) ask(pending); };
        worker.postMessage(data);
        ask = (question) => worker.postMessage(question);
    } catch (refused) {
        ask = inPage();
    }
    return (question) => { pending = question; ask(question); };
}

(() => {
"use strict";
const place = document.getElementById("try");
if (!place) return;
const inside = (selector) => place.querySelector(selector);
const panel = inside(".explorer-panel"), live = inside(".explorer-live"), map = inside(".explorer-map");
const numbers = { a: inside("#try-a"), b: inside("#try-b") };
const [sliderA, sliderB] = place.querySelectorAll("input[type='range']"), sliders = { a: sliderA, b: sliderB };
const start = inside(".explorer-start"), status = inside(".explorer-answer"), bar = inside("progress"), score = inside(".explorer-score p");
const activations = { relu: "ReLU", even: "|x|/2", half: "x/2", identity: "x", square: "s x²" };
const decoders = { trained: "as trained", written: "written down" }, paths = { both: "both paths", mlp: "MLP alone", direct: "direct path alone" };
const asTrained = () => ({ activation: "relu", held: [], removed: [], decoder: "trained", path: "both" });

let data = null, model = null, ask = null, prepared = false;
let state = { a: Number(numbers.a.value), b: Number(numbers.b.value), ...asTrained() };
let question = 0, quiet = 0; // the last question asked, and one whose answer only adds to the drawings
let all = null;              // the pairs of the present setting, once they are computed
const computed = new Map();   // by the words of a setting
const inWords = ({ activation, held, removed, decoder, path }) => [["activation", activation, "relu"], ["held", held.join(), ""],
    ["removed", removed.join(), ""], ["decoder", decoder, "trained"], ["path", path, "both"]]
    .filter(([, value, usual]) => value !== usual).map(([name, value]) => `${name}=${value}`).join("&");

// From the words of a link or of an address; what they do not name is as trained, and what makes no sense is left out
function settingOf(words) {
    const given = new URLSearchParams(words), setting = asTrained();
    const ofWords = { all: Array.from({ length: data.n_heads }, (_, head) => head), doubles: data.doubles };
    const listed = (name, known) => ((Object.hasOwn(ofWords, given.get(name)) ? ofWords[given.get(name)] : null) ?? (given.get(name) ?? "").split(",").filter(Boolean).map(Number))
        .filter((one, i, every) => known.includes(one) && every.indexOf(one) === i).sort((one, other) => one - other);
    if (Object.hasOwn(activations, given.get("activation"))) setting.activation = given.get("activation");
    if (Object.hasOwn(decoders, given.get("decoder"))) setting.decoder = given.get("decoder");
    if (Object.hasOwn(paths, given.get("path"))) setting.path = given.get("path");
    setting.held = listed("held", ofWords.all);
    setting.removed = listed("removed", [...data.frequencies, ...data.doubles]);
    const pair = {};
    for (const name of ["a", "b"]) {
        const number = Number(given.get(name));
        if (given.get(name) && Number.isInteger(number) && number >= 0 && number < data.p) pair[name] = number;
    }
    return { ...setting, ...pair };
}

// As the report writes shares (src/base/numbers.h)
function percent(share) {
    const value = 100 * share, nearest = Math.min(Math.abs(value), Math.abs(100 - value));
    if (value === Math.round(value)) return `${value}\u00a0%`;
    const decimals = nearest >= 1 ? 1 : Math.max(1, 1 - Math.floor(Math.log10(nearest)));
    const text = value.toFixed(decimals);
    return `${decimals > 1 ? text.replace(/\.?0+$/, "") : text}\u00a0%`;
}
const count = (number) => number.toLocaleString("en");

// The switches
function choices(title, name, options) {
    return `<fieldset><legend>${title}</legend>` + Object.entries(options).map(([value, words]) =>
        `<label><input type="radio" name="try-${name}" value="${value}"> ${words}</label>`).join("") + "</fieldset>";
}
function ticks(title, name, options) {
    return `<fieldset><legend>${title}</legend>` + options.map(([value, words]) =>
        `<label><input type="checkbox" name="try-${name}" value="${value}"> ${words}</label>`).join("") + "</fieldset>";
}
function writeSwitches() {
    const fold = (k) => Math.min(2 * k % data.p, data.p - 2 * k % data.p);
    const heads = Array.from({ length: data.n_heads }, (_, head) => [head, `head ${head}`]);
    const taken = [...data.frequencies.map((k) => [k, `${k}`]), ...data.doubles.map((double) =>
        [double, `${double} <span class="aside">(double of ${data.frequencies.find((k) => fold(k) === double)})</span>`])];
    inside(".explorer-switches").innerHTML =
        `<label class="explorer-preset">Experiment of this report <select><option value="">–</option>${data.settings.map(({ setting, words }) =>
            `<option value="${setting.replaceAll("&", "&amp;") || "trained"}">${words}</option>`).join("")}</select></label>` +
        choices("In place of the ReLU", "activation", activations) + ticks("Attention at its mean", "held", heads) +
        ticks("Taken out of W<sub>E</sub>", "removed", taken) + choices("Decoder", "decoder", decoders) + choices("To the logits", "path", paths);
}
function showState() {
    for (const name of ["a", "b"]) numbers[name].value = sliders[name].value = state[name];
    for (const input of place.querySelectorAll(".explorer-switches input")) {
        const name = input.name.slice("try-".length), value = state[name];
        input.checked = Array.isArray(value) ? value.includes(Number(input.value)) : value === input.value;
    }
    const known = data.settings.find(({ setting }) => inWords(settingOf(setting)) === inWords(state));
    inside("select").value = known ? known.setting || "trained" : "";
}
function readSwitches() {
    const chosen = (name) => [...place.querySelectorAll(`[name='try-${name}']:checked`)].map((input) => input.value);
    const listed = (name) => chosen(name).map(Number).sort((one, other) => one - other);
    return { activation: chosen("activation")[0], held: listed("held"), removed: listed("removed"), decoder: chosen("decoder")[0], path: chosen("path")[0] };
}

// One pair
let saying = 0;
function drawPair() {
    const found = model.pair(state.a, state.b, state), places = model.circles(state.removed);
    const profiles = all?.profiles, trained = inWords(state) === "" ? null : computed.get("")?.profiles;
    inside(".explorer-attention").innerHTML = explorerDrawing.attention(found, state.held);
    inside(".explorer-frequencies").innerHTML = data.frequencies.map((k, i) =>
        `<div class="explorer-frequency"><p><var>k</var> = ${k}</p>${explorerDrawing.frequency(
            { p: data.p, k, i, found, numbers: places[i], profile: profiles?.[i], asTrained: trained?.[i] })}</div>`).join("");
    inside(".explorer-logits").innerHTML = explorerDrawing.logits(found);
    if (all) {
        explorerDrawing.map(map, data.p, all.answers);
        explorerDrawing.mark(map, data.p, state);
    }
    const { given, right, next, margin } = found;
    const words = `${state.a} + ${state.b} ≡ ${right}. The model answers ${given}, ${given === right ? "which is right" : "which is wrong"}; it is ${explorerDrawing.number(margin)} ahead of ${next}.`;
    status.classList.toggle("wrong", given !== right);
    clearTimeout(saying);
    saying = setTimeout(() => { if (status.textContent !== words) status.textContent = words; }, 150); // a slider moves fast
}

// All pairs
const wrongPairs = () => Array.from(all.answers.keys()).filter((pair) => all.answers[pair] !== (Math.floor(pair / data.p) + pair) % data.p);
function showScore() {
    const total = data.p * data.p, known = data.settings.find(({ setting, accuracy }) => accuracy && inWords(settingOf(setting)) === inWords(state));
    bar.hidden = true;
    const flatness = all.profiles.map((profile) => { const high = Math.max(...profile); return high > 0 ? explorerDrawing.number(Math.min(...profile) / high, 2) : "–"; });
    score.innerHTML = `<strong class="accuracy">${percent(all.right / total)}</strong> of all pairs are right: ${count(all.right)} of ${count(total)}.` +
        (known ? ` The report says ${known.accuracy}.` : "") +
        `<br><span class="aside">Left, one pixel a pair, <var>a</var> downwards and <var>b</var> to the right, red where the answer is wrong. A click takes that pair. ` +
        `Least over largest amplitude, in the order of the frequencies below: ${flatness.join(", ")}.</span>`;
    map.setAttribute("aria-label", `Which pairs are right: ${count(total - all.right)} of ${count(total)} are wrong`);
    inside("[data-do='wrong']").disabled = all.right === total;
    drawPair();
}
function computeAll() {
    const words = inWords(state);
    all = computed.get(words) ?? null;
    ++question;
    place.dataset.state = all ? "ready" : "computing";
    if (all) return showScore();
    bar.hidden = false;
    bar.value = 0;
    score.textContent = "All pairs are being computed …";
    inside("[data-do='wrong']").disabled = true;
    ask({ id: question, setting: { activation: state.activation, held: state.held, removed: state.removed, decoder: state.decoder, path: state.path } });
}
function listen({ id, share, found }) {
    if (id !== question) return;
    if (share !== undefined) {
        if (id !== quiet) bar.value = share;
        return;
    }
    if (!prepared) {
        prepared = true;
        model.use(found);
        place.dataset.state = "computing";
        change({}, false);
        return;
    }
    if (id === quiet) {
        computed.set("", found);
        drawPair();
        return;
    }
    all = found;
    computed.set(inWords(state), found);
    place.dataset.state = "ready";
    showScore();
    if (computed.has("")) return;
    quiet = ++question; // what is as trained, to compare with
    ask({ id: quiet, setting: asTrained() });
}

// Browsers refuse an address that changes many times a second, as a slider would change it.
let addressLater = 0;
const writeAddress = () => history.replaceState(null, "", `#try?a=${state.a}&b=${state.b}${inWords(state) && "&" + inWords(state)}`);

// A change of the pair or of the switches, and the address that says so
function change(to, isOfReader = true) {
    const before = inWords(state);
    state = { ...state, ...to };
    showState();
    if (isOfReader) {
        clearTimeout(addressLater);
        addressLater = setTimeout(writeAddress, 150);
    }
    if (!prepared) return;
    const isSame = before === inWords(state) && all !== null;
    if (!isSame && (before !== inWords(state) || question < 2)) computeAll();
    drawPair();
}

function begin() {
    if (data) return;
    data = JSON.parse(inside(".explorer-data").textContent);
    start.hidden = true;
    live.hidden = false;
    place.dataset.state = "preparing";
    score.textContent = "The weights are being read …";
    writeSwitches();
    showState();
    setTimeout(() => { // so that the panel is painted first
        model = explorerModel(data);
        ask = explorerComputer(data, model, listen);
        ask({ id: ++question });
    }, 30);
}

const fromAddress = () => {
    if (!location.hash.startsWith("#try?")) return;
    begin();
    change(settingOf(location.hash.slice("#try?".length)), false);
    place.scrollIntoView();
};

panel.hidden = false;
start.querySelector("button").addEventListener("click", begin);
for (const name of ["a", "b"]) {
    const take = (event) => {
        const number = Number(event.target.value);
        if (event.target.value !== "" && Number.isInteger(number) && number >= 0 && number < data.p) change({ [name]: number });
    };
    numbers[name].addEventListener("input", take);
    sliders[name].addEventListener("input", take);
    numbers[name].addEventListener("change", showState);
}
inside(".explorer-switches").addEventListener("change", (event) => {
    if (event.target.matches("select")) change({ ...asTrained(), ...settingOf(event.target.value === "trained" ? "" : event.target.value) });
    else change(readSwitches());
});
place.addEventListener("click", (event) => {
    const wish = event.target.closest("[data-do]")?.dataset.do, any = () => Math.floor(Math.random() * data.p);
    if (wish === "random") change({ a: any(), b: any() });
    if (wish === "trained") change(asTrained());
    if (wish === "wrong") {
        const wrong = wrongPairs(), pair = wrong[Math.floor(Math.random() * wrong.length)];
        change({ a: Math.floor(pair / data.p), b: pair % data.p });
    }
    if (event.target === map && all) {
        const box = map.getBoundingClientRect(), at = (offset, size) => Math.min(data.p - 1, Math.max(0, Math.floor(offset / size * data.p)));
        change({ a: at(event.clientY - box.top, box.height), b: at(event.clientX - box.left, box.width) });
    }
});
document.addEventListener("click", (event) => {
    const link = event.target.closest("a.setting");
    if (!link) return;
    event.preventDefault();
    begin();
    change({ ...asTrained(), ...settingOf(link.dataset.setting) });
    place.scrollIntoView();
    inside("select").focus({ preventScroll: true });
});
addEventListener("hashchange", fromAddress);
new MutationObserver(() => { if (prepared) drawPair(); }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
fromAddress();
})();
