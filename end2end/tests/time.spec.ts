// Moments: in the reader's own time once the page is alive, in UTC before and without a script.
import { unique } from "./support/stories.ts";
import { expect, open, test } from "./support/test.ts";

test("a post is from just now, and its hint has the reader's own time", async ({ browse }) => {
  const ada = await browse("ada");
  const text = unique("What time is it there?");
  const said = await (await ada.request.post("/api/create_post", { form: { text } })).json();
  const [kolkata, plain] = [
    await browse("visitor", { timezoneId: "Asia/Kolkata" }),
    await browse("visitor", { javaScriptEnabled: false }),
  ];
  const time = `article:has-text(${JSON.stringify(text)}) time`;
  await open(kolkata, `/community/${said.value}`);
  await expect(kolkata.locator(time).first()).toHaveText(/^(just now|\d minutes? ago)$/);
  const at = new Date((await kolkata.locator(time).first().getAttribute("datetime"))!);
  const zone = { timeZone: "Asia/Kolkata" } as const;
  const day = at.toLocaleDateString("en-GB", { ...zone, day: "numeric", month: "long", year: "numeric" });
  const clock = at.toLocaleTimeString("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" });
  await expect(kolkata.locator(time).first()).toHaveAttribute("title", `${day}, ${clock}`);

  await plain.goto(`/community/${said.value}`);
  await expect(plain.locator(time).first()).toHaveText(/^\d+ \w+ \d{4}, \d\d:\d\d UTC$/);
});
