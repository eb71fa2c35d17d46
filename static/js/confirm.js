// [data-confirm="What happens, and to whom"] on a form, a button or an htmx element: asks once.
// [data-confirm-title] and [data-confirm-ok] name the question and the button.
import { phrase } from "./phrase.js";

const dialog = document.getElementById("confirm");
const agreed = new WeakSet();

function ask(element) {
  const { confirm, confirmTitle, confirmOk, confirmDanger } = element.dataset;
  dialog.querySelector("[data-confirm-title]").textContent = confirmTitle || phrase("Are you sure?");
  dialog.querySelector("[data-confirm-text]").textContent = confirm;
  const ok = dialog.querySelector("[data-confirm-ok]");
  ok.textContent = confirmOk || phrase("Yes, go on");
  ok.className = confirmDanger === undefined ? "btn btn-primary" : "btn btn-danger";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        if (element.isConnected && element.focus) element.focus();
        resolve(dialog.returnValue === "ok");
      },
      { once: true },
    );
  });
}

if (dialog) {
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const element = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!element.dataset.confirm || agreed.has(element)) {
        agreed.delete(element);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (await ask(element)) {
        agreed.add(element);
        form.requestSubmit(event.submitter ?? undefined);
      }
    },
    { capture: true },
  );

  // htmx elements that are no forms: a button or a link with hx-post.
  document.addEventListener("htmx:confirm", async (event) => {
    const element = event.detail.elt;
    if (!element.dataset?.confirm || element.tagName === "FORM" || element.type === "submit") return;
    event.preventDefault();
    if (await ask(element)) event.detail.issueRequest(true);
  });
}
