// The way back: a browser keeps a reader's page whole, and what it gives back is true before one has read it.
import { write } from "./support/editor.ts";
import { PASSWORD, address } from "./support/people.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { Tab } from "./support/tab.ts";
import { PROMPT, expect, test as base } from "./support/test.ts";

const test = base.extend<{ tab: Tab }>({
  tab: async ({}, use) => {
    const tab = await Tab.open();
    await use(tab);
    tab.close();
  },
});

/** Another site as far as a browser knows, so that the page before it is left. */
const elsewhere = (site: string) => `${site.replace("127.0.0.1", "localhost")}/about`;

const MARK = "document.body.dataset.mark = 'left'";
const IS_RESTORED = "document.body.dataset.mark === 'left'";
const shows = (text: string) => `document.body.innerText.includes(${JSON.stringify(text)})`;

/** From inside the page, as its script asks. */
const post = (to: string, form: Record<string, string> = {}) =>
  `fetch("/api/${to}", { method: "POST", body: new URLSearchParams(${JSON.stringify(form)}) }).then((answer) => answer.ok)`;

test("what changed meanwhile is on the page that comes back", async ({ browse, baseURL, tab }) => {
  const author = await browse("ada");
  const story = await importStory(author, unique("There and back"), true);
  await tab.load(baseURL! + chapterPage(story.id, story.chapters[0]));
  await tab.ask(MARK);
  await tab.load(elsewhere(baseURL!));
  const text = await write(author, story.id, story.scenes[0], "The kettle had gone cold.");
  await tab.back();
  expect(await tab.ask(IS_RESTORED)).toBe(true);
  await tab.wait(shows(text), { timeout: PROMPT });
  // And it hears again of what changes from now on.
  const next = await write(author, story.id, story.scenes[0], "The kettle was hot again.");
  await tab.wait(shows(next), { timeout: PROMPT });
  expect(await tab.ask(IS_RESTORED)).toBe(true);
});

test("a story that was withdrawn meanwhile goes from the page that comes back", async ({ browse, baseURL, tab }) => {
  const author = await browse("ada");
  const title = unique("Gone meanwhile");
  const story = await importStory(author, title, true);
  await tab.load(baseURL! + titlePage(story.id));
  expect(await tab.ask(shows(title))).toBe(true);
  await tab.load(elsewhere(baseURL!));
  await author.request.post("/api/unpublish_story", { form: { story: story.id } });
  await tab.back();
  await tab.wait(`!${shows(title)}`, { timeout: PROMPT });
});

test("a stranger's page that comes back to a member is the member's", async ({ baseURL, tab }) => {
  await tab.load(`${baseURL}/novels`);
  await tab.ask(MARK);
  await tab.load(`${baseURL}/about`);
  expect(await tab.ask(post("sign_in", { email: address("ben"), password: PASSWORD }))).toBe(true);
  await tab.back();
  await tab.wait("document.querySelector('[data-testid=account-name]')?.textContent === 'Ben'", { timeout: PROMPT });
});

test("nothing of a member comes back after the sign-out", async ({ baseURL, tab }) => {
  await tab.load(`${baseURL}/about`);
  expect(await tab.ask(post("sign_in", { email: address("ben"), password: PASSWORD }))).toBe(true);
  await tab.load(`${baseURL}/studio`);
  expect(await tab.ask(shows("Ben"))).toBe(true);
  await tab.ask(MARK);
  await tab.load(`${baseURL}/about`);
  // The page loads itself anew when its session ends, perhaps before it has the answer; that would overtake the way back.
  await tab.ask(`void ${post("sign_out")}`);
  await tab.wait("document.body?.dataset.hydrated !== undefined && !document.querySelector('[data-testid=account-name]')");
  await tab.back();
  // Loaded anew, so it takes a moment.
  await tab.wait("document.body?.dataset.hydrated !== undefined");
  expect(await tab.ask(IS_RESTORED)).toBe(false);
  expect(await tab.ask(shows("Ben"))).toBe(false);
});

test("a browser that keeps no pages asks on the way back, without a script, too", async ({ browse }) => {
  const author = await browse("ada");
  const reader = await browse("visitor", { javaScriptEnabled: false });
  const story = await importStory(author, unique("Asked again"), true);
  const chapter = chapterPage(story.id, story.chapters[0]);
  await reader.goto(chapter);
  await reader.goto("/about");
  const text = await write(author, story.id, story.scenes[0], "The kettle was somewhere else.");
  await reader.goBack();
  await expect(reader).toHaveURL(new RegExp(chapter));
  expect(await reader.getByTestId("prose").textContent()).toContain(text);
});
