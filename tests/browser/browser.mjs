// The report in Debian's Chromium: opens the page as a reader does, and takes note of everything that goes wrong.
import { chromium } from "playwright-core";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const file = path.resolve(process.env.REPORT ?? "../../report/index.html");
if (!fs.existsSync(file)) throw new Error(`there is no ${file}: run \`make report\` first, or name a page in REPORT`);

export const html = fs.readFileSync(file, "utf8");
export const url = pathToFileURL(file).href;
export const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

// Calls `look(page)` with a page open, the report unless `address` names another. A request that is not the page
// itself or inside it, a line of error on the console and an exception each are a problem; there must be none.
export async function open(options, look, address = url) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const problems = [];
    page.on("request", (request) => {
        const asked = request.url();
        if (asked.split("#")[0] !== address && !/^(data|blob):/.test(asked)) problems.push(`asked for ${asked}`);
    });
    page.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
    page.on("pageerror", (error) => problems.push(String(error)));
    try {
        await page.goto(address);
        await look(page);
    } finally {
        await context.close();
    }
    if (problems.length > 0) throw new Error(problems.join("\n"));
}
