// `cargo xtask lighthouse`: what a phone makes of the pages that a stranger opens first, with the release build.
import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

export default defineConfig(base, { testDir: ".", testMatch: "lighthouse.ts", workers: 1, reporter: "line" });
