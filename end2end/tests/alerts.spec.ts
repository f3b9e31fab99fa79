// What /debug/cache says is not as it should be, and which lifetimes it advises to change.
import { follow, lookAtCaches } from "./support/going.ts";
import { fillStorage } from "./support/storage.ts";
import { novel, titlePage } from "./support/stories.ts";
import { expect, open, reload, test } from "./support/test.ts";
import type { Page } from "./support/test.ts";

const alert = (page: Page, words: string) => page.getByTestId("alert").filter({ hasText: words });

/** What a node says of itself, for this browser only. */
async function nodeSays(page: Page, what: () => object) {
  await page.route("**/api/fetch_node_report*", async (route) => {
    // The page may be gone meanwhile: it asks once a second.
    const report = await route.fetch().then((answer) => answer.json()).catch(() => undefined);
    if (report) await route.fulfill({ json: { ...report, ...what() } }).catch(() => {});
  });
}

test("all is well, and it says so", async ({ browse }) => {
  const page = await browse("mira");
  await nodeSays(page, () => ({ alerts: [] }));
  await open(page, "/debug/cache");
  await expect(page.getByTestId("alerts")).toHaveText("No alerts: all is as it should be.");
});

test("a node's alerts appear, the worst first, and are acknowledged there", async ({ browse }) => {
  const page = await browse("mira");
  const since = Date.now() - 75_000;
  const slow = { rule: "slow-answers", level: "warning", since, value: 2_400, threshold: 1_000, acknowledged: true };
  const behind = { rule: "follower-lag", level: "critical", since, value: 7_000, threshold: 1_000, acknowledged: false };
  let alerts = [slow, behind];
  await nodeSays(page, () => ({ alerts }));
  await open(page, "/debug/cache");
  await expect(page.getByTestId("alert")).toHaveCount(2);
  await expect(page.getByTestId("alert").first()).toContainText(
    /follower lag: 7000 ms, limit 1000 ms \(this node, for \d+ s\)/,
  );
  await expect(page.getByTestId("alerts")).not.toContainText("No alerts");
  await expect(alert(page, "slow answers").getByText("acknowledged", { exact: true })).toBeVisible();
  await expect(alert(page, "slow answers").getByRole("button")).toBeHidden();

  const told = page.waitForResponse("**/api/acknowledge_alert");
  await alert(page, "follower lag").getByRole("button", { name: "Acknowledge follower lag" }).click();
  expect((await told).request().postData()).toBe("rule=follower-lag");
  expect((await told).ok()).toBe(true);
  alerts = [slow, { ...behind, acknowledged: true }];
  await expect(alert(page, "follower lag").getByText("acknowledged", { exact: true })).toBeVisible();
  alerts = [];
  await expect(page.getByTestId("alerts")).toHaveText("No alerts: all is as it should be.");
});

test("an alert that can't be acknowledged says why", async ({ browse, quiet }) => {
  quiet.excuse(/status of 403/);
  const page = await browse("mira");
  const since = Date.now();
  const left = { rule: "redis-breaker-open", level: "warning", since, value: 1, threshold: 0, acknowledged: false };
  await nodeSays(page, () => ({ alerts: [left] }));
  await page.route("**/api/acknowledge_alert", (route) => route.fulfill({ status: 403, json: "not-allowed" }));
  await open(page, "/debug/cache");
  await alert(page, "Redis left alone: yes").getByRole("button").click();
  await expect(page.getByTestId("toast")).toContainText("Your account can't do that");
  await expect(alert(page, "Redis left alone").getByRole("button")).toBeVisible();
});

test("a tab whose storage takes nothing alerts, and goes on to when that is known", async ({ browse }) => {
  const page = await browse("mira");
  await fillStorage(page);
  await open(page, titlePage(novel()));
  await lookAtCaches(page);
  const full = alert(page, "localStorage errors");
  await expect(full).toContainText(/\d+ a minute, limit 0 a minute \(this browser, for \d/);
  await full.getByRole("button", { name: "Acknowledge localStorage errors" }).click();
  await expect(full.getByText("acknowledged", { exact: true })).toBeVisible();
  await reload(page);
  await expect(full.getByText("acknowledged", { exact: true })).toBeVisible();
});

test("a tab that showed what it shouldn't alerts until somebody knows", { tag: "@alone" }, async ({ browse }) => {
  const page = await browse("mira");
  await page.route("**/api/check_answer", (route) =>
    route.fulfill({ json: { finding: { violated: { "below-seen": ["feed", 7] } }, node_time: { node: 1, at: 1 } } }),
  );
  await open(page, "/novels");
  await follow(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Comics" }), "**/comics");
  const checked = page.waitForResponse("**/api/check_answer");
  await follow(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Novels" }), "**/novels");
  await checked;
  await lookAtCaches(page);
  const violation = alert(page, "freshness violation");
  await expect(violation).toContainText("freshness violation: 1, limit 0 (this browser");
  await violation.getByRole("button").click();
  await expect(violation).toHaveCount(0);
  await reload(page);
  await expect(page.getByTestId("holdings")).toContainText("catalogue-page");
  await expect(violation).toHaveCount(0);
});

test("advice names the lifetimes, what needs an edit first", async ({ browse }) => {
  const page = await browse("mira");
  const hour = 3_600_000;
  const long = { "too-long": { keep_for: hour, lives: 900, done: 895, idle: 96 } };
  const short = { "too-short": { keep_for: 4 * hour, misses: 400, needless: 300, spared: 280, hit_rate: [61, 74] } };
  const few = { "not-enough-seen": { misses: 3, lives: 1, needed: 200 } };
  await nodeSays(page, () => ({
    advice: [
      { query: "feed", keep_for: hour, verdict: "right" },
      { query: "home", keep_for: hour, verdict: few },
      { query: "story-page", keep_for: 24 * hour, verdict: long },
      { query: "reading-page", keep_for: hour, verdict: short },
    ],
  }));
  await open(page, "/debug/cache");
  const items = page.getByTestId("advice").getByRole("listitem");
  await expect(items).toHaveCount(4);
  await expect(items.locator(".badge")).toHaveText(["too short", "too long", "right", "not enough seen"]);
  await expect(items.first()).toContainText("reading-page");
  await expect(items.first()).toContainText("4 h");
  await expect(page.getByText("Nothing was asked yet")).toBeHidden();
});

test("a node that was asked nothing has no advice, and one that was says what of", async ({ browse }) => {
  const page = await browse("mira");
  let advice: object = { advice: [] };
  await nodeSays(page, () => advice);
  await open(page, titlePage(novel()));
  await lookAtCaches(page);
  await expect(page.getByText("Nothing was asked yet")).toBeVisible();
  advice = {};
  await expect(page.getByTestId("advice").getByRole("listitem").filter({ hasText: "story-page" })).toHaveCount(1);
  await expect(page.getByText("Nothing was asked yet")).toBeHidden();
});
