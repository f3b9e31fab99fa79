// Leaving: an account is deleted, with what its owner wrote or without, and readers see it at once. What goes would be
// missed on the lists that other tests look at, so these have a place of their own.
import { join } from "./support/joining.ts";
import { NEW_PASSWORD } from "./support/people.ts";
import { ownPlace } from "./support/place.ts";
import { importStory, titlePage, unique } from "./support/stories.ts";
import { card, comment, postByRequest } from "./support/talk.ts";
import { PROMPT, expect, open, signedOut, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const place = ownPlace();

const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

/** The last form of the account's page. */
async function leave(page: Page, choice: RegExp, password = NEW_PASSWORD) {
  const form = page.getByTestId("leave-form");
  await form.getByLabel(choice).check();
  await form.getByLabel("Password").fill(password);
  await form.getByTestId("delete-account").click();
}

for (const viewport of sizes) {
  test(`who leaves takes it all along, and it leaves other people's screens, ${viewport.width} px wide`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 4(01|04)/);
    const [page, other] = [await place.enter(browse, "visitor", { viewport }), await place.enter(browse, "visitor", { viewport })];
    const [reader, talker] = [await place.enter(browse, "ben", { viewport }), await place.enter(browse, "ben", { viewport })];
    const { email } = await join(page, "Iphigenia");
    const title = unique("The last lamp");
    const story = await importStory(page, title, true);
    const words = unique("I said this.");
    const form = { text: unique("Who reads on the train?") };
    const post = (await (await reader.request.post("/api/create_post", { form })).json()).value as string;
    const said = (await (await page.request.post("/api/add_comment", { form: { post, text: words } })).json()).value as string;
    const reply = unique("And I answered.");
    expect((await reader.request.post("/api/add_comment", { form: { post, parent: said, text: reply } })).ok()).toBe(true);
    expect((await other.request.post("/api/sign_in", { form: { email, password: NEW_PASSWORD } })).ok()).toBe(true);
    await open(other, "/account");
    await open(reader, titlePage(story.id));
    await open(talker, `/community/${post}`);
    await expect(reader.getByRole("heading", { name: title })).toBeVisible();
    await expect(comment(talker, words)).toBeVisible();

    await open(page, "/account");
    await expect(page.getByTestId("export-before")).toBeVisible();
    await page.getByTestId("leave-form").scrollIntoViewIfNeeded();
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width[0]).toBeLessThanOrEqual(width[1]);
    await leave(page, /^Remove my stories/);
    await expect(page.getByTestId("account-deleted")).toBeVisible();
    await signedOut(page);

    await expect(reader.getByText(title)).toHaveCount(0, { timeout: PROMPT });
    await expect(talker.getByText(words)).toHaveCount(0, { timeout: PROMPT });
    await expect(comment(talker, reply)).toBeVisible();
    await signedOut(other, { timeout: PROMPT });
    expect((await reader.request.get(titlePage(story.id))).status()).toBe(404);
    const again = await page.request.post("/api/sign_in", { form: { email, password: NEW_PASSWORD } });
    expect(again.status()).toBe(401);
  });
}

test("without a script a person leaves, and what they wrote stays by nobody", async ({ browse, quiet }) => {
  quiet.excuse(/status of 40[14]/);
  const page = await place.enter(browse, "visitor", { javaScriptEnabled: false });
  const [reader, talker] = [await place.enter(browse, "ben"), await place.enter(browse, "ben")];
  await join(page, "Jocasta");
  const title = unique("The kept lamp");
  const story = await importStory(page, title, true);
  const post = await postByRequest(page, unique("I am off."));
  await open(reader, titlePage(story.id));
  await open(talker, `/community/${post}`);
  await expect(card(talker, post)).toContainText("Jocasta");

  await page.goto("/account");
  await leave(page, /^Keep them/, "not the password");
  await expect(page.getByTestId("form-error")).toContainText("That isn’t the password you have now.");
  await page.getByLabel("Password now").fill(NEW_PASSWORD);
  await page.getByTestId("send-again").click();
  await expect(page.getByTestId("account-deleted")).toBeVisible();

  for (const shown of [reader.locator(".title-author"), card(talker, post)]) {
    await expect(shown).toContainText("a former member", { timeout: PROMPT });
    await expect(shown).not.toContainText("Jocasta");
    await expect(shown.getByRole("link", { name: "a former member" })).toHaveCount(0);
  }
  await expect(reader.getByRole("heading", { name: title })).toBeVisible();
});
