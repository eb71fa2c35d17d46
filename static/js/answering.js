// Answering: a question is quoted by one action, and after sending the page stands where it stood.

const text = (selector) => document.querySelector(selector)?.innerText.trim() || "";

// Who begins to write does so where something is missing: after the first lone dash, or under the greeting.
function begin(area) {
  if (area.selectionStart || area.selectionEnd || area.value !== area.defaultValue) return;
  const dash = /^-[ \t]*$/m.exec(area.value);
  const greeting = area.value.indexOf("\n\n");
  const at = dash ? dash.index + dash[0].length : greeting > 0 ? greeting + 2 : 0;
  area.setSelectionRange(at, at);
}
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.(".write-fields textarea")) begin(event.target);
});

function reveal(root) {
  for (const button of root.querySelectorAll("[data-quote]")) button.hidden = false;
}
reveal(document);
document.addEventListener("htmx:load", (event) => reveal(event.detail.elt));

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-quote]");
  const area = button?.closest("form").querySelector("[name$='body']");
  if (!area) return;
  const quoted = text(button.dataset.quote)
    .split(/\n+/)
    .map((line) => `> ${line}`)
    .join("\n");
  // Where nobody has written yet: under the greeting, with room for the answer before what follows.
  begin(area);
  const at = area.selectionStart;
  const begins = at === 0 || area.value.slice(0, at).endsWith("\n") ? "" : "\n\n";
  const room = area.value.slice(area.selectionEnd).match(/^\n*/)[0].length;
  const rest = area.value.slice(area.selectionEnd + room);
  area.setRangeText(
    `${begins}${quoted}\n\n${rest.trim() ? "\n\n" : ""}`,
    at,
    area.selectionEnd + room,
    "end",
  );
  const caret = area.selectionEnd - (rest.trim() ? 2 : 0);
  area.setSelectionRange(caret, caret);
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
});

// [data-keeps-place]: how far the page and its [data-story] were scrolled when this form was sent.
const KEPT_FOR = 30_000;
const key = `place:${window.location.pathname}`;
const scroller = () => document.querySelector("[data-story]");

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-keeps-place]") || event.defaultPrevented) return;
  const place = { at: Date.now(), page: window.scrollY, story: scroller()?.scrollTop || 0 };
  try {
    sessionStorage.setItem(key, JSON.stringify(place));
  } catch {
    // Without a store the page begins at its top, as any page does.
  }
});

function comeBack() {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
  } catch {
    return;
  }
  if (!place || Date.now() - place.at > KEPT_FOR) return;
  // Without the place in the address, to which the browser would go once more.
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  const stand = () => {
    window.scrollTo({ top: place.page, behavior: "instant" });
    const story = scroller();
    if (story) story.scrollTop = place.story;
  };
  stand();
  requestAnimationFrame(() => requestAnimationFrame(stand));
}
if (document.readyState === "complete") comeBack();
else window.addEventListener("load", () => setTimeout(comeBack));
