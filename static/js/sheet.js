// The side sheet: a request with hx-target="#sheet" opens it. Lists mark their links with [data-sheet-item];
// j and k (or the sheet's own buttons) go to the next and the previous of them without losing the place.
import { announce } from "./announce.js";
import { phrase } from "./phrase.js";

const frame = document.querySelector("[data-sheet]");
const narrow = window.matchMedia("(max-width: 48rem)");
let current = null;

const items = () =>
  [...document.querySelectorAll("[data-sheet-item]")].filter((item) => item.getClientRects().length);
const rowOf = (item) => item.closest("[data-item]") || item;

function mark(item) {
  document.querySelector(".is-current")?.classList.remove("is-current");
  current = item;
  if (!item) return;
  rowOf(item).classList.add("is-current");
  rowOf(item).scrollIntoView({ block: "nearest" });
}

function place() {
  const all = items();
  const at = all.indexOf(current);
  const said = frame.querySelector("[data-sheet-place]");
  said.textContent = at >= 0 ? `${at + 1} of ${all.length}` : "";
  frame.querySelector('[data-sheet-step="-1"]').disabled = at <= 0;
  frame.querySelector('[data-sheet-step="1"]').disabled = at < 0 || at >= all.length - 1;
  const page = frame.querySelector("[data-sheet-page]");
  page.hidden = !current?.href;
  if (current?.href) page.href = current.href;
}

export const isOpen = () => Boolean(frame?.open);

export function step(by) {
  const all = items();
  const at = all.indexOf(current);
  const next = all[at < 0 ? 0 : at + by];
  if (!next) {
    announce(by > 0 ? phrase("This is the last one") : phrase("This is the first one"));
    return;
  }
  next.click();
}

function close() {
  if (!frame.open) return;
  frame.close();
}

if (frame) {
  document.addEventListener(
    "click",
    (event) => {
      const item = event.target.closest("[data-sheet-item]");
      if (item) mark(item);
    },
    { capture: true },
  );

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "sheet") return;
    const body = event.detail.target;
    const heading = body.querySelector("h1, h2");
    if (heading) frame.setAttribute("aria-label", heading.textContent.trim());
    body.scrollTop = 0;
    if (!frame.open) {
      if (narrow.matches) frame.showModal();
      else frame.show();
      body.focus({ preventScroll: true });
    }
    place();
  });

  frame.addEventListener("close", () => {
    document.getElementById("sheet").replaceChildren();
    const back = current;
    mark(null);
    if (back?.isConnected) back.focus();
  });

  frame.addEventListener("click", (event) => {
    if (event.target.closest("[data-sheet-close]")) close();
    const button = event.target.closest("[data-sheet-step]");
    if (button) step(Number(button.dataset.sheetStep));
  });

  document.addEventListener("keydown", (event) => {
    if (
      event.key === "Escape" &&
      frame.open &&
      !event.defaultPrevented &&
      !document.querySelector("dialog[open]:modal")
    )
      close();
  });
  // `HX-Trigger: close-sheet` when what was looked at has gone from the list.
  document.addEventListener("close-sheet", close);
}
