// The engine's second app: if it needed a noun of Quire's, the engine would be none.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { GUESTBOOK, type Program, serve } from "./support/program.ts";

const book = join(mkdtempSync(join(tmpdir(), "guestbook-")), "guestbook.db");

test.describe.configure({ mode: "serial" });

let server: Program;
let address: string;

test.beforeAll(async () => {
  // Its browser's half is compiled first, unless that was done.
  test.setTimeout(10 * 60_000);
  server = await serve(GUESTBOOK, [book, "127.0.0.1:0"]);
  address = server.address;
});
test.afterAll(() => server.stop());

/** A page that has come alive, and has a live line. Its console must stay silent. */
async function open(page: Page, complaints: string[]) {
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const live = page.waitForEvent("websocket").then((line) => line.waitForEvent("framesent"));
  await page.goto(address);
  await live;
}

async function sign(page: Page, text: string) {
  await page.getByLabel("What you want to say").fill(text);
  await page.getByRole("button", { name: "Sign" }).click();
}

test("what one writes is on the other's screen within 50 ms", { tag: "@alone" }, async ({ browser }) => {
  const complaints: string[] = [];
  const [one, other] = [await browser.newPage(), await (await browser.newContext()).newPage()];
  await Promise.all([open(one, complaints), open(other, complaints)]);
  const took: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    const text = `Was here: ${turn}`;
    // When the answer is on the writer's screen it is committed; both clocks are this machine's.
    const shown = (page: Page) =>
      page.evaluate(async (text) => {
        const list = document.querySelector("#entries")!;
        while (!list.textContent!.includes(text)) await new Promise((next) => setTimeout(next, 1));
        return Date.now();
      }, text);
    const both = Promise.all([shown(one), shown(other)]);
    await sign(one, text);
    const [wrote, read] = await both;
    took.push(read - wrote);
  }
  took.sort((a, b) => a - b);
  console.log(`from the writer's screen to the other's, in ms: ${took.join(" ")}`);
  expect(took[took.length / 2]).toBeLessThan(50);
  await expect(one.locator("#entries li").first()).toHaveText("Was here: 9");
  expect(complaints).toEqual([]);
});

test("it refuses what is empty, and keeps what was typed", async ({ page }) => {
  await open(page, []);
  await sign(page, "   ");
  await expect(page.getByRole("alert")).toContainText("Please write something");
  await expect(page.getByLabel("What you want to say")).toHaveValue("   ");
});

test("a page without a script can be read and written", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  await sign(page, "By hand");
  await expect(page.locator("#entries li").first()).toHaveText("By hand");
});

test("the book survives a restart, and open pages go on", async ({ page }) => {
  await open(page, []);
  await sign(page, "Before");
  await expect(page.locator("#entries li").first()).toHaveText("Before");
  await server.stop();
  server = await serve(GUESTBOOK, [book, new URL(address).host]);
  await expect(page.locator("#entries li").first()).toHaveText("Before");
  await sign(page, "After");
  await expect(page.locator("#entries li").first()).toHaveText("After");
  await page.reload();
  await expect(page.locator("#entries li")).toContainText(["After", "Before"]);
});
