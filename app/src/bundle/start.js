const start = async () => {
  for (const wait of [0, 1, 4, 15]) {
    if (wait) await new Promise((go) => setTimeout(go, wait * 1000));
    const again = wait ? `?again=${wait}` : "";
    let page;
    try {
      const bytes = fetch(WASM + again);
      bytes.catch(() => {});
      page = await import(JS + again);
      await page.default({ module_or_path: bytes });
    } catch {
      continue;
    }
    page.hydrate();
    // Where people read, what a page needs without a network is kept, once this one has what it needs.
    if (READING) navigator.serviceWorker?.register("/service-worker.js").catch(() => {});
    return;
  }
  document.getElementById("not-alive").hidden = false;
};
let begun;
const once = () => (begun ??= start());
if (AT_ONCE) {
  once();
} else {
  for (const event of ["pointerdown", "keydown", "input", "focusin"]) addEventListener(event, once, { once: true, passive: true });
  // Some browsers never say that they are idle: a page that draws nothing, a busy one.
  const soon = () => (window.requestIdleCallback ? requestIdleCallback(once, { timeout: 2000 }) : setTimeout(once));
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon);
}
// The browser's memory may give the page back before it came alive, and no one would look whether it is still true.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && !("hydrated" in document.body.dataset)) location.reload();
});
