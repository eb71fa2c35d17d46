// Rows of a form that can be repeated: [data-repeated="prefix"] around Django's formset. Without this script
// there is one empty row more than needed, and each row has a box that takes it out when the form is saved.
import { announce } from "./announce.js";
import { phrase } from "./phrase.js";

const isFilled = (row) =>
  [...row.querySelectorAll("input, textarea")].some((field) => !["checkbox", "hidden"].includes(field.type) && field.value);

for (const set of document.querySelectorAll("[data-repeated]")) {
  const prefix = set.dataset.repeated;
  const rows = set.querySelector("[data-repeated-rows]");
  const template = set.querySelector("[data-repeated-template]");
  const total = set.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(set.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const add = set.querySelector("[data-repeated-add]");

  // With this script nobody needs the empty row at the end, unless it is the only one.
  const last = rows.lastElementChild;
  if (!isFilled(last) && rows.children.length > 1) {
    last.remove();
    total.value = String(rows.children.length);
  }

  add.hidden = false;
  add.addEventListener("click", () => {
    const number = Number(total.value);
    if (number >= most) {
      announce(phrase("There cannot be more of these."));
      return;
    }
    rows.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__prefix__", String(number)));
    total.value = String(number + 1);
    dress(rows.lastElementChild);
    tidy();
    rows.lastElementChild.querySelector("input:not([type=hidden])").focus();
  });

  // In place of the box a button: what is taken out goes at once, and is gone once the form is saved.
  function dress(row) {
    const box = row.querySelector("[name$='-DELETE']");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-quiet";
    button.textContent = phrase("Take it out");
    button.addEventListener("click", () => {
      box.checked = true;
      row.hidden = true;
      tidy();
      announce(phrase("Taken out. Save to keep it so."));
      add.focus();
    });
    const label = box.closest(".repeated-out");
    label.hidden = true;
    label.after(button);
    row.takeOut = button;
  }

  // Of a row that is the only one and empty there is nothing to take out.
  function tidy() {
    const shown = [...rows.children].filter((row) => !row.hidden);
    for (const row of shown) row.takeOut.hidden = shown.length === 1 && !isFilled(row);
  }

  for (const row of rows.children) dress(row);
  tidy();
  rows.addEventListener("input", tidy);
}
