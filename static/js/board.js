// The board: drag, keyboard and menu all move cards through `move`; what others do comes in through
// `#board-news`, which asks every few seconds and is put in place by `apply`.
import { announce, isTyping } from "./announce.js";
import { asWeLeftIt, isSending, look, news, noteOurs, send } from "./board-moves.js";
import { teach } from "./keys.js";
import Sortable from "../vendor/sortable.js";
import { phrase } from "./phrase.js";

const root = document.getElementById("board");
const works = root.hasAttribute("data-works");
const menu = document.getElementById("card-menu");
const picked = new Set();
let everyone = null; // { stage, count }: the whole column is selected, also what is not in sight
let lastPicked = null;
let dragging = false;
let menuCard = null;

const card = (id) => document.getElementById(`card-${id}`);
const listOf = (stage) => root.querySelector(`[data-column="${CSS.escape(String(stage))}"] [data-list]`);
const columnOf = (element) => element.closest("[data-column]");
const nameOf = (element) => element.querySelector(".board-name").textContent.trim();
const cardsIn = (list) => [...list.querySelectorAll("[data-card]")];

// --- Cards in their places

function place(element) {
  const list = listOf(element.dataset.stage);
  if (!list) {
    element.remove();
    return;
  }
  const at = [element.dataset.entered, Number(element.dataset.card)];
  const after = cardsIn(list).find(
    (other) =>
      other !== element &&
      (other.dataset.entered > at[0] ||
        (other.dataset.entered === at[0] && Number(other.dataset.card) > at[1])),
  );
  list.insertBefore(element, after || list.querySelector("[data-further]"));
}

function put(fresh) {
  const old = card(fresh.dataset.card);
  if (old && old.dataset.digest === fresh.dataset.digest) {
    place(old);
    return;
  }
  const focused = old?.contains(document.activeElement);
  const current = old?.classList.contains("is-current");
  old?.remove();
  place(fresh);
  window.htmx.process(fresh);
  fresh.classList.add("is-fresh");
  if (current) fresh.classList.add("is-current");
  if (focused) fresh.querySelector(".board-name").focus({ preventScroll: true });
  mark(fresh);
}

function apply(element) {
  if (element.hasAttribute("data-reload")) {
    window.location.reload();
    return;
  }
  const cards = element.querySelector("template");
  if (!cards) return;
  for (const fresh of [...document.importNode(cards.content, true).querySelectorAll("[data-card]")])
    put(fresh);
  for (const id of element.dataset.gone.split(" ")) {
    if (!id) continue;
    picked.delete(id);
    card(id)?.remove();
  }
  if (element.dataset.said) announce(element.dataset.said);
  showPicked();
}

// --- Moving

function move(elements, stage) {
  const target = listOf(stage);
  const going = elements.filter((element) => element.dataset.stage !== String(stage));
  if (!target || !going.length) return;
  if (columnOf(target).dataset.kind === "hired") {
    decide("hire", going[0]);
    return;
  }
  for (const element of going) target.insertBefore(element, target.querySelector("[data-further]"));
  announce(
    going.length === 1
      ? `${nameOf(going[0])} to ${columnOf(target).dataset.name}`
      : `${going.length} to ${columnOf(target).dataset.name}`,
  );
  const ids = going.map((element) => element.dataset.card);
  // Of a single card it is said which version was seen, or what our own moves have made of it since.
  const seen = going[0].dataset.version;
  const version = () => (ids.length === 1 ? { version: asWeLeftIt(ids[0], seen) } : {});
  send(() => ({ application: ids, stage, ...version() })).then(clearPicked);
}

// The card stands there already; how it looks now comes with the news.
document.addEventListener("card-moved", (event) => {
  const { id, version, stage } = event.detail;
  noteOurs(id, version);
  const element = card(id);
  if (!element) return;
  element.dataset.version = version;
  element.dataset.stage = stage;
});

// A move that failed leaves every card where the server last said that it is.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, xhr } = event.detail;
  if (elt !== root || successful || xhr.status === 409) return;
  root.querySelectorAll("[data-card]").forEach(place);
});

// No news in a hidden tab, while moves are being sent, or under a card that is being dragged: said before
// anybody else hears of the request.
const held = () => dragging || document.hidden || isSending();
document.addEventListener(
  "htmx:beforeRequest",
  (event) => {
    const { elt, requestConfig } = event.detail;
    if (elt.id === "board-news" && requestConfig.verb === "get" && held()) event.preventDefault();
  },
  true,
);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});

// --- Deciding and writing open a dialogue

function decide(what, element) {
  const id = element.dataset.card;
  const path = {
    hire: `/applications/${id}/hire/`,
    reject: `/applications/${id}/reject/`,
    write: `/applications/${id}/write/`,
  }[what];
  root.querySelectorAll("[data-card]").forEach(place);
  window.htmx.ajax("GET", path, { target: "#dialog", swap: "innerHTML" });
}

// --- The menu of a card does what dragging does

function openMenu(element) {
  if (!menu) return;
  menuCard = element;
  menu.querySelector("#card-menu-name").textContent = nameOf(element);
  for (const button of menu.querySelectorAll("[data-move-to]"))
    button.disabled = button.dataset.moveTo === element.dataset.stage;
  menu.showPopover();
  const from = element.querySelector("[data-card-menu]").getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(from.right - box.width, window.innerWidth - box.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(from.bottom + 4, window.innerHeight - box.height - 8))}px`;
  menu.querySelector(".menu-item:not(:disabled)").focus();
}

menu?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const element = menuCard;
  if (!button || !element) return;
  closeMenu();
  if (button.dataset.moveTo)
    move(picked.has(element.dataset.card) ? chosen() : [element], Number(button.dataset.moveTo));
  else decide(button.dataset.decide, element);
});

function closeMenu() {
  menu.hidePopover();
  const back = menuCard?.querySelector("[data-card-menu]");
  if (back?.isConnected) back.focus({ preventScroll: true });
  menuCard = null;
}

menu?.addEventListener("keydown", (event) => {
  const items = [...menu.querySelectorAll(".menu-item:not(:disabled)")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
  }
  if (!step) return;
  event.preventDefault();
  items.at((items.indexOf(document.activeElement) + step + items.length) % items.length).focus();
});

// --- Selecting

const chosen = () => [...picked].map(card).filter(Boolean);

function mark(element) {
  const on = picked.has(element.dataset.card);
  element.classList.toggle("is-picked", on);
  const box = element.querySelector("[data-pick]");
  if (box) box.checked = on;
}

function showPicked() {
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  const count = everyone ? everyone.count : picked.size;
  bar.hidden = count === 0;
  root.classList.toggle("is-picking", count > 0);
  bar.querySelector("[data-bulk-count]").textContent = phrase("%(number)s selected", { number: count });
  const more = bar.querySelector("[data-bulk-more]");
  const column = picked.size ? columnOf(chosen()[0] || root.querySelector("[data-card]")) : null;
  const total = Number(column?.querySelector("[data-count]").dataset.count || 0);
  const whole =
    column &&
    cardsIn(column).every((element) => picked.has(element.dataset.card)) &&
    column.querySelector("[data-further]");
  more.hidden = !whole || Boolean(everyone);
  if (whole) {
    more.textContent = phrase("Select all %(total)s in %(stage)s", { total, stage: column.dataset.name });
    more.onclick = () => {
      everyone = { stage: column.dataset.column, count: total };
      showPicked();
    };
  }
}

function pick(element, on) {
  if (on) picked.add(element.dataset.card);
  else picked.delete(element.dataset.card);
  everyone = null;
  mark(element);
}

function clearPicked() {
  picked.clear();
  everyone = null;
  root.querySelectorAll(".is-picked").forEach(mark);
  showPicked();
}

root.addEventListener("click", (event) => {
  const more = event.target.closest("[data-card-menu]");
  if (more) {
    openMenu(more.closest("[data-card]"));
    return;
  }
  const all = event.target.closest("[data-pick-all]");
  if (all) {
    pickColumn(columnOf(all));
    return;
  }
  const box = event.target.closest("[data-pick]");
  if (!box) return;
  const element = box.closest("[data-card]");
  const cards = [...root.querySelectorAll("[data-card]")];
  const [from, to] = [cards.indexOf(lastPicked), cards.indexOf(element)].sort((a, b) => a - b);
  if (event.shiftKey && from >= 0) for (const one of cards.slice(from, to + 1)) pick(one, box.checked);
  else pick(element, box.checked);
  lastPicked = element;
  showPicked();
});

function pickColumn(column) {
  const cards = cardsIn(column).filter((element) => element.querySelector("[data-pick]"));
  const on = !cards.every((element) => picked.has(element.dataset.card));
  for (const element of cards) pick(element, on);
  showPicked();
}

// A few are done with at once; more than that in the background, after a look at whom it touches.
const bulk = document.querySelector("[data-bulk]");
const selection = () => (everyone ? { everyone: everyone.stage } : { application: [...picked] });
const isMany = () => (everyone ? everyone.count : picked.size) > Number(bulk.dataset.most);

function openRun(facts) {
  const filters = new URL(news().dataset.move, window.location.href).search;
  window.htmx.ajax("POST", bulk.dataset.bulkRun + filters, {
    target: "#dialog",
    swap: "innerHTML",
    values: { ...selection(), requisition_of: root.dataset.board, ...facts },
  });
}

bulk?.querySelector("[data-bulk-run-open]").addEventListener("click", () => openRun({}));
bulk?.querySelector("[data-bulk-clear]").addEventListener("click", clearPicked);
bulk?.querySelector("[data-bulk-stage]").addEventListener("change", (event) => {
  const stage = Number(event.target.value);
  event.target.value = "";
  if (!stage) return;
  if (isMany()) {
    openRun({ kind: "move", to: `stage:${stage}` });
    return;
  }
  const whole = everyone;
  if (whole) send(() => ({ everyone: whole.stage, stage })).then(clearPicked);
  else move(chosen(), stage);
});
for (const button of bulk?.querySelectorAll("[data-bulk-open]") || []) {
  button.addEventListener("click", () => {
    if (isMany()) {
      openRun({ kind: button.dataset.kind });
      return;
    }
    const filters = new URL(news().dataset.move, window.location.href).search;
    const values = selection();
    window.htmx.ajax("POST", button.dataset.bulkOpen + filters, {
      target: "#dialog",
      swap: "innerHTML",
      values,
    });
  });
}
for (const button of bulk?.querySelectorAll("[data-bulk-post]") || []) {
  button.addEventListener("click", () => {
    if (isMany()) {
      openRun({ kind: button.dataset.kind });
      return;
    }
    const filters = new URL(news().dataset.move, window.location.href).search;
    const values = selection();
    window.htmx.ajax("POST", button.dataset.bulkPost + filters, { swap: "none", values });
  });
}
// Done in a dialogue: the board reads what became of it.
document.body.addEventListener("board-changed", clearPicked);

// --- Keys on a card: arrows go, m opens its menu, x selects, [ and ] move it to the stage before and after

function beside(element, by) {
  const columns = [...root.querySelectorAll("[data-column]")];
  const at = columns.indexOf(columnOf(element));
  const height = cardsIn(columnOf(element)).indexOf(element);
  for (let next = at + by; columns[next]; next += by) {
    const cards = cardsIn(columns[next]);
    if (cards.length) return cards[Math.min(height, cards.length - 1)];
  }
  return null;
}

function go(element) {
  if (!element) return;
  element.querySelector(".board-name").focus();
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const AROUND = phrase("On a card: to the one beside it");
const inColumn = (element, by) => cardsIn(columnOf(element))[cardsIn(columnOf(element)).indexOf(element) + by];
const keys = teach({
  ArrowLeft: [AROUND, (element) => go(beside(element, -1))],
  ArrowUp: [AROUND, (element) => go(inColumn(element, -1))],
  ArrowDown: [AROUND, (element) => go(inColumn(element, 1))],
  ArrowRight: [AROUND, (element) => go(beside(element, 1))],
  ...(works && {
    x: [phrase("On a card: select it"), select],
    m: [phrase("On a card: its menu"), openMenu],
    "[": [phrase("On a card: to the stage before"), (element) => shift(element, -1)],
    "]": [phrase("On a card: to the stage after"), (element) => shift(element, 1)],
  }),
});

function select(element) {
  if (!element.querySelector("[data-pick]")) return;
  pick(element, !picked.has(element.dataset.card));
  lastPicked = element;
  showPicked();
}

function shift(element, by) {
  const columns = [...root.querySelectorAll("[data-column]")];
  const next = columns[columns.indexOf(columnOf(element)) + by];
  if (!next) return;
  move([element], Number(next.dataset.column));
  element.querySelector(".board-name")?.focus({ preventScroll: true });
}

root.addEventListener("keydown", (event) => {
  const element = event.target.closest("[data-card]");
  if (!element || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) && event.target.type !== "checkbox") return;
  const [, act] = keys[event.key] || [];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act(element);
});

// --- Dragging

function sortable(list) {
  if (!works || list.dataset.sortable) return;
  list.dataset.sortable = "yes";
  Sortable.create(list, {
    group: "cards",
    sort: false,
    draggable: "[data-card]:not(.board-card-hired)",
    filter: "input, button",
    preventOnFilter: false,
    delay: 180,
    delayOnTouchOnly: true,
    animation: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    ghostClass: "is-ghost",
    onStart() {
      dragging = true;
      root.classList.add("is-dragging");
    },
    onEnd(event) {
      dragging = false;
      root.classList.remove("is-dragging");
      const stage = Number(columnOf(event.to).dataset.column);
      const elements = picked.has(event.item.dataset.card) ? chosen() : [event.item];
      if (event.to === event.from) place(event.item);
      else move(elements, stage);
    },
  });
}

window.htmx.onLoad((element) => {
  if (element.id === "board-news") apply(element);
  else if (root.contains(element) || element.contains(root)) {
    root.querySelectorAll("[data-list]").forEach(sortable);
    // A card that came in live may also be on the page that was just fetched.
    const seen = new Set();
    for (const one of root.querySelectorAll("[data-card]")) {
      if (seen.has(one.id)) one.remove();
      seen.add(one.id);
      if (picked.size) mark(one);
    }
  }
});
