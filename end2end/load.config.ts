// Part of `cargo xtask load`, which has started the server: people who read in browsers.
import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

const { webServer: _server, globalSetup: _signIn, ...rest } = base;

export default defineConfig(rest, {
  testDir: ".",
  testMatch: "load.ts",
  timeout: 0,
  reporter: "line",
  use: { actionTimeout: 15_000 },
});
