// Part of `cargo xtask bench`: how long an edit takes to another person's screen.
import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

export default defineConfig(base, { testDir: ".", testMatch: "latency.ts", reporter: "line" });
