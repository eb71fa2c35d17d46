// Keys: / to search, j and k along a list ([data-item]) or through the sheet, g and a letter to go, ? for help.
import { isTyping } from "./announce.js";
import { isOpen, step } from "./sheet.js";

let goes = false;

function along(by) {
  const rows = [...document.querySelectorAll("[data-item]")].filter((row) => row.getClientRects().length);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  const target = row?.querySelector("a[href], button") || row;
  target?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;
  if (document.querySelector("dialog[open]:modal:not([data-sheet])")) return;
  if (goes) {
    goes = false;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  const act = {
    "/": () => document.querySelector("[data-search]")?.focus(),
    "?": () => document.getElementById("keys")?.showModal(),
    j: () => (isOpen() ? step(1) : along(1)),
    k: () => (isOpen() ? step(-1) : along(-1)),
    g: () => {
      goes = true;
      setTimeout(() => {
        goes = false;
      }, 1500);
    },
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Ctrl or Cmd and K: the search, from anywhere, also while typing.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
});
