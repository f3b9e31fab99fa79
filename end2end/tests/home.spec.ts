import { expect, test } from "@playwright/test";

test("the first page counts clicks, and the server hears of them", async ({ page }) => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });

  await page.goto("/");
  await expect(page.locator("body[data-hydrated]")).toBeAttached();
  await page.getByRole("button", { name: "Clicked 0" }).click();

  await expect(page.getByRole("button", { name: "Clicked 1" })).toBeVisible();
  await expect(page.getByText("The server has heard of 1.")).toBeVisible();
  expect(complaints).toEqual([]);
});
