// What a tab shows from its client cache is looked at again by a node, past every cache.
import { follow } from "./support/going.ts";
import { expect, open, test } from "./support/test.ts";

interface Sampled {
  current: number;
  marked: number;
  violations: number;
  staleness: { buckets: number[] };
}

test("what was shown again is looked at again, and was as new as is promised", async ({ browse }) => {
  const page = await browse("mira");
  await open(page, "/novels");
  await follow(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Comics" }), "**/comics");
  const checked = page.waitForResponse("**/api/check_answer");
  await follow(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Novels" }), "**/novels");
  const { finding, node_time } = await (await checked).json();
  // Others may have written meanwhile.
  expect(JSON.stringify(finding)).toMatch(/^("current"|\{"stale":\d+\})$/);
  expect(node_time.at).toBeGreaterThan(0);

  const report = await (await page.request.get("/api/fetch_node_report")).json();
  const tiers: Sampled[] = report.samples.tiers;
  const judged = (tier: Sampled) => tier.current + tier.staleness.buckets.reduce((sum, count) => sum + count);
  expect(tiers.slice(0, 2).reduce((sum, tier) => sum + judged(tier), 0)).toBeGreaterThan(0);
  // Of all that these tests were told so far, by whomever.
  expect(tiers.reduce((sum, tier) => sum + tier.violations, 0), JSON.stringify(report.samples.caught)).toBe(0);
});
