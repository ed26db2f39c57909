// What a reader of report/index.html can rely on. Run by `make browser-test`; REPORT names another page.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { browser, html, open } from "./browser.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const themes = ["light", "dark"];
after(() => browser.close());

test("the page is valid HTML", async () => {
    const report = await new HtmlValidate({ extends: ["html-validate:standard"] }).validateString(html);
    const problems = report.results.flatMap((result) => result.messages);
    assert.deepEqual(problems.map((one) => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`).slice(0, 20), []);
});

for (const colorScheme of themes)
    test(`axe finds no violation on the ${colorScheme} page`, () => open({ colorScheme }, async (page) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run());
        assert.deepEqual(violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 5).map((node) => node.html.slice(0, 160)).join(" | ")}`), []);
    }));

test("a phone shows the page without scrolling sideways", () => open({ viewport: { width: 390, height: 844 }, isMobile: true }, async (page) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 390);
}));
