// What holds for every page that grokreport writes.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

export async function is_valid(html) {
    const report = await new HtmlValidate({ extends: ["html-validate:standard"] }).validateString(html);
    const problems = report.results.flatMap((result) => result.messages);
    assert.deepEqual(problems.slice(0, 20).map((one) => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`), []);
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

export async function has_no_barriers(page) {
    await unfold(page);
    await page.evaluate(() => {
        // The parts of an image are nobody's business but its own, and there are tens of thousands
        document.querySelectorAll("figure svg[role='img']").forEach((one) => one.replaceChildren());
    });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 5).map((node) => node.html.slice(0, 160)).join(" | ")}`), []);
}

export async function fits_a_phone(page) {
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(await width(), 390);
    await unfold(page);
    assert.equal(await width(), 390);
}
