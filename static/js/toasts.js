// Toasts: from Django's messages (already in the page) and from `HX-Trigger: {"toast": {...}}`.
const SHOWN_MS = 8000;
const SHOWN_WITH_UNDO_MS = 15000;

function watch(note) {
  const undo = note.querySelector("[data-toast-undo]");
  let left = undo ? SHOWN_WITH_UNDO_MS : SHOWN_MS;
  let timer;
  const go = () => {
    timer = setTimeout(() => note.remove(), left);
  };
  const stay = () => clearTimeout(timer);
  // An error stays until it is dismissed; nothing goes away under the pointer or the focus.
  if (note.dataset.level !== "error") {
    go();
    note.addEventListener("pointerenter", stay);
    note.addEventListener("focusin", stay);
    note.addEventListener("pointerleave", () => {
      stay();
      left = 4000;
      go();
    });
    note.addEventListener("focusout", () => {
      stay();
      left = 4000;
      go();
    });
  }
  note.querySelector("[data-toast-close]").addEventListener("click", () => note.remove());
  if (undo && window.htmx) {
    undo.setAttribute("hx-post", undo.action);
    undo.setAttribute("hx-swap", "none");
    undo.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) note.remove();
    });
    window.htmx.process(undo);
  }
}

export function toast({ text, level = "info", undo = "" }) {
  const region = document.getElementById("toasts");
  const template = document.getElementById("toast-template");
  if (!region || !template) return;
  const note = template.content.cloneNode(true).querySelector("[data-toast]");
  note.dataset.level = level;
  note.querySelector("[data-toast-text]").textContent = text;
  const form = note.querySelector("[data-toast-undo]");
  if (undo && undo.startsWith("/")) form.setAttribute("action", undo);
  else form.remove();
  region.append(note);
  watch(note);
}

document.querySelectorAll("[data-toast]").forEach(watch);
document.addEventListener("toast", (event) => {
  const detail = event.detail || {};
  toast(typeof detail.value === "string" ? { text: detail.value } : detail);
});
