// Rows of a form that can be repeated: [data-repeated="prefix"] around Django's formset. Without this script
// there is one empty row more than needed, and each row has a box that takes it out when the form is saved.
import { announce } from "./announce.js";

for (const set of document.querySelectorAll("[data-repeated]")) {
  const prefix = set.dataset.repeated;
  const rows = set.querySelector("[data-repeated-rows]");
  const template = set.querySelector("[data-repeated-template]");
  const total = set.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(set.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const add = set.querySelector("[data-repeated-add]");

  // With this script nobody needs the empty row at the end, unless it is the only one.
  const last = rows.lastElementChild;
  const isEmpty = ![...last.querySelectorAll("input, textarea")].some((field) => field.type !== "checkbox" && field.value);
  if (isEmpty && rows.children.length > 1) {
    last.remove();
    total.value = String(rows.children.length);
  }

  add.hidden = false;
  add.addEventListener("click", () => {
    const number = Number(total.value);
    if (number >= most) {
      announce("There cannot be more of these.");
      return;
    }
    rows.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__prefix__", String(number)));
    total.value = String(number + 1);
    rows.lastElementChild.querySelector("input:not([type=hidden])").focus();
  });

  rows.addEventListener("change", (event) => {
    if (!event.target.name.endsWith("-DELETE") || !event.target.checked) return;
    event.target.closest("[data-repeated-row]").hidden = true;
    announce("Taken out. Save to keep it so.");
    add.focus();
  });
}
