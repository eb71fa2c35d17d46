// Rows of a form that can be repeated: [data-repeated="prefix"] around Django's formset. Without this
// script there is one empty row more than needed, and emptied rows are taken out when the form is saved.
import { announce } from "./announce.js";

for (const set of document.querySelectorAll("[data-repeated]")) {
  const prefix = set.dataset.repeated;
  const rows = set.querySelector("[data-repeated-rows]");
  const template = set.querySelector("[data-repeated-template]");
  const total = set.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(set.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const add = set.querySelector("[data-repeated-add]");

  for (const button of set.querySelectorAll("[data-repeated-remove]")) button.hidden = false;
  add.hidden = false;

  add.addEventListener("click", () => {
    const number = Number(total.value);
    if (number >= most) {
      announce("There cannot be more of these.");
      return;
    }
    const html = template.innerHTML.replaceAll("__prefix__", String(number));
    rows.insertAdjacentHTML("beforeend", html);
    total.value = String(number + 1);
    rows.lastElementChild.querySelector("input:not([type=hidden])").focus();
  });

  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-repeated-remove]");
    if (!button) return;
    const row = button.closest("[data-repeated-row]");
    for (const field of row.querySelectorAll("input, textarea")) field.value = "";
    row.hidden = true;
    set.dispatchEvent(new Event("input", { bubbles: true }));
    announce("Taken out. Save to keep it so.");
    add.focus();
  });
}
