// A list whose rows can be dragged: [data-sortable="address"] sends the new order there, as in "stages=3,1,2".
// Every row has its number as [data-id]; those with [data-sortable-item] move. The rows' menus do the same.
import Sortable from "../vendor/sortable.js";

const order = (list) => [...list.querySelectorAll("[data-id]")].map((row) => row.dataset.id);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function live(list) {
  if (list.dataset.sorting) return;
  list.dataset.sorting = "yes";
  let before = [];
  const sortable = Sortable.create(list, {
    draggable: "[data-sortable-item]",
    handle: ".grip",
    animation: calm ? 0 : 120,
    ghostClass: "is-dragged",
    onStart: () => {
      before = sortable.toArray();
    },
    onEnd: () => {
      if (before.join() === sortable.toArray().join()) return;
      window.htmx.ajax("POST", list.dataset.sortable, {
        source: list,
        target: list.dataset.sortableTarget,
        values: { [list.dataset.sortableName || "stages"]: order(list).join(",") },
      });
    },
  });
  // Somebody else was faster, or the server is away: the rows go back to where they were.
  list.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) sortable.sort(before, true);
  });
}

const all = () => document.querySelectorAll("[data-sortable]").forEach(live);
all();
document.addEventListener("htmx:load", all);
