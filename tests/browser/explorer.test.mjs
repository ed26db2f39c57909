// The model explorer of report/index.html: does the page compute what the program says? The logits and answers that
// it must find come from tests/oracles/explorer_oracle.py, which reads the same weights and shares no code with it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { browser, open, url } from "./browser.mjs";
import { has_no_barriers, phone } from "./every_page.mjs";

const desktop = {};
after(() => browser.close());

const folder = path.dirname(fileURLToPath(url));
const claims = JSON.parse(fs.readFileSync(path.join(folder, "claims.json"), "utf8"));
const main_run = claims.runs.find(({ variant }) => variant === "relu");
// The weights that the page shows: those of epoch 20,000, or the last
const checkpoint = () => {
    const epochs = Object.keys(main_run.checkpoints), shown = epochs.includes("20000") ? "20000" : epochs.at(-1);
    return path.join(folder, "..", main_run.checkpoints[shown]);
};
const oracle = () => JSON.parse(execFileSync("/usr/bin/python3",
    [fileURLToPath(new URL("../oracles/explorer_oracle.py", import.meta.url)), checkpoint()], { maxBuffer: 1 << 26 }));

const state = (page, wanted) => page.waitForFunction((one) => document.getElementById("try").dataset.state === one, wanted);
const started = async (page) => {
    await page.locator(".explorer-start button").click();
    await state(page, "ready");
};
const accuracy = (page) => page.locator(".explorer-score .accuracy").innerText();

test("nothing is computed before it is asked for; when the page is painted and usable", () => open(desktop, async (page) => {
    const seen = await page.evaluate(() => {
        const navigation = performance.getEntriesByType("navigation")[0];
        return { paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
                 interactive: navigation.domInteractive, complete: navigation.domComplete, state: document.getElementById("try").dataset.state ?? "asleep" };
    });
    assert.equal(seen.state, "asleep");
    assert.equal(page.workers().length, 0);
    assert.ok(await page.locator(".explorer-live").isHidden());
    console.log(`# first paint ${Math.round(seen.paint)} ms, interactive ${Math.round(seen.interactive)} ms, complete ${Math.round(seen.complete)} ms, ` +
        `${(fs.statSync(fileURLToPath(url)).size / 1e6).toFixed(2)} MB`);
    assert.ok(fs.statSync(fileURLToPath(url)).size < 8e6);
}));

test("the page computes the logits of the program, and the same answer to every pair", { skip: !main_run && "the weights lie elsewhere" }, () => open(desktop, async (page) => {
    const expected = oracle();
    const found = await page.evaluate((pairs) => {
        const data = JSON.parse(document.querySelector(".explorer-data").textContent), model = explorerModel(data);
        const result = (steps) => { let step; do step = steps.next(); while (!step.done); return step.value; };
        const trained = { activation: "relu", held: [], removed: [], decoder: "trained", path: "both" };
        result(model.prepare());
        return { logits: pairs.map(([a, b]) => [...model.pair(a, b, trained).logits]), answers: [...result(model.all(trained)).answers] };
    }, expected.pairs);
    assert.ok(expected.pairs.length >= 200);
    expected.logits.forEach((logits, i) => {
        const spread = Math.max(...logits) - Math.min(...logits);
        logits.forEach((logit, c) => assert.ok(Math.abs(logit - found.logits[i][c]) < 1e-2 * spread, `logit ${c} of ${expected.pairs[i]}`));
    });
    assert.deepEqual(found.answers, expected.answers);
}));

test("every link beside a sentence sets the switches, and its accuracy is what the sentence says", () => open(desktop, async (page) => {
    const links = await page.locator("a.setting").all();
    assert.ok(links.length >= 8);
    let compared = 0;
    for (const link of links) {
        const stated = await link.getAttribute("data-accuracy");
        const before = (await link.evaluate((one) => one.previousSibling.textContent)).trimEnd();
        await link.click();
        await state(page, "ready");
        assert.ok(await page.evaluate(() => document.getElementById("try").getBoundingClientRect().top < innerHeight));
        if (!stated) continue;
        assert.equal(await accuracy(page), stated, await link.getAttribute("data-setting"));
        assert.ok(before.includes(stated), `"${before}" has ${stated}`);
        ++compared;
    }
    assert.ok(compared >= 6);
}));

test("every experiment of the list has the accuracy of the report", () => open(desktop, async (page) => {
    await started(page);
    const settings = await page.evaluate(() => JSON.parse(document.querySelector(".explorer-data").textContent).settings);
    for (const { words, accuracy: stated } of settings) {
        await page.locator(".explorer-preset select").selectOption({ label: words });
        await state(page, "ready");
        if (stated) assert.equal(await accuracy(page), stated, words);
    }
}));

test("the address holds the setting, and gives it to who opens it", () => open(desktop, async (page) => {
    await started(page);
    await page.locator("#try-a").fill("5");
    await page.locator("#try-b").fill("7");
    await page.locator(".explorer-switches [name='try-held'][value='0']").check();
    await page.locator(".explorer-switches [name='try-activation'][value='even']").check();
    // It is written a moment after the last change
    await page.waitForFunction(() => location.hash.includes("activation"));
    const address = await page.evaluate(() => location.href);
    assert.match(address, /#try\?a=5&b=7&activation=even&held=0$/);
    await page.goto("about:blank");
    await page.goto(address);
    await state(page, "ready");
    assert.equal(await page.locator("#try-a").inputValue(), "5");
    assert.ok(await page.locator(".explorer-switches [name='try-held'][value='0']").isChecked());
    assert.ok(await page.locator(".explorer-switches [value='even']").isChecked());
    assert.equal(page.workers().length, 1);
    // What makes no sense is as trained
    await page.goto("about:blank");
    await page.goto(`${url}#try?a=-1&b=x&activation=toString&held=99,0&removed=1e9&path=`);
    await state(page, "ready");
    assert.deepEqual(await page.locator(".explorer-switches input:checked").evaluateAll((all) => all.map((one) => one.value)), ["relu", "0", "trained", "both"]);
}));

test("it says its answer, moves by the keyboard, and takes a pair from the map", () => open(desktop, async (page) => {
    await started(page);
    const answer = page.locator(".explorer-answer[role='status']");
    const says = (pattern) => page.waitForFunction(([words]) => new RegExp(words).test(document.querySelector(".explorer-answer").textContent), [pattern]);
    await page.locator("#try-a").fill("3");
    await page.locator("#try-b").fill("8");
    await says("^3 \\+ 8 ≡ 11\\. The model answers 11, which is right");
    await page.locator(".explorer-number input[type='range']").first().focus();
    await page.keyboard.press("ArrowRight");
    await says("^4 \\+ 8");
    await page.keyboard.press("Home");
    await says("^0 \\+ 8");
    await page.locator(".explorer-preset select").selectOption({ label: "x/2 in place of the ReLU" });
    await state(page, "ready");
    await page.locator("[data-do='wrong']").click();
    await says("which is wrong");
    assert.ok(await answer.evaluate((one) => one.classList.contains("wrong")));
    const map = page.locator(".explorer-map"), { width, height } = await map.boundingBox();
    await map.click({ position: { x: width - 0.4, y: height / 2 } });
    assert.equal(await page.locator("#try-b").inputValue(), await page.locator("#try-b").getAttribute("max"));
}));

test("a pair takes less than 50 ms, drawings and all", () => open(desktop, async (page) => {
    await started(page);
    const times = await page.evaluate(() => {
        const slider = document.querySelector(".explorer-number input[type='range']");
        return Array.from({ length: 21 }, (_, i) => {
            slider.value = i;
            const before = performance.now();
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            return performance.now() - before;
        }).sort((one, other) => one - other);
    });
    console.log(`# a pair takes ${times[0].toFixed(1)} ms at best, ${times[10].toFixed(1)} ms in the middle`);
    assert.ok(times[0] < 50); // the best: a busy machine may interrupt the others
}));

test("where there can be no worker the page computes by itself", () => open(desktop, async (page) => {
    await page.evaluate(() => { window.Worker = undefined; });
    await started(page);
    assert.equal(page.workers().length, 0);
    assert.match(await page.locator(".explorer-score").innerText(), /The report says/);
}));

for (const colorScheme of ["light", "dark"])
    test(`axe finds nothing to object to in the started explorer on the ${colorScheme} page`, () => open({ colorScheme }, async (page) => {
        await started(page);
        await has_no_barriers(page);
    }));

test("a phone shows the started explorer without scrolling sideways", () => open(phone, async (page) => {
    await started(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
}));

test("without a script there is the still and a sentence", () => open({ javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator("#try noscript").isVisible());
    assert.ok(await page.locator("#figure-readout-contrast svg").isVisible());
    assert.ok(await page.locator(".explorer-panel").isHidden());
}));

test("printed, it is the still", () => open(desktop, async (page) => {
    await started(page);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".explorer-panel").isHidden());
    assert.equal(await page.locator("a.setting:visible").count(), 0);
    assert.ok(await page.locator("#figure-readout-contrast svg").isVisible());
}));
