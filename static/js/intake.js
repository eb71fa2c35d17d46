// The intake, filled by two people at once. Each field is a form that htmx keeps as one types; what the other one
// writes comes in through a number that is asked for every two seconds while the page is seen. A field in which
// something is typed and not kept yet is left alone: the server keeps both texts.
const root = document.getElementById("intake");
const EVERY = 2000;
const kept = new WeakMap(); // by form: what the server has of it
const sent = new WeakMap(); // by form: what is on its way
const failed = new Set();
let revision = root.dataset.revision;
let looking = false;

const OWN = new Set(["csrfmiddlewaretoken", "read", "apart", "apart_read"]);
const values = (form) =>
  JSON.stringify([...new FormData(form)].filter(([name]) => !OWN.has(name)));
const formsIn = (element) => [...element.querySelectorAll(".intake-form")];
const isDirty = (form) => kept.has(form) && kept.get(form) !== values(form);
const learn = (element) => formsIn(element).forEach((form) => kept.set(form, values(form)));

// --- Keeping what is typed

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.matches(".intake-form")) sent.set(target, values(target));
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt;
  // The event itself would be lost where the form is not on the page any more.
  if (detail.xhr.getResponseHeader("HX-Trigger")?.includes("intake-changed")) look(true);
  if (!form.matches(".intake-form")) return;
  if (detail.successful) {
    kept.set(form, sent.get(form));
    failed.delete(form);
  } else if (detail.xhr.status !== 422) failed.add(form);
});
// Texts side by side that are the same as before stay where they are: somebody may be choosing just now.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const fresh = fragment.querySelector?.(`#${target.id}`) ?? fragment;
  if (target.dataset.others !== undefined && target.dataset.others === fresh.dataset?.others) event.detail.shouldSwap = false;
});
// A must-have is taken out as it was seen last, with what was written in it meanwhile.
document.addEventListener(
  "submit",
  ({ target }) => {
    if (!target.matches(".must-out")) return;
    const state = target.closest("[data-field]").querySelector(".field-state input[name=read]");
    target.elements.read.value = state.value;
  },
  true,
);
const sendAgain = () => {
  for (const form of failed) if (form.isConnected && isDirty(form)) window.htmx.trigger(form, "submit");
};
document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const form of formsIn(root)) if (isDirty(form)) window.htmx.trigger(form, "submit");
});
window.addEventListener("beforeunload", (event) => {
  if (formsIn(root).some(isDirty)) event.preventDefault();
});

// --- What the other one writes

const signature = (block) => {
  const read = block.querySelector(".field-state input[name=read]")?.value ?? block.textContent;
  return `${read} ${block.querySelector(".field-others")?.dataset.others ?? ""}`;
};

function replace(old, fresh) {
  const at = document.activeElement;
  const place = old.contains(at) ? { id: at.id, start: at.selectionStart, end: at.selectionEnd } : null;
  old.replaceWith(fresh);
  learn(fresh);
  window.htmx.process(fresh);
  const again = place?.id && document.getElementById(place.id);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (typeof place.start === "number") again.setSelectionRange(place.start, place.end);
}

// Somebody is at work in it: what they typed is not kept yet, or stands beside what is.
const isTaken = (block) =>
  formsIn(block).some(isDirty) ||
  (block.contains(document.activeElement) && block.querySelector(".field-state[data-apart]"));

const isTouched = (piece) =>
  [...piece.querySelectorAll("input, textarea")].some(
    (one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked,
  ) || piece.contains(document.activeElement);

// Whether everything could be put in its place.
function put(page, always) {
  let whole = true;
  const there = new Set([...page.querySelectorAll("[data-field]")].map((block) => block.id));
  for (const fresh of page.querySelectorAll("[data-field]")) {
    const old = document.getElementById(fresh.id);
    if (!old) {
      const list = root.querySelector("[data-list]");
      list.append(fresh);
      learn(fresh);
      window.htmx.process(fresh);
    } else if (signature(old) === signature(fresh)) continue;
    else if (isTaken(old) && !always) whole = false;
    else replace(old, fresh);
  }
  for (const old of root.querySelectorAll("[data-list] [data-field]"))
    if (!there.has(old.id) && !isTaken(old)) old.remove();
  for (const fresh of page.querySelectorAll("[data-piece]")) {
    const old = document.getElementById(fresh.id);
    if (old && old.outerHTML !== fresh.outerHTML && !isTouched(old)) {
      old.replaceWith(fresh);
      window.htmx.process(fresh);
    }
  }
  return whole;
}

async function look(always = false) {
  if (looking) return;
  looking = true;
  try {
    const news = await fetch(root.dataset.news, { headers: { Accept: "application/json" } });
    if (!news.ok) return;
    sendAgain();
    const now = String((await news.json()).revision);
    if (now === revision && !always) return;
    const answer = await fetch(`${root.dataset.intake}?part=1`);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("intake");
    if (put(page, always)) revision = page.dataset.revision;
  } catch {
    // No connection: what is typed is sent again once there is one.
  } finally {
    looking = false;
  }
}

learn(root);
setInterval(() => document.hidden || look(), EVERY);
