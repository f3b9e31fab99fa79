// Visitors who have no bytes to spare: their browser fetches nothing ahead.
import type { Page } from "@playwright/test";

/** The browser says that its visitor saves data. */
export async function savingData(page: Page) {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
}

/** The browser says that its connection is slow. */
export async function slow(page: Page) {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { effectiveType: "slow-2g" } }));
}

/** The browser says that its visitor prefers less data. No Chromium lets a test ask for that yet. */
export async function reducingData(page: Page) {
  await page.addInitScript(() => {
    const matchMedia = window.matchMedia.bind(window);
    window.matchMedia = (query) => matchMedia(query.includes("prefers-reduced-data") ? "all" : query);
  });
}
