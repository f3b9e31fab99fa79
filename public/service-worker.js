// Opens pages without a network. It keeps the document without a page, and its files; no answer and no page of
// anybody's. What the page then shows are the answers in localStorage, which follow the log and are marked until there
// is a line again. See docs/protocol.md, "Without a network".
const SHELL = "/app-shell";
const KEPT = "app-shell";
/** Where the time is kept at which it was looked for a new version. */
const FILLED = "/app-shell/filled";
/** A name that bears a hash of the content: what is kept under it is never old. */
const NAMED = /\/[\w./-]+\.[0-9a-f]{16}\.\w+/g;
/** What is looked at again no sooner, in milliseconds. */
const AGAIN = 600_000;

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));

// It claims no page that is open: a browser that has put one aside for the way back would throw it away.
addEventListener("activate", (event) => event.waitUntil(registration.navigationPreload?.enable()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(open(event));
  } else if (pathname.match(NAMED)?.[0] === pathname) {
    event.respondWith(file(event));
  }
});

async function open(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(renew().catch(() => {}));
    return answer;
  } catch {
    return (await shell()) ?? Response.error();
  }
}

const shell = () => caches.match(SHELL, { cacheName: KEPT, ignoreVary: true });

/** Looks for a new version. When that was last is kept, too: a browser ends this script whenever it likes. */
async function renew() {
  const filled = Number(await (await caches.match(FILLED, { cacheName: KEPT }))?.text());
  // A clock that was set back makes it no younger.
  if (!(Math.abs(Date.now() - filled) < AGAIN)) await fill();
}

/** Fonts that a page needed beside the first are kept, too. */
async function file(event) {
  const { request } = event;
  const kept = await caches.match(request.url, { cacheName: KEPT, ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && request.destination === "font") {
    const copy = answer.clone();
    event.waitUntil(caches.open(KEPT).then((cache) => cache.put(request.url, copy)));
  }
  return answer;
}

/** Keeps the document and all that it needs, and nothing that it needs no more. */
async function fill() {
  const answer = await fetch(SHELL, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${SHELL}: ${answer.status}`);
  const cache = await caches.open(KEPT);
  const files = new Set((await answer.clone().text()).match(NAMED));
  const styles = [];
  for (const name of files) {
    const kept = (await cache.match(name, { ignoreVary: true })) ?? (await take(cache, name));
    if (name.endsWith(".css")) styles.push(await kept.text());
  }
  // Last: a document that is kept has its files.
  await cache.put(SHELL, answer);
  await cache.put(FILLED, new Response(String(Date.now())));
  const needed = new Set([SHELL, FILLED, ...files, ...styles.flatMap((style) => style.match(NAMED) ?? [])]);
  for (const { url } of await cache.keys()) {
    if (!needed.has(new URL(url).pathname)) await cache.delete(url);
  }
}

async function take(cache, name) {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  await cache.put(name, answer.clone());
  return answer;
}
