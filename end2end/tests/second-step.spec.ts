// The second step at sign-in: set up, asked for, done without, and turned off; with a script and without one.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { join } from "./support/joining.ts";
import { NEW_PASSWORD } from "./support/people.ts";
import { code } from "./support/second-step.ts";
import { PROMPT, alive, expect, signedOut, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

async function expectGood(page: Page, when: string) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id), when).toEqual([]);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width[0], when).toBeLessThanOrEqual(width[1]);
}

/** Types what a form asks for, and sends it. */
async function send(page: Page, form: string, fields: Record<string, string>, button: string) {
  for (const [label, text] of Object.entries(fields)) await page.getByTestId(form).getByLabel(label).fill(text);
  await page.getByTestId(form).getByRole("button", { name: button, exact: true }).click();
}

async function signIn(page: Page, email: string, next = "/inbox") {
  await page.goto(`/sign-in?next=${next}`);
  await send(page, "sign-in-form", { "E-mail address": email, Password: NEW_PASSWORD }, "Sign in");
}

const sights = [
  { name: "with a script, 390 px wide", options: { viewport: { width: 390, height: 844 } } },
  { name: "with a script, 1440 px wide", options: { viewport: { width: 1440, height: 900 } } },
  { name: "without a script, 390 px wide", options: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false } },
];

for (const { name, options } of sights) {
  test(`a person sets it up, signs in with it, and turns it off, ${name}`, async ({ browse, quiet }) => {
    test.slow();
    quiet.excuse(/status of 401/);
    const scripted = options.javaScriptEnabled ?? true;
    // Where it takes long, a browser notices that the script is not run.
    if (!scripted) quiet.excuse(/preloaded using link preload but not used/);
    // axe is a script; the page of a refused form runs none of ours.
    const look = async (page: Page, when: string, isRefused = false) => {
      if (!scripted) return;
      if (!isRefused) await alive(page);
      await expectGood(page, when);
    };
    const [page, other] = [await browse("visitor", options), await browse("visitor", options)];
    const { email } = await join(page, "Sibyl");
    await signIn(other, email);
    await expect(other).toHaveURL(/\/inbox$/);

    await page.goto("/account");
    await expect(page.getByTestId("second-step-off")).toBeVisible();
    await look(page, "off");
    await page.getByRole("button", { name: "Set up", exact: true }).click();
    await expect(page).toHaveURL(/\/account\/second-step$/);
    await expect(page.getByTestId("qr-code")).toBeVisible();
    await expect(page.getByTestId("otpauth")).toHaveAttribute("href", /^otpauth:\/\/totp\/Quire:/);
    await look(page, "being set up");
    const key = (await page.getByTestId("setup-secret").textContent())!;

    await send(page, "turn-on-form", { Code: code(key), "Password now": "not the password" }, "Turn it on");
    await expect(page.getByTestId("form-error")).toContainText("That isn’t the password you have now.");
    await look(page, "refused", true);
    const used = code(key);
    await send(page, "refused-form", { Code: used, "Password now": NEW_PASSWORD }, "Turn it on");
    await expect(page.getByTestId("codes-made")).toBeVisible();
    await look(page, "recovery codes");
    const codes = await page.getByTestId("recovery-codes").locator("code").allTextContents();
    expect(codes).toHaveLength(10);
    await expect(page.getByTestId("copy-codes")).toBeVisible({ visible: scripted });
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("download-codes").click()]);
    expect(download.suggestedFilename()).toBe("quire-recovery-codes.txt");
    expect(await readFile((await download.path())!, "utf8")).toContain(codes.join("\n"));
    await page.reload();
    await expect(page.getByTestId("second-step-nothing")).toBeVisible();
    await page.goto("/account");
    await expect(page.getByTestId("second-step-on")).toContainText("10 recovery codes are left.");
    await look(page, "on");

    // The other browser is signed out, and needs a code now.
    if (scripted) {
      await signedOut(other, { timeout: PROMPT });
    }
    await signIn(other, email);
    await expect(other).toHaveURL(/\/sign-in\/code\?next=\/inbox$/);
    await look(other, "asked for a code");
    await send(other, "code-form", { Code: used }, "Sign in");
    await expect(other.getByTestId("form-error")).toContainText("it was used already");
    await look(other, "refused a code", true);
    await send(other, "refused-form", { Code: codes[0] }, "Sign in");
    await expect(other).toHaveURL(/\/inbox$/);
    await expect(other.getByTestId("account-name")).toHaveText("Sibyl");

    await other.goto("/account");
    await expect(other.getByTestId("second-step-on")).toContainText("9 recovery codes are left.");
    await other.getByTestId("new-codes").locator("summary").click();
    await send(other, "new-codes-form", { Code: codes[1], "Password now": NEW_PASSWORD }, "Make new codes");
    await expect(other.getByTestId("codes-made")).toContainText("Your recovery codes are new.");
    const renewed = await other.getByTestId("recovery-codes").locator("code").allTextContents();
    await other.getByTestId("codes-kept").click();
    await expect(other.getByTestId("second-step-on")).toContainText("10 recovery codes are left.");
    await other.getByTestId("turn-off").locator("summary").click();
    await look(other, "open forms");
    await send(other, "turn-off-form", { Code: renewed[0], "Password now": NEW_PASSWORD }, "Turn it off");
    await expect(other.getByTestId("second-step-turned-off")).toBeVisible();
    await expect(other.getByTestId("second-step-off")).toBeVisible();
  });
}

test("copying takes all the codes", async ({ browse }) => {
  const page = await browse("visitor", { permissions: ["clipboard-read", "clipboard-write"] });
  await join(page, "Delphia");
  await page.goto("/account");
  await page.getByRole("button", { name: "Set up", exact: true }).click();
  const key = (await page.getByTestId("setup-secret").textContent())!;
  await send(page, "turn-on-form", { Code: code(key), "Password now": NEW_PASSWORD }, "Turn it on");
  await alive(page);
  const codes = await page.getByTestId("recovery-codes").locator("code").allTextContents();
  await page.getByTestId("copy-codes").click();
  await expect(page.getByTestId("copy-codes")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join("\n"));
  // Nothing of it stays in the browser.
  const kept = await page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
  for (const secret of [key.replaceAll(" ", ""), key, codes[0]]) expect(kept).not.toContain(secret);
});
