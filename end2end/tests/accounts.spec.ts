// Accounts: who is who, and that nobody finds another's things in a shared browser.
import { Editor } from "./support/editor.ts";
import { NEW_PASSWORD, address } from "./support/people.ts";
import { follow, staying } from "./support/going.ts";
import { chapterPage, importStory, titlePage, unique } from "./support/stories.ts";
import { drafts, everything, recordOf, records } from "./support/storage.ts";
import { PROMPT, alive, expect, open, reload, signedOut, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

async function register(page: Page, name: string): Promise<string> {
  const email = `${unique(name).replaceAll(" ", "-")}@quire.example`.toLowerCase();
  await open(page, "/register");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await page.waitForURL("**/studio");
  await alive(page);
  return email;
}

async function signIn(page: Page, email: string, password = NEW_PASSWORD) {
  await open(page, "/sign-in");
  await fillIn(page, email, password);
}

async function fillIn(page: Page, email: string, password = NEW_PASSWORD) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page) {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await signedOut(page);
  await alive(page);
}

test("register, sign out, sign in", async ({ browse }) => {
  const page = await browse("visitor");
  const email = await register(page, "Nora");
  await expect(page.getByTestId("account-name")).toHaveText("Nora");
  await signOut(page);
  await open(page, "/studio");
  await expect(page.getByTestId("new-story")).toHaveCount(0);
  await signIn(page, email);
  await page.waitForURL("**/studio");
  await expect(page.getByTestId("account-name")).toHaveText("Nora");
});

test("a person who signs in comes back to where they were", async ({ browse, quiet }) => {
  // A page that is being left by signing out may ask once more; and a wrong password is one.
  quiet.excuse(/status of 401/);
  const page = await browse("visitor");
  const email = await register(page, "Quentin");
  const story = await importStory(page, unique("Come back"), true);
  await signOut(page);

  // A like, with a wrong password on the way.
  await open(page, titlePage(story.id));
  await page.getByTestId("like-button").first().click();
  await page.waitForURL("**/sign-in?next=**");
  await fillIn(page, email, "not-the-password");
  await expect(page.getByTestId("form-error")).toBeVisible();
  await fillIn(page, email);
  await page.waitForURL(`**${titlePage(story.id)}`);
  await expect(page.getByTestId("account-name")).toHaveText("Quentin");
  await alive(page);
  await signOut(page);

  // The header, on a page that no document was loaded for, and by way of making an account.
  await open(page, titlePage(story.id));
  await page.getByTestId("chapter-link").first().click();
  await page.waitForURL(`**${chapterPage(story.id, story.chapters[0])}`);
  await page.locator("header").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByRole("link", { name: "Sign in" }).last().click();
  await fillIn(page, email);
  await page.waitForURL(`**${chapterPage(story.id, story.chapters[0])}`);
  await expect(page.getByTestId("account-name")).toHaveText("Quentin");
});

test("nobody is led to another site by signing in", async ({ browse, baseURL }) => {
  const page = await browse("visitor");
  const email = await register(page, "Ruth");
  await alive(page);
  await signOut(page);
  for (const evil of ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]) {
    await open(page, `/sign-in?next=${encodeURIComponent(evil)}`);
    await expect(page.locator("input[name=next]")).toHaveCount(0);
  }
  await fillIn(page, email);
  await page.waitForURL(`${baseURL}/studio`);
});

test("a wrong password is refused in words, and an unknown address in the same", async ({ browse, quiet }) => {
  quiet.excuse(/status of 401/);
  const page = await browse("visitor");
  await signIn(page, address("mira"), "not-the-password");
  await expect(page.getByTestId("form-error")).toHaveText("That e-mail address and password don't belong together.");
  await signIn(page, "nobody@quire.example");
  await expect(page.getByTestId("form-error")).toHaveText("That e-mail address and password don't belong together.");
  await open(page, "/studio");
  await expect(page.getByTestId("new-story")).toHaveCount(0);
});

test("a link's words are not shown where a form says what it was refused for", async ({ browse }) => {
  const page = await browse("visitor");
  const forged = btoa(JSON.stringify({ invalid: "Call 555 0100 to unlock your account." }));
  const address = `/sign-in?__path=/api/sign_in&__err=${encodeURIComponent(forged)}`;
  const link = page.locator("#forged");
  const place = () =>
    page.evaluate((address) => {
      document.querySelector("main")!.insertAdjacentHTML("beforeend", `<a id="forged" href="${address}">Here</a>`);
    }, address);

  // Inside the tab, no server sees the address.
  await open(page, "/register");
  await place();
  await follow(page, link, `**${address}`);
  await expect(page.getByTestId("sign-in-form")).toBeVisible();
  await expect(page.locator("main")).not.toContainText("555 0100");
});

test("an address that has an account can't be registered again", async ({ browse, quiet }) => {
  quiet.excuse(/status of (401|409)/);
  const page = await browse("visitor");
  await open(page, "/register");
  await page.getByLabel("Name").fill("Not Mira");
  await page.getByLabel("E-mail address").fill(address("mira"));
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByTestId("form-error")).toContainText("There is an account with that e-mail address already");
});

test("what was one's own does not survive a sign-out, for any person who is next", async ({ browse, quiet }) => {
  quiet.excuse(/status of 404/);
  const page = await browse("visitor");
  await register(page, "Olga");
  const title = unique("Olga's secret");
  const story = await importStory(page, title);
  await open(page, "/studio");
  await recordOf(page, "bookshelf");
  await page.locator(`[data-story-id="${story.id}"] a`).click();
  await recordOf(page, "manuscript", story.id);
  await page.getByTestId("blurb-editor").fill("Never saved, and nobody's business.");
  await expect.poll(async () => JSON.stringify(await everything(page))).toContain("nobody's business");
  const left = await records(page);

  // With unsaved text it asks first.
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.locator("dialog[open]").getByTestId("confirm").click();
  await signedOut(page);
  await alive(page);
  for (const secret of [title, "nobody's business", "viewer="]) {
    expect(JSON.stringify(await everything(page))).not.toContain(secret);
  }

  // A browser that was closed without signing out: the next one finds nothing either.
  await register(page, "Paul");
  await page.evaluate((left) => {
    for (const [name, record] of Object.entries(left)) {
      localStorage.setItem(name, record);
      localStorage.setItem(`${name}-timestamp`, String(Date.now()));
    }
  }, left);
  await reload(page);
  await expect(page.getByTestId("account-name")).toHaveText("Paul");
  await expect(page.locator("main")).not.toContainText(title);
  await expect.poll(async () => JSON.stringify(await everything(page))).not.toContain(title);
  const response = await page.goto(`/studio/edit/story/${story.id}`);
  expect(response!.status()).toBe(404);
  await expect(page.locator("body")).not.toContainText(title);
});

test("a sign-out forgets what one has typed, and nobody else's", async ({ browse, quiet }) => {
  // A page that is being left may ask once more.
  quiet.excuse(/status of 401/);
  const page = await browse("visitor");
  await register(page, "Uma");
  const [hers, theirs] = [unique("Uma typed this."), unique("Vera typed this.")];
  const type = async (words: string) => {
    await open(page, "/community");
    await page.getByTestId("post-form").locator("textarea").fill(words);
    await expect.poll(async () => JSON.stringify(await drafts(page))).toContain(words);
  };
  await type(hers);
  // Her session ends, and she did not end it here.
  expect((await page.request.post("/api/sign_out_everywhere")).ok()).toBe(true);
  await signedOut(page);

  await register(page, "Vera");
  await type(theirs);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.locator("dialog[open]").getByTestId("confirm").click();
  await signedOut(page);
  await alive(page);
  expect(JSON.stringify(await drafts(page))).toContain(hers);
  expect(JSON.stringify(await drafts(page))).not.toContain(theirs);

  // Who typed nothing is asked nothing.
  await register(page, "Walt");
  await signOut(page);
  expect(JSON.stringify(await drafts(page))).toContain(hers);
});

test("a reader becomes a writer", async ({ browse }) => {
  const page = await browse("visitor");
  const email = `${unique("reader").replaceAll(" ", "-")}@quire.example`;
  await page.request.post("/api/register", { form: { name: "Rosa", email, password: NEW_PASSWORD, role: "reader" } });
  await open(page, "/studio");
  await expect(page.getByTestId("new-story")).toHaveCount(0);
  await page.getByTestId("become-writer").click();
  await expect(page.getByTestId("new-story")).toBeVisible();
});

test("signing out closes what the session's other tabs show, and nobody else's", async ({ browse, quiet }) => {
  // A page that is being left may ask once more.
  quiet.excuse(/status of 401/);
  const first = await browse("visitor");
  const email = await register(first, "Tove");
  const title = unique("Two tabs");
  const story = await importStory(first, title);
  await open(first, "/studio");
  const second = await first.context().newPage();
  await open(second, "/studio");
  const elsewhere = await browse("visitor");
  await signIn(elsewhere, email);
  await elsewhere.waitForURL("**/studio");
  await alive(elsewhere);
  for (const page of [first, second, elsewhere]) await expect(page.locator("main")).toContainText(title);
  const stayed = await staying(elsewhere);

  await signOut(first);
  await expect(second.getByText(title)).toBeHidden({ timeout: PROMPT });
  await alive(second);
  await signedOut(second);
  expect(JSON.stringify(await everything(second))).not.toContain(title);
  await elsewhere.waitForTimeout(2_000);
  await expect(elsewhere.locator("main")).toContainText(title);
  expect(await stayed(), "the same page").toBe(true);

  // Everywhere, while something is typed: it is off the screen, and there again for who wrote it.
  await fillInAnew(second, email);
  const editor = new Editor(second, story.id);
  await editor.open("scene", story.scenes[0]);
  const typed = unique("Typed and not saved");
  await editor.content.fill(typed);
  await expect.poll(async () => JSON.stringify(await everything(second))).toContain(typed);
  const answer = await elsewhere.request.post("/api/sign_out_everywhere");
  expect(answer.ok()).toBe(true);
  for (const page of [second, elsewhere]) {
    await expect(page.getByText(title)).toBeHidden({ timeout: PROMPT });
    await signedOut(page);
  }
  await expect(second.locator("body")).not.toContainText(typed);
  await fillInAnew(second, email);
  await editor.open("scene", story.scenes[0]);
  await expect(editor.recovered).toBeVisible();
});

test("a new password keeps this browser signed in, and no other", async ({ browse }) => {
  const here = await browse("visitor");
  const email = await register(here, "Olga");
  const there = await browse("visitor");
  await signIn(there, email);
  await there.waitForURL("**/studio");
  await alive(there);

  await here.getByTestId("account-name").click();
  await here.waitForURL("**/account");
  await alive(here);
  await here.getByLabel("Password now").fill(NEW_PASSWORD);
  await here.getByLabel("New password").fill("four yellow umbrellas");
  await here.getByRole("button", { name: "Change the password" }).click();
  await expect(here.getByTestId("password-changed")).toBeVisible();
  await expect(here.getByTestId("account-name")).toHaveText("Olga");
  await signedOut(there, { timeout: PROMPT });
});

/** Signs in once more, in a tab where nobody is. */
async function fillInAnew(page: Page, email: string) {
  await signIn(page, email);
  await page.waitForURL("**/studio");
  await alive(page);
}
