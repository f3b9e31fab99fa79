// One's own account: another name, and where one is signed in.
import { NEW_PASSWORD } from "./support/people.ts";
import { unique } from "./support/stories.ts";
import { card, postByRequest } from "./support/talk.ts";
import { expect, open, signedOut, test } from "./support/test.ts";

for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
  test(`a person is called otherwise, and signs out another browser, ${viewport.width} px wide`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 401/);
    const [page, other, reader] = [await browse("visitor", { viewport }), await browse("visitor"), await browse("ben")];
    const email = `${unique("Orlando").replaceAll(" ", "-")}@quire.example`.toLowerCase();
    const form = { name: "Orlando", email, password: NEW_PASSWORD, role: "writer" };
    expect((await page.request.post("/api/register", { form })).ok()).toBe(true);
    const post = await postByRequest(page, unique("I woke up changed."));
    await open(reader, `/community/${post}`);
    await expect(card(reader, post)).toContainText("Orlando");

    await open(page, "/account");
    await page.getByTestId("name-form").getByLabel("Name").fill("Orlanda");
    await page.getByRole("button", { name: "Change the name" }).click();
    await expect(page.getByTestId("name-changed")).toBeVisible();
    await expect(page.getByTestId("account-name")).toHaveText("Orlanda");
    await expect(card(reader, post)).toContainText("Orlanda");

    expect((await other.request.post("/api/sign_in", { form: { email, password: NEW_PASSWORD } })).ok()).toBe(true);
    await open(other, "/account");
    await expect(page.getByTestId("session")).toHaveCount(2);
    await expect(page.getByTestId("session").filter({ hasText: "This one" })).toHaveCount(1);
    await page.getByTestId("end-session").click();
    await expect(page.getByTestId("session")).toHaveCount(1);
    await signedOut(other);
    await open(other, "/account");
    await expect(other.getByText("first.")).toBeVisible();
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width[0]).toBeLessThanOrEqual(width[1]);
  });
}
