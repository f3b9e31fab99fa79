// Part of `cargo xtask bench`: how long an edit takes to its own screen, and to another person's.
import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

export default defineConfig(base, { testDir: ".", testMatch: ["latency.ts", "typing.ts"], reporter: "line" });
