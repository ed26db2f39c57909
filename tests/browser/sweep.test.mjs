// The pages of several seeds and settings, and the comparison of two: a small sweep of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, open } from "./browser.mjs";
import { fits_a_phone, has_no_barriers, is_valid, phone } from "./every_page.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "grokreport-sweep-"));
const grokreport = (...words) => execFileSync(path.resolve("../../build/grokreport"), [...words, "--output", folder], { stdio: "pipe" });
grokreport("report", "--seeds", "0,1", "--pages", "all", "--weight-decay", "0.5,1", "--p", "23", "--epochs", "300", "--d-model", "32",
    "--n-heads", "2", "--d-head", "16", "--d-mlp", "64");
grokreport("compare", "0", "1");
after(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
});

for (const name of ["index.html", "seeds/seed-1.html", "compare.html"]) {
    const file = path.join(folder, "report", name), address = pathToFileURL(file).href;
    test(`${name} is valid HTML`, () => is_valid(fs.readFileSync(file, "utf8")));
    for (const colorScheme of ["light", "dark"])
        test(`axe finds nothing to object to on ${name}, ${colorScheme}`, () => open({ colorScheme }, has_no_barriers, address));
    test(`a phone shows ${name} without scrolling sideways`, () => open(phone, fits_a_phone, address));
    test(`every link of ${name} leads somewhere`, () => open({}, async (page) => {
        const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.href));
        const lost = links.filter((link) => link.startsWith("file:") && !fs.existsSync(new URL(link.split("#")[0])));
        assert.deepEqual(lost, []);
    }, address));
}
