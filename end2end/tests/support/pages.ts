// One of each page, for tests that look at all of them.
import type { Page } from "@playwright/test";
import { join } from "./joining.ts";
import { ask, begin, turnOn } from "./second-step.ts";
import { importStory, novel, unique } from "./stories.ts";
import type { Who } from "./test.ts";

interface Sight {
  name: string;
  who: Who;
  /** The page, as the app's list of pages has it. */
  route: string;
  /** Where it is; made for the occasion where there is none yet. */
  path: (page: Page) => Promise<string>;
  notFound?: true;
}

const at = (path: string) => async () => path;

/** The first link of this form on a page that lists some. */
function listed(on: string, link: RegExp): (page: Page) => Promise<string> {
  return async (page) => link.exec(await (await page.request.get(on)).text())![0];
}

async function edited(
  page: Page,
  place: (story: { chapters: string[]; scenes: string[] }) => string,
  publish = false,
): Promise<string> {
  const story = await importStory(page, unique("Something to look at"), publish);
  return `/studio/edit/story/${story.id}${place(story)}`;
}

/** A published story whose last chapter readers don't have. */
async function withDraft(page: Page, scheduled: boolean): Promise<string> {
  const story = await importStory(page, unique("Something to come"), true);
  const chapter = story.chapters[1];
  await page.request.post("/api/unpublish_chapter", { form: { chapter } });
  if (scheduled) {
    const form = { chapter, local: "2126-12-01T09:30", zone: "America/New_York" };
    await page.request.post("/api/schedule_chapter", { form });
  }
  return `/studio/edit/story/${story.id}?chapter=${chapter}`;
}

/** A scene with two versions; the first of them is shown. */
async function withHistory(page: Page): Promise<string> {
  const [scene] = (await importStory(page, unique("Something with a past"))).scenes;
  const save = { title: "", content: "The kettle was silent.", goal: "", conflict: "", outcome: "", base: 1 };
  await page.request.post("/api/save_scene", { data: { scene, save } });
  return `/studio/history/${scene}?version=1`;
}

/** A trash with something in it. */
async function withTrash(page: Page): Promise<string> {
  const story = await importStory(page, unique("Something to throw away"));
  await page.request.post("/api/delete_story", { form: { story: story.id } });
  return "/studio/trash";
}

/** A queue with a report in it, something hidden, and a decision about Ben. */
async function withReports(page: Page): Promise<string> {
  const say = async (text: string) =>
    (await (await page.request.post("/api/create_post", { form: { text: unique(text) } })).json()).value;
  const [reported, hidden] = [await say("Buy this."), await say("Buy that.")];
  const form = { what: `post:${reported}`, reason: "spam", words: "Again and again." };
  await page.request.post("/api/report_thing", { form });
  await page.request.post("/api/hide_thing", { form: { what: `post:${hidden}`, told: "This is advertising." } });
  return "/moderation";
}

/** The address of a comment in which somebody is mentioned. */
async function withMentions(page: Page): Promise<string> {
  const say = async (to: string, form: Record<string, string>) =>
    (await (await page.request.post(`/api/${to}`, { form })).json()).value;
  const link = "https://tides.example/tables/2026?place=(harbour)&from=november-to-february";
  const post = await say("create_post", { text: unique(`Does anybody know how old these are: ${link}? @ben, perhaps.`) });
  await say("add_comment", { post, text: "Nobody-here will know: @nobody-here." });
  const comment = await say("add_comment", { post, text: "@mira keeps them, and https://mira.example has more." });
  await say("add_comment", { post, parent: comment, text: "Thank you." });
  return `/community/${post}?comment=${comment}#comment-${comment}`;
}

/** A thread in which a person answers whom the one who looks has muted or blocked; or another page about them. */
async function withSilence(page: Page, how: "mute" | "block", to: "thread" | "author" | "list" | "choice"): Promise<string> {
  const say = async (at: string, form: Record<string, string>) =>
    (await (await page.request.post(`/api/${at}`, { form })).json()).value;
  await join(page, "Laud");
  const post = await say("create_post", { text: unique("You are all wrong about this harbour.") });
  await page.context().clearCookies();
  await join(page, "Quentin");
  const comment = await say("add_comment", { post, text: "Are we?" });
  await say("add_comment", { post, parent: comment, text: "I asked, too." });
  const choice = /\/silence\?person=[\w-]+/.exec(await (await page.request.get(`/community/${post}`)).text())![0];
  const person = /name="person" value="(\w+)"/.exec(await (await page.request.get(choice)).text())![1];
  await say("silence_person", { person, how });
  const handle = choice.split("=")[1];
  return { thread: `/community/${post}`, author: `/authors/${handle}`, list: "/account#silences-title", choice }[to];
}

/** A new account, as far as it is with its second step. */
async function withSecondStep(page: Page, until: "set-up" | "codes" | "on" | "asked"): Promise<string> {
  const { email } = await join(page, "Sibyl");
  if (until === "set-up") {
    await begin(page);
    return "/account/second-step";
  }
  await turnOn(page);
  if (until === "codes") return "/account/second-step?done=on";
  if (until === "on") return "/account#second-step-title";
  await page.context().clearCookies();
  await ask(page, email);
  return "/sign-in/code";
}

export const pages: Sight[] = [
  { name: "home", route: "/", who: "visitor", path: at("/") },
  { name: "novels", route: "/novels", who: "visitor", path: at("/novels") },
  { name: "novels-of-a-genre", route: "/novels", who: "ada", path: at("/novels?genre=horror") },
  { name: "comics", route: "/comics", who: "visitor", path: at("/comics") },
  { name: "story", route: "/novels/:story", who: "ada", path: listed("/novels", /\/novels\/\w{10,}/) },
  { name: "novel", route: "/novels/:story", who: "visitor", path: async () => `/novels/${novel()}` },
  { name: "chapter", route: "/novels/:story/:chapter", who: "visitor", path: (page) => listed(`/novels/${novel()}`, /\/novels\/\w{10,}\/\w{10,}/)(page) },
  { name: "search", route: "/search", who: "visitor", path: at("/search?genre=literary&without=death") },
  { name: "search-refused", route: "/search", who: "ben", path: at("/search?genre=nonsense") },
  { name: "author", route: "/authors/:author", who: "ben", path: at("/authors/ada") },
  { name: "author-of-nothing", route: "/authors/:author", who: "visitor", path: at("/authors/mira") },
  { name: "community", route: "/community", who: "ben", path: at("/community") },
  { name: "community-signed-out", route: "/community", who: "visitor", path: at("/community") },
  { name: "thread", route: "/community/:post", who: "ada", path: listed("/community", /\/community\/\w{10,}/) },
  { name: "thread-with-mentions", route: "/community/:post", who: "ada", path: withMentions },
  { name: "studio", route: "/studio", who: "ada", path: at("/studio") },
  { name: "studio-signed-out", route: "/studio", who: "visitor", path: at("/studio") },
  { name: "editor-story", route: "/studio/edit/story/:story", who: "ben", path: (page) => edited(page, () => "") },
  { name: "editor-chapter", route: "/studio/edit/story/:story", who: "ben", path: (page) => edited(page, (story) => `?chapter=${story.chapters[0]}`) },
  { name: "editor-scene", route: "/studio/edit/story/:story", who: "ben", path: (page) => edited(page, (story) => `?scene=${story.scenes[0]}`) },
  { name: "editor-published-chapter", route: "/studio/edit/story/:story", who: "ben", path: (page) => edited(page, (story) => `?chapter=${story.chapters[0]}`, true) },
  { name: "editor-draft-chapter", route: "/studio/edit/story/:story", who: "ben", path: (page) => withDraft(page, false) },
  { name: "editor-scheduled-chapter", route: "/studio/edit/story/:story", who: "ben", path: (page) => withDraft(page, true) },
  { name: "editor-novel", route: "/studio/edit/story/:story", who: "ada", path: async () => `/studio/edit/story/${novel()}` },
  { name: "history", route: "/studio/history/:scene", who: "ben", path: withHistory },
  { name: "trash", route: "/studio/trash", who: "ben", path: withTrash },
  { name: "publish", route: "/publish", who: "ada", path: at("/publish") },
  { name: "library", route: "/library", who: "ben", path: at("/library") },
  { name: "inbox", route: "/inbox", who: "ben", path: at("/inbox") },
  { name: "sign-in", route: "/sign-in", who: "visitor", path: at("/sign-in") },
  { name: "register", route: "/register", who: "visitor", path: at("/register") },
  { name: "account", route: "/account", who: "ada", path: at("/account") },
  { name: "second-step-set-up", route: "/account/second-step", who: "visitor", path: (page) => withSecondStep(page, "set-up") },
  { name: "second-step-codes", route: "/account/second-step", who: "visitor", path: (page) => withSecondStep(page, "codes") },
  { name: "second-step-on", route: "/account", who: "visitor", path: (page) => withSecondStep(page, "on") },
  { name: "sign-in-code", route: "/sign-in/code", who: "visitor", path: (page) => withSecondStep(page, "asked") },
  { name: "about", route: "/about", who: "visitor", path: at("/about") },
  { name: "rules", route: "/rules", who: "ben", path: at("/rules") },
  { name: "forgot-password", route: "/forgot-password", who: "visitor", path: at("/forgot-password") },
  { name: "unsubscribe", route: "/unsubscribe", who: "visitor", path: at("/unsubscribe?code=0") },
  { name: "reset-password", route: "/reset-password", who: "visitor", path: at("/reset-password?link=0") },
  { name: "confirm-email", route: "/confirm-email", who: "visitor", path: at("/confirm-email?link=0") },
  { name: "report", route: "/report", who: "ben", path: async (page) => `/report?what=story:${novel()}&next=/novels/${novel()}` },
  { name: "silence", route: "/silence", who: "visitor", path: (page) => withSilence(page, "mute", "choice") },
  { name: "silence-thread", route: "/community/:post", who: "visitor", path: (page) => withSilence(page, "mute", "thread") },
  { name: "silence-author", route: "/authors/:author", who: "visitor", path: (page) => withSilence(page, "block", "author") },
  { name: "silence-list", route: "/account", who: "visitor", path: (page) => withSilence(page, "block", "list") },
  { name: "moderation", route: "/moderation", who: "mira", path: withReports },
  { name: "moderation-log", route: "/moderation/log", who: "mira", path: async (page) => `${await withReports(page)}/log` },
  { name: "admin", route: "/admin", who: "mira", path: at("/admin") },
  { name: "members", route: "/admin/members", who: "mira", path: at("/admin/members") },
  { name: "decisions", route: "/account", who: "mira", path: async (page) => (await withReports(page), "/account") },
  { name: "debug-cache", route: "/debug/cache", who: "mira", path: at("/debug/cache") },
  { name: "not-found", route: "not found", who: "visitor", path: at("/no/such/page"), notFound: true },
];
