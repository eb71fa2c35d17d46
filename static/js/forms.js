// Forms: send a filter as it changes, warn before typed words are lost, no double sending, copy.
import { announce } from "./announce.js";
import { phrase } from "./phrase.js";

// [data-autosubmit]: the list follows its filters.
const pending = new WeakMap();

function live(root) {
  for (const form of root.querySelectorAll("form[data-autosubmit]")) form.classList.add("is-live");
}
live(document);
document.addEventListener("htmx:load", (event) => live(event.detail.elt));

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (!form) return;
  clearTimeout(pending.get(form));
  const typed = /^(text|search|number|email)$/.test(event.target.type);
  pending.set(
    form,
    setTimeout(() => form.requestSubmit(), typed ? 400 : 0),
  );
});

// Empty filters stay out of the address.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || form.hasAttribute("hx-get")) return;
  const empty = [...form.elements].filter((field) => field.name && !field.value && !field.disabled);
  for (const field of empty) field.disabled = true;
  setTimeout(() => {
    for (const field of empty) field.disabled = false;
  });
});

// [data-unsaved]: leaving with words typed asks first.
const edited = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-unsaved]");
  if (form) edited.add(form);
});
document.addEventListener("submit", (event) => edited.delete(event.target));
document.addEventListener("reset", (event) => edited.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  for (const form of edited) if (!form.isConnected) edited.delete(form);
  if (edited.size) event.preventDefault();
});

// A plain POST is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post], [target]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The first field that is wrong gets the focus.
function showMistake(root) {
  const field = root.querySelector(".field-wrong :is(input, select, textarea):not([type=hidden])");
  if (field) field.focus();
}
showMistake(document);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt) showMistake(event.detail.elt);
});

// [data-copy="text"] or [data-copy-from="#id"]
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  const text = source ? (source.value ?? source.textContent.trim()) : button.dataset.copy;
  await navigator.clipboard.writeText(text);
  const label = button.querySelector("[data-copy-label]");
  if (label) {
    const before = label.textContent;
    label.textContent = phrase("Copied");
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  }
  announce(phrase("Copied"));
});
