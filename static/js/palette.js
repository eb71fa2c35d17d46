// The search at the top: what it finds stands below it while one types; arrows choose, Enter goes there, Esc closes.
const input = document.querySelector("[data-search]");
const list = document.getElementById("found");
let chosen = -1;

const options = () => [...list.querySelectorAll("[role=option]")].filter((row) => row.parentElement === list || !row.parentElement.hidden);

function choose(place) {
  const rows = options();
  rows[chosen]?.setAttribute("aria-selected", "false");
  chosen = rows.length ? (place + rows.length) % rows.length : -1;
  const row = rows[chosen];
  row?.setAttribute("aria-selected", "true");
  row?.scrollIntoView({ block: "nearest" });
  if (row) input.setAttribute("aria-activedescendant", row.id);
  else input.removeAttribute("aria-activedescendant");
}

function close() {
  list.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

// What one can do on this page is offered too, by the first letters of its words.
function offerHere() {
  const place = list.querySelector("[data-found-here]");
  const asked = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!place || !asked.length) return;
  const acts = document.querySelectorAll("main .page-actions a[href], main .page-actions button, [data-command]");
  for (const [number, act] of [...acts].entries()) {
    const words = act.textContent.trim().toLowerCase().split(/\s+/);
    if (act.hidden || act.disabled || !asked.every((each) => words.some((word) => word.startsWith(each)))) continue;
    const row = document.createElement("button");
    row.type = "button";
    row.className = "found-row";
    row.role = "option";
    row.id = `found-h${number}`;
    row.tabIndex = -1;
    row.textContent = act.textContent.trim();
    row.addEventListener("click", () => {
      close();
      act.click();
    });
    place.append(row);
    place.hidden = false;
  }
}

if (input && list) {
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (list.hidden || event.isComposing) return;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options()[chosen]?.click();
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list) return;
    chosen = -1;
    offerHere();
    const is = list.contains(document.activeElement) || document.activeElement === input;
    list.hidden = !is || !options().length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  });
  document.addEventListener("focusin", (event) => {
    if (!list.hidden && event.target !== input && !list.contains(event.target)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!list.hidden && event.target !== input && !list.contains(event.target)) close();
  });
}
