// One of each page, for tests that look at all of them.
import type { Page } from "@playwright/test";
import { importStory, novel, unique } from "./stories.ts";
import type { Who } from "./test.ts";

interface Sight {
  name: string;
  who: Who;
  /** Where it is; made for the occasion where there is none yet. */
  path: (page: Page) => Promise<string>;
  notFound?: true;
}

const at = (path: string) => async () => path;

/** The first link of this form on a page that lists some. */
function listed(on: string, link: RegExp): (page: Page) => Promise<string> {
  return async (page) => link.exec(await (await page.request.get(on)).text())![0];
}

async function edited(page: Page, place: (story: { chapters: string[]; scenes: string[] }) => string): Promise<string> {
  const story = await importStory(page, unique("Something to look at"));
  return `/studio/edit/story/${story.id}${place(story)}`;
}

export const pages: Sight[] = [
  { name: "home", who: "visitor", path: at("/") },
  { name: "novels", who: "visitor", path: at("/novels") },
  { name: "novels-of-a-genre", who: "ada", path: at("/novels?genre=horror") },
  { name: "comics", who: "visitor", path: at("/comics") },
  { name: "story", who: "ada", path: listed("/novels", /\/novels\/\w{10,}/) },
  { name: "novel", who: "visitor", path: async () => `/novels/${novel()}` },
  { name: "chapter", who: "visitor", path: (page) => listed(`/novels/${novel()}`, /\/novels\/\w{10,}\/\w+/)(page) },
  { name: "community", who: "ben", path: at("/community") },
  { name: "community-signed-out", who: "visitor", path: at("/community") },
  { name: "thread", who: "ada", path: listed("/community", /\/community\/\w{10,}/) },
  { name: "studio", who: "ada", path: at("/studio") },
  { name: "studio-signed-out", who: "visitor", path: at("/studio") },
  { name: "editor-story", who: "ben", path: (page) => edited(page, () => "") },
  { name: "editor-chapter", who: "ben", path: (page) => edited(page, (story) => `?chapter=${story.chapters[0]}`) },
  { name: "editor-scene", who: "ben", path: (page) => edited(page, (story) => `?scene=${story.scenes[0]}`) },
  { name: "editor-novel", who: "ada", path: async () => `/studio/edit/story/${novel()}` },
  { name: "publish", who: "ada", path: at("/publish") },
  { name: "sign-in", who: "visitor", path: at("/sign-in") },
  { name: "register", who: "visitor", path: at("/register") },
  { name: "account", who: "ada", path: at("/account") },
  { name: "reset-password", who: "visitor", path: at("/reset-password?link=0") },
  { name: "debug-cache", who: "mira", path: at("/debug/cache") },
  { name: "not-found", who: "visitor", path: at("/no/such/page"), notFound: true },
];
