// Rows of a list that are selected, and what is done with them: [data-row-pick] in each row, [data-rows-bar] below.
import { isTyping } from "./announce.js";
import { teach } from "./keys.js";
import { phrase } from "./phrase.js";

const bar = document.querySelector("[data-rows-bar]");
const picked = new Set();
let everybody = false;
let last = null;

const boxes = () => [...document.querySelectorAll("[data-row-pick]")];
const total = () => document.querySelector("[data-said-total]");

function show() {
  for (const box of boxes()) {
    box.checked = picked.has(box.value);
    box.closest("tr").classList.toggle("is-picked", box.checked);
  }
  const seen = boxes();
  const all = document.querySelector("[data-row-pick-all]");
  if (all) {
    all.checked = seen.length > 0 && seen.every((box) => box.checked);
    all.indeterminate = !all.checked && seen.some((box) => box.checked);
  }
  bar.hidden = picked.size === 0;
  const said = total()?.dataset.saidTotal || "";
  bar.querySelector("[data-rows-count]").textContent = everybody
    ? phrase("All selected: %(total)s", { total: said })
    : phrase("%(number)s selected", { number: picked.size });
  const beside = bar.querySelector("[data-rows-beside]");
  beside.hidden = everybody || picked.size < 2 || picked.size > 4;
  beside.href = `${beside.dataset.rowsBeside}?${[...picked].map((number) => `person=${number}`).join("&")}`;
  const more = bar.querySelector("[data-rows-everybody]");
  more.hidden = everybody || !all?.checked || !document.getElementById("more");
  more.textContent = phrase("Select everybody found: %(total)s", { total: said });
}

function pick(box, on) {
  if (on) picked.add(box.value);
  else picked.delete(box.value);
  everybody = false;
}

function clear() {
  picked.clear();
  everybody = false;
  show();
}

function ask(kind) {
  const values = everybody ? { everybody: "1" } : { person: [...picked] };
  window.htmx.ajax("POST", bar.dataset.rowsBar + window.location.search, {
    target: "#dialog",
    swap: "innerHTML",
    values: kind ? { ...values, kind } : values,
  });
}

document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-row-pick-all]");
  if (all) {
    for (const box of boxes()) pick(box, all.checked);
    show();
    return;
  }
  const box = event.target.closest("[data-row-pick]");
  if (!box) return;
  const seen = boxes();
  const [from, to] = [seen.indexOf(last), seen.indexOf(box)].sort((a, b) => a - b);
  if (event.shiftKey && from >= 0) for (const one of seen.slice(from, to + 1)) pick(one, box.checked);
  else pick(box, box.checked);
  last = box;
  show();
});

bar.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.rowsDo !== undefined) ask(button.dataset.rowsDo);
  else if (button.hasAttribute("data-rows-everybody")) {
    everybody = true;
    show();
  } else clear();
});

// Another filter is another list: what was selected under the one before is not carried along.
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "list") clear();
  else show();
});

const keys = teach({
  x: [
    phrase("On a row: select it"),
    (row) => {
      const box = row.querySelector("[data-row-pick]");
      pick(box, !picked.has(box.value));
      last = box;
      show();
    },
  ],
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) && event.target.type !== "checkbox") return;
  const row = document.activeElement?.closest("[data-item]");
  const [, act] = keys[event.key] || [];
  if (!act || !row?.querySelector("[data-row-pick]")) return;
  event.preventDefault();
  act(row);
});
