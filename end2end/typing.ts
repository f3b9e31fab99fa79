// Not a test: types in a scene of 100 kB, and takes the time from each key to the picture that shows its letter.
import { Editor } from "./tests/support/editor.ts";
import { importStory, unique } from "./tests/support/stories.ts";
import { test } from "./tests/support/test.ts";
import type { Page } from "./tests/support/test.ts";

const KEYS = 200;

/** Long enough that each key finds the last one's work done, as a fast typist's do. */
const PAUSE = 60;

const SENTENCE = "The kettle *sang* in an empty kitchen, and “nobody” had filled it. ";
const PARAGRAPH = SENTENCE.repeat(6).trim();
const SCENE = Array.from({ length: Math.ceil(100_000 / PARAGRAPH.length) }, () => PARAGRAPH).join("\n\n");

/** Milliseconds from each key's arrival in the browser until its picture is made, the shortest first. */
async function typed(page: Page): Promise<number[]> {
  await page.locator("textarea").first().evaluate((area: HTMLTextAreaElement) => {
    area.focus();
    area.setSelectionRange(area.value.length / 2, area.value.length / 2);
    const times: number[] = [];
    Object.assign(window, { times });
    area.addEventListener("input", () => {
      const began = window.event!.timeStamp;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // The first task after the frame was laid out and painted.
        port1.onmessage = () => times.push(performance.now() - began);
        port2.postMessage(null);
      });
    });
  });
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("abcde "[key % 6]);
    await page.waitForTimeout(PAUSE);
  }
  const times = await page.evaluate(() => (window as unknown as { times: number[] }).times);
  return times.sort((one, other) => one - other);
}

test("from a key to its letter on screen", async ({ browse, browser }) => {
  test.setTimeout(180_000);
  const page = await browse("ada", { viewport: { width: 1440, height: 900 } });
  const say = (where: string, times: number[]) => {
    const at = (part: number) => `${times[Math.floor(times.length * part)].toFixed(1)} ms`;
    console.log(`a key → its letter, ${where}: p50 ${at(0.5)}, p95 ${at(0.95)}, of ${times.length}`);
  };
  const empty = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await empty.setContent("<textarea rows=30 cols=80></textarea>");
  say("in an empty textarea", await typed(empty));
  const story = await importStory(page, unique("Typed"), false, `## One\n\n${SCENE}\n`);
  const editor = new Editor(page, story.id);
  await editor.open("scene", story.scenes[0]);
  say(`in a scene of ${Math.round(SCENE.length / 1000)} kB`, await typed(page));
  await page.getByRole("toolbar").getByRole("button", { name: "Preview" }).click();
  await page.getByTestId("preview").locator("p").first().waitFor();
  say("with its preview beside it", await typed(page));
});
