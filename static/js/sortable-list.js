// A list whose rows can be dragged: [data-sortable="address"] sends the new order there, as in "stages=3,1,2".
// Every row has its number as [data-id]; those with [data-sortable-item] move. The rows' menus do the same.
import Sortable from "../vendor/sortable.js";

const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-id]")];
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function live(list) {
  if (list.dataset.sorting) return;
  list.dataset.sorting = "yes";
  let before = [];
  Sortable.create(list, {
    draggable: "[data-sortable-item]",
    handle: ".grip",
    animation: calm ? 0 : 120,
    ghostClass: "is-dragged",
    onStart: () => {
      before = rowsOf(list);
    },
    onEnd: () => {
      const rows = rowsOf(list);
      if (rows.every((row, at) => row === before[at])) return;
      const order = rows.map((row) => row.dataset.id).join(",");
      window.htmx.ajax("POST", list.dataset.sortable, {
        source: list,
        target: list.dataset.sortableTarget,
        values: { [list.dataset.sortableName || "stages"]: order },
      });
    },
  });
  // Somebody else was faster, or the server is away: the rows go back to where they were.
  list.addEventListener("htmx:afterRequest", (event) => {
    const { status } = event.detail.xhr;
    if (event.detail.elt === list && (status >= 400 || status === 0)) list.append(...before);
  });
}

const all = () => document.querySelectorAll("[data-sortable]").forEach(live);
all();
document.addEventListener("htmx:load", all);
