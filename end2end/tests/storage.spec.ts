// Storage that is switched off, full or full of rubbish slows things down, and breaks nothing.
import { Editor } from "./support/editor.ts";
import { follow, lookAtCaches } from "./support/going.ts";
import { importStory, titlePage, unique } from "./support/stories.ts";
import { everything, recordOf } from "./support/storage.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

async function readAround(page: Page, story: string) {
  await open(page, "/novels");
  await follow(page, page.locator(`[data-story-id="${story}"] [data-testid=story-link]`), `**${titlePage(story)}`);
  await follow(page, page.getByTestId("chapter-link").first(), new RegExp(`${titlePage(story)}/`));
  await expect(page.getByTestId("prose")).toContainText("The kettle sang");
}

async function write(page: Page, story: string, scene: string) {
  const editor = new Editor(page, story);
  await editor.open("scene", scene);
  const text = unique("Typed all the same.");
  await editor.content.fill(text);
  await editor.save("scene");
  await reload(page);
  await expect(editor.content).toHaveValue(text);
}

/** The debug page of the same tab: it tells what went wrong in this tab. */
async function expectError(page: Page) {
  await lookAtCaches(page);
  await expect(page.getByTestId("cache-event").filter({ hasText: /error/i }).first()).toBeVisible();
}

test("localStorage switched off", async ({ browse }) => {
  const page = await browse("ada");
  const story = await importStory(page, unique("No storage"), true);
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    }),
  );
  await readAround(page, story.id);
  await expectError(page);
  await write(page, story.id, story.scenes[2]);
});

test("localStorage full", async ({ browse }) => {
  const page = await browse("ada");
  const story = await importStory(page, unique("Full storage"), true);
  await open(page, "/");
  await page.evaluate(() => {
    localStorage.clear();
    for (let size = 1 << 22, name = 0; size > 0; name++) {
      try {
        localStorage.setItem(`somebody-elses-${name}`, "x".repeat(size));
      } catch {
        size >>= 1;
      }
    }
  });
  await readAround(page, story.id);
  await expectError(page);
  await write(page, story.id, story.scenes[2]);
});

test("records that nobody can read", async ({ browse }) => {
  const page = await browse("visitor");
  await open(page, "/novels");
  const record = await recordOf(page, "catalogue-page");
  await page.evaluate((record) => {
    localStorage.setItem(record, "{ not a record");
    localStorage.setItem("swr-cache-home.3?", "null");
    localStorage.setItem("swr-cache-home.3?-timestamp", "soon");
    localStorage.setItem("swr-cache-thread.4?post=\u0000", "[[[[");
    localStorage.setItem("swr-cache-", "");
  }, record);
  await reload(page);
  await follow(page, page.locator("header .wordmark"), /:\d+\/$/);
  await expect(page.getByTestId("story-card").first()).toBeVisible();
  const kept = await everything(page);
  expect(Object.keys(kept)).not.toContain("swr-cache-thread.4?post=\u0000");
  expect(JSON.stringify(kept)).not.toContain("{ not a record");
  await expectError(page);
});

test("a record that lies about its body is not shown", async ({ browse }) => {
  const page = await browse("visitor");
  await open(page, "/novels");
  const record = await recordOf(page, "catalogue-page");
  await page.evaluate((record) => {
    const kept = JSON.parse(localStorage.getItem(record)!);
    localStorage.setItem(record, JSON.stringify({ ...kept, body: '{"of":"another shape"}' }));
  }, record);
  await open(page, "/");
  await follow(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Novels" }), "**/novels");
  await expect(page.getByTestId("story-card").first()).toBeVisible();
});
