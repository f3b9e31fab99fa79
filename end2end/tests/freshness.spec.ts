// No clock and no dead line makes a page lie.
import { withoutLine } from "./support/line.ts";
import { follow } from "./support/going.ts";
import { write } from "./support/editor.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { PROMPT, expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

/** From now on the browser's wall clock is off by so much; the one that nobody sets goes on. */
async function setClock(page: Page, by: number) {
  await page.evaluate((by) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + by;
  }, by);
}

for (const [name, by] of [
  ["30 s back", -30_000],
  ["an hour back", -3_600_000],
  ["an hour forward", 3_600_000],
] as const) {
  test(`a clock that is set ${name} does not keep an old text`, async ({ browse }) => {
    const [author, reader] = [await browse("ada"), await browse("visitor")];
    const title = unique("Set back");
    const story = await importStory(author, title, true);
    await withoutLine(reader);
    // Whatever asks by itself would hide what the lease does.
    const quiet = () => Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    const chapter = chapterPage(story.id, story.chapters[0]);
    await open(reader, titlePage(story.id));
    await reader.evaluate(quiet);
    await follow(reader, reader.getByTestId("chapter-link").first(), `**${chapter}`);
    await expect(reader.getByTestId("prose")).toContainText("The kettle sang");
    await follow(reader, reader.locator(".breadcrumb a", { hasText: title }), `**${titlePage(story.id)}`);
    await setClock(reader, by);
    const text = await write(author, story.id, story.scenes[0], "The kettle was late.");
    await reader.waitForTimeout(1_000);
    await follow(reader, reader.getByTestId("chapter-link").first(), `**${chapter}`);
    await expect(reader.getByTestId("prose")).toContainText(text, { timeout: PROMPT });
  });
}

test("a line that swallows everything is noticed, and the new text comes all the same", { tag: "@alone" }, async ({ browse }) => {
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Swallowed"), true);
  let swallows = false;
  await reader.routeWebSocket("**/api/live", (line) => {
    const server = line.connectToServer();
    line.onMessage((message) => void (swallows || server.send(message)));
    server.onMessage((message) => void (swallows || line.send(message)));
  });
  await open(reader, chapterPage(story.id, story.chapters[0]));
  const prose = reader.getByTestId("prose");
  // The line works.
  const first = await write(author, story.id, story.scenes[0], "The kettle hummed.");
  await expect(prose).toContainText(first, { timeout: 3_000 });
  // And then nothing arrives any more, either way, and nobody hangs up.
  swallows = true;
  for (const words of ["The kettle whistled.", "The kettle was silent."]) {
    const text = await write(author, story.id, story.scenes[0], words);
    await expect(prose).toContainText(text, { timeout: 8_000 });
  }
  await expect(reader.getByTestId("offline")).toContainText("Not connected", { timeout: 8_000 });
  swallows = false;
  await expect(reader.getByTestId("offline")).toHaveCount(0, { timeout: 40_000 });
});
