// `npm run screenshots`: every page at two widths, light and dark, as files in target/screenshots.
import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

export default defineConfig(base, { testDir: ".", testMatch: "screenshots.ts" });
