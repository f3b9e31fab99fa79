// Members' pages are put together from kept bodies: each comes alive as it was sent, for three people in turn, and the
// console stays silent. Lists are compared that other tests would add to, so these have a place of their own.
import { ownPlace } from "./support/place.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { postByRequest } from "./support/talk.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const place = ownPlace();

/** What a page says of the one who looks: in a text that was sent, or on the screen. */
async function says(page: Page, sent?: string) {
  return page.evaluate((sent) => {
    const from = sent === undefined ? document : new DOMParser().parseFromString(sent, "text/html");
    const all = (what: string) => [...from.querySelectorAll(`[data-testid="${what}"]`)];
    return {
      name: all("account-name").map((name) => name.textContent),
      likes: all("like-button").map((button) => button.getAttribute("aria-pressed")),
      would: [...from.querySelectorAll('input[name="liked"]')].map((field) => field.getAttribute("value")),
      own: ["edit-post", "delete-post", "edit-comment", "delete-comment"].map((what) => all(what).length),
    };
  }, sent);
}

test("a body that all share comes alive as each one's own", async ({ browse }) => {
  test.slow();
  const [ada, ben, visitor] = [await place.enter(browse, "ada"), await place.enter(browse, "ben"), await place.enter(browse, "visitor")];
  const story = await importStory(ada, unique("In turn"), true);
  const post = await postByRequest(ben, unique("Who is next?"));
  const asked = [
    await ada.request.post("/api/add_comment", { form: { post, text: "Me." } }),
    await ada.request.post("/api/like_post", { form: { post, liked: "true" } }),
    await ben.request.post("/api/like_story", { form: { story: story.id, liked: "true" } }),
  ];
  for (const answer of asked) expect(answer.ok(), await answer.text()).toBe(true);
  const shared = [
    "/",
    "/novels",
    titlePage(story.id),
    chapterPage(story.id, story.chapters[0]),
    "/community",
    `/community/${post}`,
  ];
  for (const path of [...shared, "/studio", "/publish"]) {
    for (const page of [ada, ben, visitor, ben, ada]) {
      const sent = await (await page.request.get(path)).text();
      await open(page, path);
      expect(await says(page), path).toEqual(await says(page, sent));
    }
  }
  const [adas, bens] = [await says(ada), await says(ben)];
  expect(adas.name).not.toEqual(bens.name);
  await open(ada, `/community/${post}`);
  await open(ben, `/community/${post}`);
  expect(await says(ada)).toMatchObject({ likes: ["true"], own: [0, 0, 1, 1] });
  expect(await says(ben)).toMatchObject({ likes: ["false"], own: [1, 1, 0, 0] });
});

test("a click on a page from a kept body is there when the page is loaded again", async ({ browse }) => {
  const [ada, ben] = [await place.enter(browse, "ada"), await place.enter(browse, "ben")];
  const story = await importStory(ada, unique("Once more"), true);
  for (const pressed of ["true", "false"]) {
    await open(ben, titlePage(story.id));
    await open(ada, titlePage(story.id));
    const button = ben.getByTestId("like-button").first();
    const answered = ben.waitForResponse((response) => response.url().includes("/api/like_story"));
    await button.click();
    await answered;
    await expect(button).toHaveAttribute("aria-pressed", pressed);
    await open(ben, titlePage(story.id));
    await expect(button).toHaveAttribute("aria-pressed", pressed);
    await open(ada, titlePage(story.id));
    await expect(ada.getByTestId("like-button").first()).toHaveAttribute("aria-pressed", "false");
  }
});
