// A second step at sign-in: an app that makes codes (RFC 6238), and accounts that ask for one.
import { createHmac } from "node:crypto";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { NEW_PASSWORD } from "./people.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code that an app with this key shows, so many half minutes from now. */
export function code(key: string, steps = 0): string {
  let bits = "";
  for (const letter of key.replaceAll(" ", "")) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  const secret = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Has the key made that an app takes. */
export async function begin(page: Page): Promise<string> {
  expect((await page.request.post("/api/begin_second_factor", { form: {} })).ok()).toBe(true);
  return (await (await page.request.get("/api/fetch_second_step")).json()).setup.secret;
}

/** Turns the second step on. The recovery codes wait for the page that shows them. */
export async function turnOn(page: Page): Promise<string> {
  const key = await begin(page);
  const form = { code: code(key), current: NEW_PASSWORD };
  expect((await page.request.post("/api/turn_on_second_factor", { form })).ok()).toBe(true);
  return key;
}

/** Gives the right password in this browser, which is asked for a code then. */
export async function ask(page: Page, email: string) {
  const form = { email, password: NEW_PASSWORD };
  expect(await (await page.request.post("/api/sign_in", { form })).json()).toBe(null);
}
