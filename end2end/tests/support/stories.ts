// Stories for tests: the novel that everybody may read, and small ones that belong to one test.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

export interface Story {
  id: string;
  chapters: string[];
  scenes: string[];
}

/** The novel's id. It is Ada's; a test that changes it has a chapter of its own. */
export function novel(): string {
  const said = readFileSync(join(process.env.QUIRE_TEST_LIBRARY!, "novel.txt"), "utf8");
  return /\/novels\/(\w+)/.exec(said)![1];
}

/** Its catalogue. All tests publish novels, and after a hundred it is not on the first page of the whole. */
export const NOVEL_LISTED = "/novels?genre=romance";

const BOOK = `## Morning

The kettle sang in an empty kitchen.

* * *

Nobody had filled it.

## Evening

The door was still open.
`;

let made = 0;

/** A title that nothing else in the library has. */
export function unique(words: string): string {
  made += 1;
  return `${words} ${process.env.TEST_WORKER_INDEX ?? 0}-${Date.now().toString(36)}-${made}`;
}

/** A story of the person who looks at the page: two chapters, three scenes. */
export async function importStory(
  page: Page,
  title: string,
  publish = false,
  text = BOOK,
  genre = "literary",
): Promise<Story> {
  const file = { name: "story.md", mimeType: "text/markdown", buffer: Buffer.from(`# ${title}\n\n${text}`) };
  const form = { file, genre, format: "novel", ...(publish ? { publish: "true" } : {}) };
  const answer = await page.request.post("/api/import_story", { multipart: form });
  expect(answer.ok(), await answer.text()).toBe(true);
  return readStory(page, (await answer.json()).value.story);
}

/** What is in one's own story, as its editor lists it. */
export async function readStory(page: Page, id: string): Promise<Story> {
  const html = await (await page.request.get(`/studio/edit/story/${id}`)).text();
  const ids = (of: string) => [...html.matchAll(new RegExp(`data-${of}-id="(\\w+)"`, "g"))].map((match) => match[1]);
  return { id, chapters: ids("chapter"), scenes: ids("scene") };
}

export const titlePage = (story: string) => `/novels/${story}`;
export const chapterPage = (story: string, chapter: string) => `/novels/${story}/${chapter}`;
