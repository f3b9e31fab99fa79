// The place, for those who look after it: who may come in, what it says of itself, and who is here.
//
// These settings are everybody's, so the tests have a place of their own.
import { NEW_PASSWORD } from "./support/people.ts";
import { ownPlace } from "./support/place.ts";
import { unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const place = ownPlace();

async function save(manager: Page, who: string, rules = ""): Promise<void> {
  await open(manager, "/admin");
  await manager.getByLabel(who, { exact: true }).check();
  await manager.getByLabel("Rules").fill(rules);
  await manager.getByTestId("site-form").getByRole("button", { name: "Save" }).click();
  await expect(manager.getByTestId("done")).toBeVisible();
}

for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
  test(`one comes in by an invitation, and gets a role, ${viewport.width} px wide`, async ({ browse, quiet }) => {
    quiet.excuse(/status of 4(03|10)/);
    const manager = await place.enter(browse, "mira", { viewport });
    const [guest, other] = [await place.enter(browse, "visitor", { viewport }), await place.enter(browse, "visitor")];
    await open(other, "/rules");
    const rule = unique("Spoilers are folded.");
    await open(manager, "/account");
    await manager.getByTestId("to-admin").click();
    await save(manager, "People with an invitation", `Be **kind**.\n\n${rule}`);
    // It is on the screen of a person who reads the rules, at once.
    await expect(other.getByText(rule)).toBeVisible();
    await expect(other.locator("strong")).toHaveText("kind");
    await open(other, "/register");
    await expect(other.getByTestId("no-registration")).toContainText("by invitation");
    await expect(other.getByTestId("register-form")).toHaveCount(0);

    const name = unique("Vanya");
    await manager.getByLabel("For whom").fill(name);
    await manager.getByRole("button", { name: "Make an invitation" }).click();
    await expect(manager.getByTestId("done")).toContainText("The invitation is made");
    const invitation = manager.getByTestId("invitation").filter({ hasText: name });
    const link = new URL(await invitation.getByTestId("invitation-link").inputValue(), manager.url());
    expect(link.pathname).toBe("/register");

    await open(guest, link.pathname + link.search);
    await guest.getByLabel("Name").fill(name);
    await guest.getByLabel("E-mail address").fill(`${name.replaceAll(" ", "-")}@quire.example`.toLowerCase());
    await guest.getByLabel("Password").fill(NEW_PASSWORD);
    await guest.getByLabel("I am here").selectOption("reader");
    await guest.getByRole("button", { name: "Make the account" }).click();
    await expect(guest.getByTestId("account-name")).toHaveText(name);
    // It was used: the manager sees it go, and nobody comes in by it again.
    await expect(invitation).toHaveCount(0);
    const again = await other.request.post("/api/register", {
      form: { name: "Odo", email: `${unique("odo").replaceAll(" ", "-")}@quire.example`, password: NEW_PASSWORD, role: "reader", invitation: link.searchParams.get("invitation")! },
    });
    expect(again.status()).toBe(410);

    await open(manager, "/admin/members");
    await manager.getByLabel("Name or handle").fill(name);
    await manager.getByRole("button", { name: "Find" }).click();
    const member = manager.getByTestId("member");
    await expect(member).toHaveCount(1);
    await member.getByLabel(`Role of ${name}`).selectOption("writer");
    await member.getByTestId("give-role").click();
    await expect(member.getByText("Writer", { exact: true }).first()).toBeVisible();
    await open(guest, "/account");
    await expect(guest.getByText("You write, read and talk here.")).toBeVisible();
    await open(manager, "/moderation/log");
    await expect(manager.getByTestId("act").first()).toContainText("Role changed");
    const width = await manager.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width[0]).toBeLessThanOrEqual(width[1]);
    await save(manager, "Everybody");
  });
}

test("an invitation is taken back, and a closed place says so", async ({ browse, quiet }) => {
  quiet.excuse(/status of 403/);
  const manager = await place.enter(browse, "mira");
  const visitor = await place.enter(browse, "visitor", { javaScriptEnabled: false });
  await save(manager, "Nobody");
  await visitor.goto("/register");
  await expect(visitor.getByTestId("no-registration")).toContainText("No new accounts");
  const name = unique("Sonya");
  await manager.getByLabel("For whom").fill(name);
  await manager.getByRole("button", { name: "Make an invitation" }).click();
  const invitation = manager.getByTestId("invitation").filter({ hasText: name });
  await invitation.getByTestId("withdraw-invitation").click();
  await expect(invitation).toHaveCount(0);
  await save(manager, "Everybody");
  await visitor.goto("/register");
  await expect(visitor.getByTestId("register-form")).toBeVisible();
});
