// What a reader of report/index.html can rely on. `make browser-test` runs it; REPORT names another page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { browser, html, open, url } from "./browser.mjs";
import { fits_a_phone, has_no_barriers, is_valid, phone } from "./every_page.mjs";

const desktop = {};
const without_script = { javaScriptEnabled: false };
after(() => browser.close());

const repeated_ids = (page) => page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
});

test("the page is valid HTML", () => is_valid(html));
for (const colorScheme of ["light", "dark"])
    test(`axe finds nothing to object to on the ${colorScheme} page, all of it unfolded`,
        () => open({ colorScheme }, has_no_barriers));
test("a phone shows the page, unfolded too, without scrolling sideways", () => open(phone, fits_a_phone));

test("the contents lead to every section and mark the one being read", () => open(desktop, async (page) => {
    const links = await page.locator(".contents a").all();
    assert.ok(links.length > 20);
    for (const link of links.filter((_, i) => i % 4 === 1)) {
        await link.click();
        const target = page.locator(await link.evaluate((one) => `[id="${one.hash.slice(1)}"]`));
        const { y } = await target.boundingBox();
        const at_end = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
        assert.ok((y >= 0 && y < 200) || at_end, `${await link.innerText()} is at ${y}`);
        await page.waitForFunction((one) => one.hasAttribute("aria-current"), await link.elementHandle());
    }
    assert.equal(await page.locator(".contents [aria-current]").count(), 1);
}));

test("every link within the page leads somewhere, and no id stands twice", () => open(desktop, async (page) => {
    const lost = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")].map((link) => link.hash)
        .filter((hash) => !document.getElementById(decodeURIComponent(hash.slice(1)))));
    assert.deepEqual(lost, []);
    assert.deepEqual(await repeated_ids(page), []);
}));

test("every figure has a caption and says its message in words", () => open(desktop, async (page) => {
    const silent = await page.evaluate(() => [...document.querySelectorAll("figure")].filter((figure) => {
        const words = figure.querySelector(".drawing [role='img'], .drawing video")?.getAttribute("aria-label") ?? "";
        return words.length < 30 || figure.querySelector("figcaption").innerText.length < 40;
    }).map((figure) => figure.id));
    assert.deepEqual(silent, []);
}));

test("a badge opens its evidence from the text, from the table and from the summary", () => open(desktop, async (page) => {
    await page.locator(".all-claims > summary").click();
    for (const place of ["article p", ".all-claims", ".prominent"]) {
        const chip = page.locator(`${place} a.chip`).nth(2);
        const card = page.locator(await chip.evaluate((one) => `[id="${one.hash.slice(1)}"]`));
        await chip.click();
        await card.locator(".formula .katex").first().waitFor();
        assert.match(await card.innerText(), /why this bound[\s\S]*control[\s\S]*computed in[\s\S]*at commit[\s\S]*grokreport verify/);
        await card.locator("summary").click();
    }
}));

test("without a script a badge opens too, and the text is all there", () => open(without_script, async (page) => {
    const chip = page.locator("article p a.chip").first();
    const card = page.locator(await chip.getAttribute("href").then((hash) => `[id="${hash.slice(1)}"]`));
    await chip.click();
    assert.ok(await card.locator(".evidence").isVisible(), "the link shows the evidence");
    const other = page.locator("article details.badge").nth(3);
    await other.locator("summary").click();
    assert.ok(await other.locator(".evidence").isVisible(), "the line opens the evidence");
    assert.ok(await page.locator("article .katex").count() > 100);
}));

// What a file of each kind begins with.
const beginnings = { svg: /^<\?xml[\s\S]*<svg|^<svg/, pdf: /^%PDF-/, png: /^\x89PNG/, csv: /^[\w"][^\n]*,/, mp4: /^....ftyp/s, html: /^<!doctype html>/i, json: /^[[{]/ };

// Of so many downloads in a row Chromium now and then drops one, as if the link had not been clicked: then it is
// clicked again, as a reader would.
async function clickedDownload(page, link, tries = 3) {
    const started = page.waitForEvent("download", { timeout: 30_000 });
    try {
        return (await Promise.all([started, link.click()]))[0];
    } catch (problem) {
        if (tries === 1) throw problem;
        return clickedDownload(page, link, tries - 1);
    }
}

test("every file that the page carries is of its kind", () => open(desktop, async (page) => {
    const carried = await page.evaluate(() => [...document.querySelectorAll("figure .downloads a[href^='data:']")]
        .map((link) => [link.download, link.dataset.from, link.getAttribute("href")]));
    assert.ok(carried.length >= 2 * await page.locator("figure").count());
    for (const [name, packed, address] of carried) {
        const bytes = Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
        const file = packed === "gzip" ? gunzipSync(bytes) : bytes;
        assert.ok(file.length > 20, `${name} has ${file.length} bytes`);
        assert.match(file.toString("latin1", 0, 2000), beginnings[name.split(".").at(-1)] ?? /^$/, name);
    }
}));

test("every kind of download is saved at a click, of a film and of a figure that moves by a slider too", () => open({ acceptDownloads: true }, async (page) => {
    const kinds = await page.evaluate(() => {
        const figures = [...document.querySelectorAll("figure")], kind = (link) => `${link.dataset.from ?? ""} ${link.download.split(".").at(-1)}`;
        const first = new Map(figures.flatMap((figure) => [...figure.querySelectorAll(".downloads a")]).reverse().map((link) => [kind(link), link.getAttribute("aria-label")]));
        const last = [...figures.at(-1).querySelectorAll(".downloads a")].map((link) => link.getAttribute("aria-label"));
        return [...new Set([...first.values(), ...last])];
    });
    assert.ok(kinds.length >= 5 + 4);
    for (const label of kinds) {
        const link = page.locator(`figure .downloads a[aria-label="${label}"]`);
        const download = await clickedDownload(page, link).catch((problem) => { throw new Error(`${label}: ${problem.message}`); });
        const name = download.suggestedFilename();
        const file = fs.readFileSync(await download.path());
        assert.ok(file.length > 20, `${name} has ${file.length} bytes`);
        assert.match(file.toString("latin1", 0, 2000), beginnings[name.split(".").at(-1)] ?? /^$/, name);
    }
}));

const ink = (page) => page.evaluate(() => {
    const dark = (element, property) => {
        const [r, g, b] = getComputedStyle(element)[property].match(/[\d.]+/g).map(Number);
        return r + g + b < 3 * 128;
    };
    const drawn = document.querySelector("figure svg text");
    return { page: dark(document.body, "backgroundColor"), text: dark(document.body, "color"), figure: dark(drawn, "fill") };
});

test("the theme follows the system, changes at a click and is remembered; figures change with it", () => open({ colorScheme: "dark" }, async (page) => {
    assert.deepEqual(await ink(page), { page: true, text: false, figure: false });
    await page.locator("#theme").click();
    assert.deepEqual(await ink(page), { page: false, text: true, figure: true });
    await page.reload();
    assert.deepEqual(await ink(page), { page: false, text: true, figure: true });
}));

test("a cross-reference shows what it leads to, to the pointer and to the keyboard, until Escape", () => open(desktop, async (page) => {
    const preview = page.locator(".preview");
    const shows = { "a[href^='#figure-']:not(.figure-number)": "svg", "a.citation": "cite", "a.footnote": "p", "a.chip": ".statement", "a[href^='#section-']:not(.permalink)": "h2, h3" };
    for (const [link, part] of Object.entries(shows)) {
        await page.locator(`article p ${link}`).first().hover();
        await preview.locator(part).first().waitFor();
        assert.deepEqual(await repeated_ids(page), []);
        await page.keyboard.press("Escape");
        assert.ok(await preview.isHidden());
        await page.mouse.move(0, 0);
    }
    await page.locator("article p a.chip").first().focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await preview.waitFor();
    await page.keyboard.press("Tab");
    assert.ok(await preview.isHidden());
}));

test("the keyboard skips to the text, and folds", () => open(desktop, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    const summary = page.locator("article details.badge > summary").first();
    await summary.focus();
    await page.keyboard.press("Enter");
    assert.ok(await page.locator("article details.badge .evidence").first().isVisible());
}));

test("a note leads to the end of the page and back", () => open(desktop, async (page) => {
    await page.locator("article a.footnote").first().click();
    const note = page.locator(".notes li").first();
    assert.ok((await note.boundingBox()).y < 900);
    await note.locator(".back").click();
    assert.ok((await page.locator("article a.footnote").first().boundingBox()).y < 900);
}));

test("printed, it is a paper: A4, all claims, methods unfolded, evidence folded", () => open(desktop, async (page) => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, maxBuffer: 1 << 26 }).toString();
    const pages = text.split("\f").length - 1;
    assert.ok(pages >= 20 && pages <= 32, `${pages} pages`);
    assert.match(pdf.toString("latin1"), /\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/);
    const { claims } = JSON.parse(fs.readFileSync(new URL("claims.json", url), "utf8"));
    assert.ok(claims.length >= 49);
    assert.match(text, new RegExp(`All ${claims.length} claims`));
    assert.match(text, /grok\.accuracy-unseen/);
    assert.match(text, /Fourier basis/); // of the methods
    assert.doesNotMatch(text, /why this bound|Download|Dark page/);
}));
