// Not a test: saves a scene again and again, and takes the time until it stands on somebody else's screen.
import { chapterPage, importStory, unique } from "./tests/support/stories.ts";
import { open, test } from "./tests/support/test.ts";

const ROUNDS = 200;

interface Watching {
  awaited: string;
  seen: (at: number) => void;
}

test("from an acknowledged save to another person's open page", async ({ browse }) => {
  test.setTimeout(120_000);
  const [author, reader] = [await browse("ada"), await browse("visitor")];
  const story = await importStory(author, unique("Measured"), true);
  await open(author, "/studio");
  await open(reader, chapterPage(story.id, story.chapters[0]));
  await reader.waitForTimeout(1_000);
  await reader.evaluate(() => {
    const prose = document.querySelector("main")!;
    const watching = { awaited: "", seen: () => {} } as Watching;
    Object.assign(window, { watching });
    new MutationObserver(() => {
      if (watching.awaited && prose.textContent!.includes(watching.awaited)) {
        const at = performance.timeOrigin + performance.now();
        watching.awaited = "";
        watching.seen(at);
      }
    }).observe(prose, { subtree: true, childList: true, characterData: true });
  });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = `Saved for the ${round}th time.`;
    const seen = reader.evaluate((text) => {
      const { watching } = window as unknown as { watching: Watching };
      watching.awaited = text;
      return new Promise<number>((seen) => (watching.seen = seen));
    }, text);
    // Both browsers are on this machine, and go by its clock.
    const answered = await author.evaluate(
      async ({ scene, text, base }) => {
        const save = { title: "", content: text, goal: "", conflict: "", outcome: "", base };
        const body = JSON.stringify({ scene, save });
        const answer = await fetch("/api/save_scene", { method: "POST", headers: { "content-type": "application/json" }, body });
        const at = performance.timeOrigin + performance.now();
        if (!answer.ok) throw new Error(await answer.text());
        return at;
      },
      { scene: story.scenes[0], text, base: round + 1 },
    );
    times.push((await seen) - answered);
  }
  times.sort((one, other) => one - other);
  const at = (part: number) => `${times[Math.floor(times.length * part)].toFixed(1)} ms`;
  console.log(`acknowledged save → another person's screen, on another node: p50 ${at(0.5)}, p99 ${at(0.99)}`);
});
