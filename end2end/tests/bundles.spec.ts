// Readers load less than authors do, neither loads the debug page, and nobody notices where one ends and the
// other begins.
import { follow, lookAtCaches } from "./support/going.ts";
import { alive, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** What the documents of this tab were brought alive by. */
function loaded(page: Page): string[] {
  const loaded: string[] = [];
  page.on("request", (request) => {
    // Without the hash of its content.
    const path = new URL(request.url()).pathname.replace(/\.[0-9a-f]{16}/, "");
    if (path.endsWith(".wasm") && loaded.at(-1) !== path) loaded.push(path);
  });
  return loaded;
}

const nav = (page: Page, name: string) => page.locator(".site-nav-link", { hasText: name });

async function arrive(page: Page, heading: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await alive(page);
}

test("from a reader's page to the studio and back again", async ({ browse }) => {
  const page = await browse("ada");
  const wasm = loaded(page);
  await open(page, "/");
  await nav(page, "Novels").click();
  await arrive(page, "Novels");
  expect(wasm).toEqual(["/pkg/reading.wasm"]);

  await nav(page, "Studio").click();
  await arrive(page, "Studio");
  expect(wasm).toEqual(["/pkg/reading.wasm", "/pkg/studio.wasm"]);
  await page.goBack();
  await arrive(page, "Novels");
  await page.goForward();
  await arrive(page, "Studio");
});

test("an author moves among all pages but one without a new document", async ({ browse }) => {
  const page = await browse("ada");
  const wasm = loaded(page);
  await open(page, "/studio");
  await follow(page, nav(page, "Novels"), "**/novels");
  await follow(page, nav(page, "Publish"), "**/publish");
  expect(wasm).toEqual(["/pkg/studio.wasm"]);
});

test("the debug page comes alone, and its links lead back to everywhere", async ({ browse }) => {
  const page = await browse("mira");
  const wasm = loaded(page);
  await open(page, "/studio");
  await lookAtCaches(page);
  expect(wasm).toEqual(["/pkg/studio.wasm", "/pkg/monitoring.wasm"]);
  await nav(page, "Publish").click();
  await arrive(page, "Publish");
  await page.goBack();
  await arrive(page, "How the cache is doing");
  await page.getByRole("link", { name: "Quire, home" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await alive(page);
  expect(wasm.at(-1)).toBe("/pkg/reading.wasm");
});

test("back to a page of the studio after the reader's page was loaded anew", async ({ browse }) => {
  const page = await browse("ada");
  await open(page, "/studio");
  await nav(page, "Novels").click();
  await arrive(page, "Novels");
  const wasm = loaded(page);
  await page.reload();
  await alive(page);
  expect(wasm).toEqual(["/pkg/reading.wasm"]);
  // The same document to the browser, which only tells the script that the address is another.
  await page.goBack();
  await arrive(page, "Studio");
  await page.goForward();
  await arrive(page, "Novels");
});
