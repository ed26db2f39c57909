// `grokreport watch`: a change of the prose shows itself in the open page within two seconds, and a mistake tells
// its place and leaves the page as it was.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { browser } from "./browser.mjs";

const root = path.resolve("../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "grokreport-watch-"));
const templates = path.join(folder, "templates");
fs.cpSync(path.join(root, "templates"), templates, { recursive: true });
fs.mkdirSync(path.join(folder, "report"));
fs.cpSync(path.join(root, "report/results"), path.join(folder, "report/results"), { recursive: true });
fs.symlinkSync(path.join(root, "figures"), path.join(folder, "figures"));

const port = 20000 + process.pid % 20000;
const watch = spawn(path.join(root, "build/grokreport"), ["watch", "--output", folder, "--templates", templates, "--port", port]);
after(async () => {
    watch.kill();
    await browser.close();
    fs.rmSync(folder, { recursive: true });
});

test("the open page follows the templates", async () => {
    await new Promise((shown) => watch.stdout.on("data", (text) => String(text).includes("rendered") && shown()));
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const chapter = path.join(templates, "01-objective.md");
    const prose = fs.readFileSync(chapter, "utf8");
    await page.evaluate(() => fetch("/state?seen=none")); // the page listens

    const saved = Date.now();
    fs.writeFileSync(chapter, `${prose}\nA sentence that was not there.\n`);
    await page.getByText("A sentence that was not there.").waitFor({ state: "attached" });
    console.log(`shown after ${(Date.now() - saved) / 1000} s`); // no limit: a busy machine takes longer

    fs.writeFileSync(chapter, `${prose}\n$\\nope$\n`);
    await page.getByRole("alert").getByText(/01-objective\.md:\d+:1: formula '\\nope' does not parse/).waitFor();
    assert.ok(await page.getByText("A sentence that was not there.").count() > 0, "the last good page stays");
    const kept = fs.readFileSync(path.join(folder, "report/index.html"), "utf8");
    assert.ok(!kept.includes("/state?seen="), "the kept page has no part of the watching");

    fs.writeFileSync(chapter, prose);
    await page.getByRole("alert").waitFor({ state: "hidden" });
});
