// What people report, what managers do about it, and what those concerned are told.
import { join } from "./support/joining.ts";
import { NEW_PASSWORD } from "./support/people.ts";
import { importStory, titlePage, unique } from "./support/stories.ts";
import { card, comment, postByRequest } from "./support/talk.ts";
import { expect, open, signedOut, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

const caseOf = (page: Page, what: string) => page.locator(`[data-testid="case"][data-what="${what}"]`);

for (const viewport of sizes) {
  test(`a post is reported in two taps, hidden, answered and restored, ${viewport.width} px wide`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 404/);
    const [author, reader, manager] = [
      await browse("visitor", { viewport }),
      await browse("ben", { viewport }),
      await browse("mira", { viewport }),
    ];
    // The record has what other tests do meanwhile, too: their author has another name.
    const name = `Odo of ${viewport.width}`;
    await join(author, name);
    const post = await postByRequest(author, unique("Buy my lamp oil."));

    await open(reader, `/community/${post}`);
    await card(reader, post).getByTestId("report").click();
    await reader.getByRole("button", { name: "Spam or advertising" }).click();
    await expect(reader.getByTestId("reported")).toBeVisible();
    await reader.getByTestId("back").click();
    await expect(card(reader, post)).toBeVisible();

    await open(manager, "/account");
    await manager.getByTestId("to-moderation").click();
    const reported = caseOf(manager, `post:${post}`);
    await expect(reported.getByTestId("case-report")).toContainText("Spam or advertising");
    await expect(reported.getByTestId("case-text")).toContainText("Buy my lamp oil.");
    await reported.getByLabel(`What ${name} is told`).fill("This is advertising.");
    await reported.getByTestId("hide").click();
    const hidden = manager.locator(`[data-testid="hidden"][data-what="post:${post}"]`);
    await expect(hidden).toBeVisible();
    await expect(reported).toHaveCount(0);

    // It leaves the screen of a reader who has it open, at once, and the author is told why.
    await expect(reader.getByText("Buy my lamp oil.")).toHaveCount(0);
    expect((await reader.request.get(`/community/${post}`)).status()).toBe(404);
    await open(author, "/inbox");
    const decision = author.getByTestId("decision");
    await expect(decision.getByTestId("told")).toHaveText("This is advertising.");
    await decision.getByText("Answer", { exact: true }).click();
    await decision.getByLabel("What they should know").fill("It is a line from my novel.");
    await decision.getByRole("button", { name: "Send the answer" }).click();
    await expect(author.getByTestId("own-answer")).toContainText("It is a line from my novel.");

    await hidden.getByTestId("restore-hidden").click();
    await expect(hidden).toHaveCount(0);
    await open(reader, `/community/${post}`);
    await expect(card(reader, post)).toBeVisible();
    await open(manager, "/moderation/log");
    const acts = manager.getByTestId("act").filter({ hasText: name });
    await expect(acts.first()).toContainText("Restored");
    await expect(acts.nth(1)).toContainText("It is a line from my novel.");
  });
}

test("a hidden story leaves its readers' screens, and its author can't publish it", async ({ browse, quiet }) => {
  quiet.excuse(/status of 4(04|22)/);
  const [author, reader, manager] = [await browse("ada"), await browse("ben"), await browse("mira")];
  const name = unique("The stolen story");
  const story = await importStory(author, name, true);
  await open(reader, titlePage(story.id));
  await expect(reader.getByRole("heading", { name })).toBeVisible();
  const what = `story:${story.id}`;
  const hide = await manager.request.post("/api/hide_thing", { form: { what, told: "It is somebody else’s." } });
  expect(hide.ok(), await hide.text()).toBe(true);
  await expect(reader.getByRole("heading", { name })).toHaveCount(0);
  expect(await (await reader.request.get("/novels")).text()).not.toContain(name);
  const publish = await author.request.post("/api/publish_story", { form: { story: story.id } });
  expect([publish.status(), await publish.text()]).toEqual([422, '{"not-published":"hidden"}']);
  expect((await manager.request.post("/api/restore_hidden", { form: { what } })).ok()).toBe(true);
  await open(reader, titlePage(story.id));
  await expect(reader.getByRole("heading", { name })).toBeVisible();
});

test("a closed thread takes no comment, and says so", async ({ browse }) => {
  const [reader, manager] = [await browse("ben"), await browse("mira")];
  const post = await postByRequest(reader, unique("Let us quarrel."));
  await reader.request.post("/api/add_comment", { form: { post, text: "You began." } });
  await open(reader, `/community/${post}`);
  await expect(comment(reader, "You began.").getByTestId("reply")).toBeVisible();
  expect((await manager.request.post("/api/lock_thread", { form: { post, locked: "true" } })).ok()).toBe(true);
  await expect(reader.getByTestId("thread-locked")).toBeVisible();
  await expect(comment(reader, "You began.").getByTestId("reply")).toBeHidden();
  const more = await reader.request.post("/api/add_comment", { form: { post, text: "No, you." } });
  expect(more.status()).toBe(403);
});

test("who is suspended reads only; who is banned is told why after the right password", async ({ browse, quiet }) => {
  quiet.excuse(/status of 40[13]/);
  const [person, manager] = [await browse("visitor"), await browse("mira")];
  const { user, email } = await join(person, "Wolf");
  const form = { user, told: "You shout at people.", term: "week" };
  expect((await manager.request.post("/api/suspend_account", { form })).ok()).toBe(true);
  await open(person, "/community");
  await person.getByTestId("post-form").locator("textarea").fill("I still have to say this!");
  await person.getByTestId("post-form").getByRole("button", { name: "Post" }).click();
  await expect(person.getByTestId("form-error")).toContainText("Your account is suspended until");
  await open(person, "/account");
  await expect(person.getByTestId("decision")).toContainText("You shout at people.");

  expect((await manager.request.post("/api/ban_account", { form })).ok()).toBe(true);
  await signedOut(person);
  await open(person, "/sign-in");
  await person.getByLabel("E-mail address").fill(email);
  await person.getByLabel("Password").fill(NEW_PASSWORD);
  await person.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(person.getByTestId("form-error")).toContainText("The reason given is: You shout at people.");
  await open(manager, "/moderation");
  const barred = manager.getByTestId("barred").filter({ hasText: "Wolf" }).first();
  await barred.getByTestId("lift").click();
  await open(person, "/sign-in");
  await person.getByLabel("E-mail address").fill(email);
  await person.getByLabel("Password").fill(NEW_PASSWORD);
  await person.getByRole("button", { name: "Sign in", exact: true }).click();
  await person.waitForURL("**/studio");
});

test("nobody but a manager finds the pages of moderation", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  for (const who of ["visitor", "ada", "ben"] as const) {
    const page = await browse(who);
    await open(page, "/moderation");
    await expect(page.getByRole("heading", { name: "Moderation" })).toHaveCount(0);
    expect((await page.request.get("/moderation/log")).status()).toBe(404);
  }
});
